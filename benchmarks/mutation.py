"""Change tools/ and controllers/ in thousands of small ways: do the tests notice?

    make mutation             everything, hours
    make mutation MOST=20     at most so many changes of each file, drawn by lot
    make mutation ONLY=tools/intervals.py
    make mutation AGAIN=1     only the changes that nobody noticed the last time

Writes benchmarks/mutation.json, a list of {"file", "mutants", "killed", "survived"},
and benchmarks/survivors.json with each change that nobody noticed, and a verdict that
somebody writes into it: why it may survive.
"""

import argparse
import json
import os
from collections import Counter

import get_odoo
import postgres
from databases import build_addon, build_dependencies, copy, drop
from local import ADDON_LINK, HOME, LOGS, ROOT, SCRIPTS, Problem, lock, main, popen
from mutation_changes import change_of
from mutation_tests import tests_of
from steps import alone, elapsed, say, step, together
from toolchain import CONF, ENV, extra_packages

BENCHMARKS = ROOT / "benchmarks"
TEMPLATE = "mutation_template"
LANES = 2


def options():
    """What the person wants."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--most", type=int, default=10_000)
    parser.add_argument("--only", action="append", choices=files())
    parser.add_argument("--again", action="store_true")
    return parser.parse_args()


def files():
    """The files that are changed, the longest first."""
    found = [
        path
        for folder in ("tools", "controllers")
        for path in (ROOT / folder).glob("*.py")
        if path.name != "__init__.py"
    ]
    found.sort(key=lambda path: -path.stat().st_size)
    return [str(path.relative_to(ROOT)) for path in found]


class Lane:
    """Some files, tried one after the other on a database of their own."""

    def __init__(self, number, names, most, chosen):
        self.number = number
        self.database = f"mutation_{number}"
        self.results = HOME / f"mutation-{number}.json"
        self.plan = HOME / f"mutation-plan-{number}.json"
        plan = {"files": names, "results": str(self.results), "most": most}
        plan["chosen"] = chosen
        self.plan.write_text(json.dumps(plan))
        self.results.write_text("[]")
        properties = sorted((ROOT / "tests").glob("test_property_*.py"))
        tests = {test for name in names for test in tests_of(name)}
        self.tests = sorted(tests | {path.name for path in properties})

    def run(self):
        """Try them all."""
        copy(TEMPLATE, self.database)
        log = LOGS / f"mutation-{self.number}.log"
        with log.open("w") as output:
            child = popen(self._command(), stdout=output, stderr=output, **self._how())
            if child.wait() not in (0, 5):
                raise Problem(f"The mutation run failed, see {log}.")
        drop(self.database)

    def _command(self):
        command = [ENV / "bin/python", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        command += [f"--odoo-config={CONF}", f"--odoo-database={self.database}"]
        command += ["--odoo-http", "--odoo-log-level=critical", "-p", "own_tests"]
        command += ["-p", "mutation_plugin"]
        return [*command, *(ADDON_LINK / "tests" / name for name in self.tests)]

    def _how(self):
        paths = os.pathsep.join([str(SCRIPTS), str(BENCHMARKS)])
        env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": paths}
        return {"cwd": ROOT, "env": {**env, "NPS_MUTATION": str(self.plan)}}

    def rows(self):
        """The mutants so far."""
        return json.loads(self.results.read_text() or "[]")


def summary(rows):
    """Return a row for each file, and a last one for all.

    >>> summary([{"file": "a", "fate": "killed"}, {"file": "a", "fate": "survived"}])[0]
    {'file': 'a', 'mutants': 2, 'killed': 1, 'survived': 1}
    """
    survived = Counter(row["file"] for row in rows if row["fate"] == "survived")
    every = Counter(row["file"] for row in rows)
    lines = [(name, every[name], survived[name]) for name in sorted(every)]
    lines.append(("all", every.total(), survived.total()))
    return [
        {"file": name, "mutants": count, "killed": count - left, "survived": left}
        for name, count, left in lines
    ]


def survivors_before():
    """The survivors of the last run."""
    path = BENCHMARKS / "survivors.json"
    return json.loads(path.read_text()) if path.exists() else []


def write(rows):
    """Write the results of a run."""
    _write("mutation", summary(rows))
    _write_survivors(rows)


def write_again(rows):
    """Write what is left after the survivors of the last run were tried again."""
    lines = json.loads((BENCHMARKS / "mutation.json").read_text())
    left = {line["file"]: line["survived"] for line in summary(rows)}
    for line in lines:
        line["survived"] = left.get(line["file"], 0)
        line["killed"] = line["mutants"] - line["survived"]
    _write("mutation", lines)
    _write_survivors(rows)


def _write_survivors(rows):
    """Write who survived; what was said before of the same ones stays said."""
    survivors = [row for row in rows if row["fate"] == "survived"]
    said = {change_of(row): row.get("verdict", "") for row in survivors_before()}
    for row in survivors:
        row["verdict"] = said.get(change_of(row), "")
    _write("survivors", survivors)


def _write(name, content):
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    (BENCHMARKS / f"{name}.json").write_text(text)


def mutation():
    """All of `make mutation`."""
    wanted = options()
    extra_packages("mutation")
    chosen = list(map(change_of, survivors_before())) if wanted.again else None
    names = wanted.only or [
        name for name in files() if chosen is None or name in {c[0] for c in chosen}
    ]
    with lock("mutation"), postgres.running():
        dependencies = alone(lambda: build_dependencies(get_odoo.find()))
        alone(lambda: build_addon(dependencies, TEMPLATE, gate=False))
        shares = filter(None, (names[n::LANES] for n in range(LANES)))
        lanes = [Lane(n, share, wanted.most, chosen) for n, share in enumerate(shares)]
        with step("Try mutants", lambda: f"{sum(len(x.rows()) for x in lanes)} tried"):
            together(*[lane.run for lane in lanes])
        drop(TEMPLATE)
    rows = [row for lane in lanes for row in lane.rows()]
    if not wanted.only:
        (write_again if wanted.again else write)(rows)
    for row in summary(rows):
        say(f"   {row['file']:<36} {row['killed']:>5} of {row['mutants']:>5} noticed")
    say(f"After {elapsed():.0f} s.")


if __name__ == "__main__":
    main(mutation)
