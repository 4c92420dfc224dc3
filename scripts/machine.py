"""What must come from the system: the one step that needs root."""

import glob
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from local import LOGS, Problem, explain, set_stamp, stamp
from steps import say, step

CLUSTER_CONF = Path("/etc/postgresql-common/createcluster.d/no-main-cluster.conf")


def postgres_folders():
    """Folders with PostgreSQL's server programs, the newest first."""
    folders = glob.glob("/usr/lib/postgresql/*/bin")
    folders.sort(key=lambda name: -float(Path(name).parent.name))
    other = shutil.which("initdb")
    if other:
        folders.append(str(Path(other).resolve().parent))
    return [Path(name) for name in folders if Path(name, "initdb").exists()]


def node_is_good():
    """Whether node and npm are there, and node is 18 or later."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    shown = subprocess.run(["node", "--version"], capture_output=True, text=True)
    return int(shown.stdout.strip().lstrip("v").split(".")[0] or 0) >= 18


def chromium():
    """The browser for the tests, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def missing_packages(with_browser):
    """Debian packages that this machine lacks."""
    missing = []
    if not postgres_folders():
        missing.append("postgresql")
    if not importlib.util.find_spec("ensurepip"):
        missing.append("python3-venv")
    if not node_is_good():
        missing += ["nodejs", "npm"]
    if with_browser and not chromium():
        missing.append("chromium")
    return missing


def install_packages(with_browser=False):
    """Install what is missing, and nothing else."""
    missing = missing_packages(with_browser)
    if not missing:
        return
    names = " ".join(missing)
    if not shutil.which("apt-get"):
        raise Problem(f"Please install with your system's packages: {names}.")
    with step(f"Install {names} (apt)"):
        _install(missing, _become_root(names))
    still = missing_packages(with_browser)
    if still:
        raise Problem(f"apt-get installed {names}, yet {' '.join(still)} is missing.")


def try_pdf_printer():
    """Install what Odoo prints PDF files with; newer systems have no such package."""
    if shutil.which("wkhtmltopdf") or not shutil.which("apt-get"):
        return
    if stamp("no-wkhtmltopdf"):
        return
    with step("Install wkhtmltopdf (apt), for PDF files"):
        try:
            _install(["wkhtmltopdf"], _become_root("wkhtmltopdf"))
        except Problem:
            set_stamp("no-wkhtmltopdf", "yes")
            say("   There is none here: scorecards come as XLSX alone.")


def try_clock():
    """Install what sets the clock of single programs, for ``make soak`` alone."""
    if glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1"):
        return
    if not shutil.which("apt-get"):
        raise Problem("The bad day sets clocks: install your system's libfaketime.")
    with step("Install libfaketime (apt), for clocks that jump"):
        _install(["libfaketime"], _become_root("libfaketime"))


def _become_root(names):
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-v"]).returncode == 0:
        return ["sudo"]
    raise Problem(
        f"Missing on this machine: {names}. Installing them needs root or sudo; "
        f"ask for: apt-get install --no-install-recommends {names}"
    )


def _install(missing, root):
    options = ["-q", "-o", "DPkg::Lock::Timeout=120"]
    made = "postgresql" in missing and _no_main_cluster(root)
    try:
        # A failing foreign source must not matter when ours still answers.
        _apt(root, ["apt-get", "update", *options], must=False)
        install = ["apt-get", "install", "-y", "--no-install-recommends", *options]
        _apt(root, [*install, *missing])
    finally:
        if made:
            subprocess.run([*root, "rm", "-f", str(CLUSTER_CONF)])


def _no_main_cluster(root):
    """Keep Debian from starting a database server of its own."""
    if CLUSTER_CONF.exists():
        return False
    subprocess.run([*root, "mkdir", "-p", str(CLUSTER_CONF.parent)], check=True)
    text = b"create_main_cluster = false\n"
    tee = [*root, "tee", str(CLUSTER_CONF)]
    subprocess.run(tee, input=text, stdout=subprocess.DEVNULL, check=True)
    return True


def _apt(root, command, must=True):
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / "apt.log"
    settings = ["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C"]
    with path.open("wb") as output:
        # In this very session, where sudo has just been given its password.
        command = [*root, *settings, *command]
        code = subprocess.call(command, stdout=output, stderr=subprocess.STDOUT)
    if code and must:
        raise Problem(explain("apt-get install", path.read_text(), path))
