"""Set up what is missing, then lint and every test; fail on a skip or a warning."""

import os
import sys
import xml.etree.ElementTree as ET

import coverage_report
import postgres
from check import lint
from databases import build_addon, build_dependencies, copy, drop, sql, test_files
from local import ADDON_LINK, HOME, LOGS, ROOT, SCRIPTS, Problem, main, popen
from machine import chromium
from odoo_lint import odoo_lint
from own_coverage import NOTE
from steps import elapsed, say, step, together
from toolchain import CONF, ENV, prepare

PLAIN = "tests_plain"
DEMO = "tests_demo"
RESULTS = HOME / "results"


class Group:
    """Some tests that run in one pytest process."""

    def __init__(self, name, *arguments, database=None):
        self.name = name
        self.arguments = arguments
        self.database = database
        self.report = RESULTS / f"{name}.xml"
        self.coverage = RESULTS / f"coverage-{name}.json"
        self.log = LOGS / f"test-{name}.log"

    def run(self):
        """Run the tests; what came of them is in the report."""
        with step(f"Tests: {self.name}", self._last_line):
            if self.database:
                copy(PLAIN, self.database)
            with self.log.open("w") as output:
                command, env = self._command(), {**ENVIRONMENT, NOTE: self.coverage}
                options = {"cwd": HOME, "env": {k: str(v) for k, v in env.items()}}
                child = popen(command, stdout=output, stderr=output, **options)
                self.code = child.wait()
            if self.database and not self.code:
                drop(self.database)

    def _last_line(self):
        return self.log.read_text(errors="replace").rstrip().rpartition("\n")[2][-60:]

    def _command(self):
        options = ["-ra", "--color=no", "-p", "no:cacheprovider"]
        options += [f"--junit-xml={self.report}", "-o", "junit_family=xunit1"]
        if self.database:
            options += [f"--odoo-config={CONF}", f"--odoo-database={self.database}"]
            options += ["--odoo-http", "--odoo-log-level=warn"]
            options += ["-p", "own_tests", "-p", "own_coverage"]
        else:
            options += ["-p", "no:odoo"]
        return [ENV / "bin/python", "-m", "pytest", *options, *self.arguments]

    def results(self):
        """How many tests passed and failed, and the names of the skipped ones."""
        if not self.report.exists():
            return 0, 1, []
        suites = list(ET.parse(self.report).getroot().iter("testsuite"))
        total = sum(int(suite.get("tests")) for suite in suites)
        bad = sum(int(s.get("failures")) + int(s.get("errors")) for s in suites)
        skipped = [
            f"{case.get('classname')}.{case.get('name')}"
            for suite in suites
            for case in suite.iter("testcase")
            if case.find("skipped") is not None
        ]
        return total - bad - len(skipped), bad or int(self.code != 0), skipped

    def show(self):
        """Print pytest's own words: all of them when something is wrong."""
        text = self.log.read_text(errors="replace").rstrip()
        whole = self.code or self.results()[2]
        say(f"\n[{self.name}]\n{text if whole else text.rpartition(chr(10))[2]}")


ENVIRONMENT = {
    **os.environ,
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONPATH": SCRIPTS,
    "NPS_TEMPLATE": PLAIN,
}


def groups():
    """The groups of tests, the longest first."""
    tests = ADDON_LINK / "tests"
    plain, browser = test_files()
    doctests = ["--doctest-modules", ADDON_LINK / "tools"]
    found = [
        Group("unit", *[tests / n for n in plain], *doctests, database="tests_unit")
    ]
    if browser:
        names = [tests / name for name in browser]
        found.append(Group("browser", *names, database="tests_browser"))
    return found + list(outer_groups())


def outer_groups():
    """The groups of tests that run Odoo themselves.

    What agents see and what customers see are apart, so that both can run at once.
    """
    lifecycle = sorted((ROOT / "tests/lifecycle").glob("test_*.py"))
    stories = sorted((ROOT / "tests/e2e").glob("test_*.py"))
    screens = [path for path in stories if path.stem.endswith("_screens")]
    pages = [path for path in stories if path not in screens]
    for name, files in (("lifecycle", lifecycle), ("screens", screens), ("e2e", pages)):
        if files:
            # pytest must not take the addon itself for a package to import.
            folder = files[0].parent
            yield Group(name, f"--rootdir={folder}", f"--confcutdir={folder}", *files)


def need_browser():
    """Without a browser, tests would be skipped: say so instead."""
    if not chromium():
        raise Problem("No chromium: the browser tests cannot run.")
    if not list(ENV.glob("lib/*/site-packages/websocket")):
        raise Problem("No websocket-client: the browser tests cannot run.")


def build(odoo_found):
    """The databases with the addon, its install watched; lint on the way."""
    names = together(
        lambda: build_dependencies(odoo_found),
        lambda: build_dependencies(odoo_found, demo=True),
        lint,
    )
    together(
        lambda: build_addon(names[0], PLAIN),
        lambda: build_addon(names[1], DEMO, demo=True),
    )


def leave_no_databases():
    """Drop what an earlier run left."""
    for name in sql("SELECT datname FROM pg_database WHERE datname LIKE 'tests_%'"):
        drop(name)


def two_at_a_time(works):
    """Run the works in order, two of them at the same time."""
    queue = iter(works)

    def lane():
        for work in queue:
            work()

    together(lane, lane)


def show_coverage(found):
    """Print how much of the addon the tests ran."""
    parts = [group.coverage for group in found if group.coverage.exists()]
    if parts:
        whole = RESULTS / "coverage.json"
        coverage_report.merge(parts, whole)
        say("\n" + "\n".join(coverage_report.report(whole)))


def conclude(found, complaints):
    """Print every result and the closing line; tell whether all is well."""
    for group in found:
        group.show()
    results = [group.results() for group in found]
    skipped = [name for _passed, _failed, names in results for name in names]
    if skipped:
        say("\nSkipped tests count as failures here: " + ", ".join(skipped))
    for complaint in complaints:
        say(f"\nOdoo's own lint tests: {complaint}")
    show_coverage(found)
    failed = sum(result[1] for result in results) + len(complaints)
    passed = sum(result[0] for result in results)
    say(f"\nAll of it took {elapsed():.0f} s.")
    say(f"{passed} passed, {failed} failed, {len(skipped)} skipped")
    return 1 if failed or skipped else 0


def run_tests():
    """All of `make test`."""
    odoo_found = prepare(tests=True)
    need_browser()
    RESULTS.mkdir(exist_ok=True)
    for old in [*RESULTS.glob("*.xml"), *RESULTS.glob("*.json")]:
        old.unlink()
    with postgres.running():
        leave_no_databases()
        build(odoo_found)
        found = groups()
        complaints = []
        last = [lambda: complaints.extend(odoo_lint(PLAIN))]
        two_at_a_time([*[group.run for group in found], *last])
    return conclude(found, complaints)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main(run_tests)
