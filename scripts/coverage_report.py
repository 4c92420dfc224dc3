"""How much of the addon's Python the tests run, by folder: lines and branches."""

import json
from collections import defaultdict

from local import run
from toolchain import ENV

LEAST = 90
"""Percent of a file's lines below which its own figures are shown."""


def merge(parts, whole):
    """Add up what several test processes noted into one file."""
    slipcover = [ENV / "bin/python", "-m", "slipcover", "--merge"]
    run([*slipcover, *parts, "--out", whole], "coverage", "Adding up the coverage")


def shares(files):
    """Return the percentages (lines, branches) of some files' summaries.

    >>> shares([{"covered_lines": 3, "missing_lines": 1,
    ...          "covered_branches": 0, "missing_branches": 0}])
    (75.0, None)
    """

    def share(what):
        covered = sum(summary[f"covered_{what}"] for summary in files)
        missing = sum(summary[f"missing_{what}"] for summary in files)
        return 100 * covered / (covered + missing) if covered + missing else None

    return share("lines"), share("branches")


def report(path):
    """Return the lines to print about a file of coverage."""
    found = json.loads(path.read_text())["files"]
    summaries = {name: found[name]["summary"] for name in sorted(found)}
    folders = defaultdict(list)
    for name, summary in summaries.items():
        folders[name.partition("/")[0]].append(summary)
    yield "Coverage by unit and browser tests, in percent:  lines  branches"
    for name, files in [*folders.items(), ("total", [*summaries.values()])]:
        yield f"  {name:<44}" + "".join(map(_figure, shares(files)))
    for name, summary in summaries.items():
        lines, branches = shares([summary])
        if lines is not None and lines < LEAST:
            yield f"  {name:<44}" + _figure(lines) + _figure(branches)


def _figure(share):
    return f"{'' if share is None else f'{share:.1f}':>9}"
