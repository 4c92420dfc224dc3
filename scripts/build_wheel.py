"""Build the addon's wheel into dist/, under its own name and without the tools."""

import shutil
import tempfile
from pathlib import Path

from local import ADDON, ROOT, is_addon, main, run
from steps import say, step
from toolchain import LINT_ENV, prepare_lint

NOT_IN_WHEEL = shutil.ignore_patterns("__pycache__", "e2e", "lifecycle")
TOOLS = ("Makefile", "package.json", "package-lock.json")


def stage(folder):
    """Copy what Odoo needs into a folder that is named like the addon."""
    folder.mkdir()
    for path in filter(lambda path: is_addon(path.name), ROOT.iterdir()):
        if path.is_dir():
            shutil.copytree(path, folder / path.name, ignore=NOT_IN_WHEEL)
        elif path.name not in TOOLS and path.suffix != ".cjs":
            shutil.copy(path, folder)


def build_wheel():
    """All of `make wheel`."""
    prepare_lint()
    with tempfile.TemporaryDirectory() as parent, step("Build the wheel"):
        folder = Path(parent, ADDON)
        stage(folder)
        pip = [LINT_ENV / "bin/python", "-m", "pip", "wheel", "--no-deps", "-q"]
        pip += ["--no-build-isolation", "--disable-pip-version-check"]
        run([*pip, "-w", ROOT / "dist", folder], "wheel", "Building the wheel")
    say("\n".join(str(path) for path in (ROOT / "dist").glob("*.whl")))


if __name__ == "__main__":
    main(build_wheel)
