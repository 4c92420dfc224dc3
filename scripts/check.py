"""Lint: the code, the addon's files, and nothing that belongs to one machine only."""

import os
import re
import subprocess
from pathlib import Path

from local import HOME, ROOT, Problem, main
from steps import alone, say, step
from toolchain import LINT_ENV, NPM_MODULES, prepare_lint

SCRIPTS_OF_WEB = ("static/**/*.js", "*.cjs")
STYLED = ("static/**/*.{js,scss,css,json}", "*.{cjs,json,yml,yaml}", "data/**/*.json")
# The addon has a README.md.
NO_RST = ["--disable=missing-readme"]
# Written apart, so that this file does not hold what it looks for.
ELSEWHERE = (
    "registry." + "npmjs.org",
    "pypi" + ".org/simple",
    "files.python" + "hosted.org",
    "deb.debian" + ".org",
    "/" + "root/",
    "/" + "work/",
)


def tool(name):
    """A program of the lint environment."""
    return LINT_ENV / "bin" / name


def node_tool(name):
    """A program of the npm packages."""
    return NPM_MODULES / ".bin" / name


def checks():
    """Every check: its name and its command."""
    prettier = [node_tool("prettier"), "--check", "--log-level=warn"]
    eslint = [node_tool("eslint"), "--no-error-on-unmatched-pattern"]
    return {
        "ruff check": [tool("ruff"), "check", "-q", "."],
        "ruff format": [tool("ruff"), "format", "-q", "--check", "--diff", "."],
        "pylint-odoo": [tool("pylint"), "--rcfile=.pylintrc", *NO_RST, "."],
        "oca-checks-odoo-module": [tool("oca-checks-odoo-module"), "."],
        "eslint": [*eslint, "--max-warnings=0", *SCRIPTS_OF_WEB],
        "prettier": [*prettier, "--no-error-on-unmatched-pattern", *STYLED],
    }


def perform(name, command):
    """Run one check; return what it complains about."""
    env = {**os.environ, "NODE_PATH": str(NPM_MODULES), "PYTHONDONTWRITEBYTECODE": "1"}
    env["RUFF_CACHE_DIR"] = str(HOME / "ruff")
    done = subprocess.run(
        list(map(str, command)),
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return f"--- {name}\n{done.stdout}" if done.returncode else ""


def project_files():
    """The files that a commit would hold."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    names = done.stdout.split("\0") if done.returncode == 0 else []
    return [ROOT / name for name in names if name and Path(ROOT, name).is_file()]


def foreign_words():
    """Addresses and folders of one machine in a file that others will have."""
    found = []
    for path in project_files():
        text = path.read_text(errors="ignore")
        found += [f"{path.relative_to(ROOT)}: {w}" for w in ELSEWHERE if w in text]
    return "--- of this machine only\n" + "\n".join(found) + "\n" if found else ""


def missing_proofs():
    """Tests that SECURITY.md names and that do not exist."""
    text = (ROOT / "SECURITY.md").read_text()
    missing = []
    for file, test in re.findall(r"`([\w/]+)\.(test_\w+)`", text):
        path = ROOT / "tests" / f"{file}.py"
        if not path.exists() or f"def {test}(" not in path.read_text():
            missing.append(f"SECURITY.md: {file}.{test}")
    return "--- no such test\n" + "\n".join(missing) + "\n" if missing else ""


def lint():
    """All checks; a Problem when one of them complains."""
    with step("Lint"):
        complaints = [perform(name, command) for name, command in checks().items()]
        complaints += [foreign_words(), missing_proofs()]
    text = "\n".join(filter(None, complaints))
    if text:
        say(text)
        raise Problem("Lint found something, see above.")


def check():
    """All of `make check`."""
    prepare_lint()
    alone(lint)


if __name__ == "__main__":
    main(check)
