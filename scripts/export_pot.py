"""Export the addon's texts for translators to i18n/nps.pot."""

import re
import shutil

import postgres
from databases import build_addon, build_dependencies, drop
from local import ADDON, BIN, HOME, ROOT, main, run
from steps import alone, say, step
from toolchain import prepare

DATABASE = "tests_pot"
POT = ROOT / "i18n/nps.pot"
# These change with every export and say nothing.
DATES = re.compile(r'^"(POT-Creation-Date|PO-Revision-Date): .*\n', re.M)


def export(database, target):
    """Write the template of one database's addon, without its dates."""
    part = HOME / "export.pot"
    command = [BIN / "odoo", "i18n", "export", "-d", database, "-o", part, ADDON]
    run(command, "pot", "Exporting the texts")
    part.write_text(DATES.sub("", part.read_text()))
    target.parent.mkdir(exist_ok=True)
    shutil.move(part, target)


def export_pot():
    """All of `make pot`."""
    odoo_found = prepare()
    with postgres.running():
        alone(lambda: build_addon(build_dependencies(odoo_found), DATABASE))
        with step("Export the texts"):
            export(DATABASE, POT)
        drop(DATABASE)
    say(f"{POT.relative_to(ROOT)} is up to date.")


if __name__ == "__main__":
    main(export_pot)
