"""Odoo's own lint tests, as far as they speak about this addon."""

import re

from databases import bad_lines, copy, drop, odoo
from local import LOGS, ROOT, Problem, any_free_port

TESTS = (
    "TestIndex",
    "TestNaming",
    "RoutesLinter",
    "TestTestHoles",
    "TestI18n",
    "TestJsTranslations",
    "PotLinter",
    "ManifestLinter",
    "TestLintOverrideSignatures",
)
OURS = re.compile(r"""(?<![.\w])nps[._/'"]|[._]nps_""")
# They look at every addon on the path; and pytest alone runs these two folders.
NOT_FOR_ODOO = re.compile(r"Test file (e2e|lifecycle)/\S+ never imported")
SUMMARY = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading")


def odoo_lint(template):
    """Install test_lint on a copy; return its complaints about the addon."""
    database = "tests_lint"
    copy(template, database)
    tags = ",".join(f"/test_lint:{name}" for name in TESTS)
    # With tests Odoo takes a port even when told not to serve, and a demo may run.
    options = ["-i", "test_lint", "--test-tags", tags]
    options += ["--http-port", any_free_port()]
    title = "Odoo's own lint tests"
    text = odoo(database, title, *options, log="odoo-lint", must=False)
    summary = SUMMARY.search(text)
    if not summary or int(summary[3]) < len(TESTS):
        raise Problem(f"{title} did not run: see {LOGS}/odoo-lint.log")
    drop(database)
    return [record for record in map(relevant, bad_lines(text)) if OURS.search(record)]


def relevant(record):
    """A complaint without the lines that are not about the addon's Odoo tests."""
    lines = record.replace(str(ROOT), "").splitlines()
    return "\n".join(line for line in lines if not NOT_FOR_ODOO.search(line))
