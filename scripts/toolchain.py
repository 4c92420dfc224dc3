"""Virtual environments, npm packages, and the `odoo` command of this checkout."""

import shutil
import sys
import venv

from get_odoo import fill_gaps, get
from link_addon import link_addon
from local import (
    ADDON_LINK,
    BIN,
    HOME,
    REQUIREMENTS,
    ROOT,
    SCRIPTS,
    Problem,
    digest,
    lock,
    main,
    need_space,
    run,
    set_stamp,
    stamp,
    write,
)
from machine import install_packages, try_pdf_printer
from postgres import socket_folder
from steps import step, together

ENV = HOME / "venv"
LINT_ENV = HOME / "lint"
NPM = HOME / "npm"
NPM_MODULES = NPM / "node_modules"
CONF = HOME / "odoo.conf"


def _lock_file(name):
    return REQUIREMENTS / f"{name}.txt"


def _python_key(*names):
    """What an environment depends on: the place, the Python, the locked versions."""
    texts = [_lock_file(name).read_text() for name in names]
    return digest(ROOT, sys.version, *texts)


def _environment(folder, name, title):
    """Make a virtual environment with the locked packages of one list."""
    key = _python_key(name)
    if stamp(f"venv-{name}") == key:
        return
    with step(title):
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True, symlinks=True)
        _pip(folder, name)
    set_stamp(f"venv-{name}", key)


def _pip(folder, name):
    command = [folder / "bin/python", "-m", "pip", "install", "--no-deps", "-q"]
    command += ["--only-binary=:all:", "--disable-pip-version-check"]
    command += ["--no-input", "-r", _lock_file(name)]
    run(command, f"pip-{name}", "Installing Python packages")


def odoo_packages():
    """The environment that runs Odoo."""
    _environment(ENV, "odoo", "Install Odoo's Python packages")


def test_packages():
    """The packages for the tests, on top of Odoo's."""
    odoo_packages()
    key = _python_key("odoo", "test")
    if stamp("venv-test") != key:
        with step("Install the tests' Python packages"):
            _pip(ENV, "test")
        set_stamp("venv-test", key)


def extra_packages(name):
    """The packages of one more list, for the few who need them."""
    key = _python_key("odoo", "test", name)
    with lock("setup"):
        if stamp(f"venv-{name}") != key:
            with step(f"Install the Python packages for {name}"):
                _pip(ENV, name)
            set_stamp(f"venv-{name}", key)


def lint_packages():
    """The environment of `make check`."""
    _environment(LINT_ENV, "lint", "Install the lint tools")


def npm_packages():
    """The mail catcher, eslint and prettier."""
    names = ("package.json", "package-lock.json", ".npmrc")
    key = digest(ROOT, *[(ROOT / name).read_text() for name in names])
    if stamp("npm") == key:
        return
    with step("Install npm packages"):
        NPM.mkdir(exist_ok=True)
        for name in names:
            shutil.copy(ROOT / name, NPM / name)
        command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        run(command, "npm", "Installing npm packages", cwd=NPM)
    set_stamp("npm", key)


def site_packages():
    """Where pip puts packages."""
    return next((ENV / "lib").glob("python3*/site-packages"))


def addons_path(odoo):
    """The addons of Odoo, of pip, and this one."""
    places = [*odoo.addons, site_packages() / "odoo/addons", ADDON_LINK.parent]
    return ",".join(map(str, places))


def _odoo_command(odoo):
    """The configuration, and `.nps/bin/odoo`, which runs Odoo with it."""
    write(site_packages() / "odoo-19.pth", f"{odoo.package_parent}\n")
    settings = {
        "addons_path": addons_path(odoo),
        "data_dir": HOME / "data",
        "db_host": socket_folder(),
        "db_user": "odoo",
        "list_db": "False",
        "admin_passwd": "admin",
        "max_cron_threads": "1",
        "http_interface": "127.0.0.1",
    }
    lines = [f"{key} = {value}" for key, value in settings.items()]
    write(CONF, "\n".join(["[options]", *lines, ""]))
    BIN.mkdir(exist_ok=True)
    python = f'"{ENV}/bin/python"'
    script = f"""#!/bin/sh
{python} "{SCRIPTS}/link_addon.py"
ODOO_RC="{CONF}" exec {python} "{BIN}/odoo_main.py" "$@"
"""
    # A file and not `-m odoo`: with several workers Odoo starts itself once more for
    # its websockets, by the file that it was started with.
    write(BIN / "odoo_main.py", "from odoo.cli.command import main\n\nmain()\n")
    write(BIN / "odoo", script, 0o755)


def prepare(tests=False):
    """Set up whatever is missing for a demo, or for the tests too."""
    if sys.version_info < (3, 10):  # noqa: UP036
        raise Problem("Python 3.10 or later is needed as python3.")
    if not stamp("odoo"):
        need_space(4)
    install_packages(with_browser=tests)
    try_pdf_printer()
    with lock("setup"):
        works = [get, test_packages if tests else odoo_packages, npm_packages]
        if tests:
            works.append(lint_packages)
        odoo = together(*works)[0]
        fill_gaps(NPM_MODULES)
        link_addon()
        _odoo_command(odoo)
        return odoo


def prepare_lint():
    """Set up whatever `make check` misses."""
    install_packages()
    with lock("setup"):
        together(lint_packages, npm_packages)


if __name__ == "__main__":
    main(lambda: prepare(tests="--tests" in sys.argv) and None)
