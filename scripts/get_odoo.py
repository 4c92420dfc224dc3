"""Get Odoo 19 Community from Debian, or use the one that ODOO_HOME names."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from local import HOME, Problem, main, run, set_stamp, stamp
from steps import alone, say, step

APT = HOME / "apt"
UNPACKED = HOME / "odoo"
# Odoo's package links to these for fonts and libraries.
PACKAGES = (
    "odoo-19",
    "fonts-font-awesome",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)


class Odoo:
    """An Odoo on disk: where its package and its addons are, and which one it is."""

    def __init__(self, package_parent, addons, version):
        self.package_parent = package_parent
        self.addons = addons
        self.version = version


def find():
    """The Odoo to use, without getting one: None when there is none yet."""
    if os.environ.get("ODOO_HOME"):
        return _from_home(Path(os.environ["ODOO_HOME"]).expanduser().resolve())
    if not stamp("odoo"):
        return None
    return _describe(UNPACKED / "usr/lib/python3/dist-packages", stamp("odoo"))


def _from_home(home):
    """A checkout (odoo-bin beside odoo/), or the folder that holds the package."""
    for parent in (home, home.parent, home / "usr/lib/python3/dist-packages"):
        if (parent / "odoo/release.py").exists():
            return _describe(parent, None)
    raise Problem(f"ODOO_HOME={home} holds no Odoo: no odoo/release.py in it.")


def _describe(parent, version):
    text = (parent / "odoo/release.py").read_text()
    found = re.search(r"^version_info = \((\d+), (\d+)", text, flags=re.M)
    release = ".".join(found.groups()) if found else "of an unknown version"
    if release != "19.0":
        raise Problem(f"{parent} is Odoo {release}; the addon needs 19.0.")
    places = (parent / "odoo/addons", parent / "addons")
    addons = [next((path for path in places if (path / "web").is_dir()), parent)]
    return Odoo(parent, addons, version or f"{parent} {release}")


def mirror():
    """The Debian mirror of this machine, as its own apt configuration names it."""
    shape = "$(REPO_URI) $(RELEASE) $(SIGNED_BY)"
    command = ["apt-get", "indextargets", "--format", shape, "Created-By: Packages"]
    if not shutil.which("apt-get"):
        raise Problem("No apt here: set ODOO_HOME to a folder with Odoo 19.")
    shown = subprocess.run(command, capture_output=True, text=True).stdout
    for line in shown.splitlines():
        address = line.split()[0].rstrip("/")
        if address.endswith("/debian"):
            return address
    raise Problem(
        "This machine's apt names no Debian mirror: set ODOO_HOME to an Odoo 19."
    )


def _options():
    """A private apt state whose only source is the mirror's suite sid."""
    for folder in ("lists/partial", "cache/archives/partial", "etc"):
        (APT / folder).mkdir(parents=True, exist_ok=True)
    keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
    source = f"deb [signed-by={keyring}] {mirror()} sid main\n"
    (APT / "etc/sources.list").write_text(source)
    (APT / "status").touch()
    settings = {
        "Dir::Etc::sourcelist": APT / "etc/sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::Etc::preferencesparts": "/dev/null",
        "Dir::State": APT,
        "Dir::State::lists": APT / "lists",
        "Dir::State::status": APT / "status",
        "Dir::Cache": APT / "cache",
        "APT::Sandbox::User": "root" if os.geteuid() == 0 else "",
        "APT::Update::Error-Mode": "any",
        "Acquire::Languages": "none",
        "Acquire::Retries": "2",
    }
    return [part for key, val in settings.items() for part in ("-o", f"{key}={val}")]


def _megabytes():
    folders = (APT / "lists", APT / "downloads")
    files = [path for folder in folders for path in folder.rglob("*")]
    total = sum(path.stat().st_size for path in files if path.is_file())
    return f"{total / 1e6:.0f} MB"


def download():
    """Fetch the packages, their signatures checked by apt."""
    options = _options()
    folder = APT / "downloads"
    folder.mkdir(exist_ok=True)
    what = "Downloading Odoo 19"
    env = {**os.environ, "LC_ALL": "C"}
    run(["apt-get", *options, "update"], "odoo-download", what, env=env)
    command = ["apt-get", *options, "download", *PACKAGES]
    run(command, "odoo-download", what, cwd=folder, env=env)
    return folder


def unpack(folder):
    """Unpack beside the final place, then rename."""
    part = HOME / f"odoo.{os.getpid()}.part"
    for old in [*HOME.glob("odoo.*.part"), UNPACKED]:
        shutil.rmtree(old, ignore_errors=True)
    for deb in sorted(folder.glob("*.deb")):
        run(["dpkg-deb", "-x", deb, part], "odoo-unpack", "Unpacking Odoo 19")
    shutil.rmtree(part / "usr/share/doc", ignore_errors=True)
    part.rename(UNPACKED)


def get():
    """Make sure that there is an Odoo 19 to work with."""
    found = find()
    if found:
        return found
    with step("Download Odoo 19", _megabytes):
        folder = download()
    version = next(folder.glob("odoo-19_*.deb")).stem
    with step("Unpack Odoo 19"):
        unpack(folder)
    set_stamp("odoo", version)
    shutil.rmtree(APT, ignore_errors=True)
    return find()


def fill_gaps(npm_modules):
    """Mend the links of Debian's package that lead nowhere, and one missing file."""
    if os.environ.get("ODOO_HOME") or stamp("odoo-gaps") == stamp("odoo"):
        return
    package = UNPACKED / "usr/lib/python3/dist-packages/odoo"
    for link in [path for path in package.rglob("*") if _dangles(path)]:
        _mend(link, npm_modules)
    name = "selfie_segmentation/selfie_segmentation.js"
    script = package / "addons/mail/static/lib" / name
    if not script.exists():
        script.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(npm_modules / "@mediapipe" / name, script)
    set_stamp("odoo-gaps", stamp("odoo"))


def _dangles(path):
    return path.is_symlink() and not path.exists()


def _mend(link, npm_modules):
    """Put the file of that name in the link's place, else drop the link."""
    places = (
        npm_modules / "font-awesome/fonts" / link.name,
        UNPACKED / "usr/share/fonts/opentype/inconsolata/Inconsolata-Regular.otf",
    )
    same_kind = [path for path in places if path.suffix == link.suffix]
    source = next((path for path in same_kind if path.exists()), None)
    link.unlink()
    if source:
        shutil.copy(source, link)


if __name__ == "__main__":
    main(lambda: say(f"Odoo: {alone(get).package_parent}"))
