"""A pytest plugin: notes which lines and branches of the addon the tests run.

Slipcover changes the addon's code as it is imported, so that a line costs something
only until it has run; a tracer made the tests half as slow again.
"""

import json
import os
from pathlib import Path

from local import ROOT

NOTE = "NPS_COVERAGE"
"""The environment variable that names the file to write; without it, none is."""
FOLDERS = ("controllers", "models", "report", "tools", "wizard")


class Watch:
    """What has run in this process."""

    def __init__(self, path):
        from slipcover import FileMatcher, ImportManager, Slipcover

        self.path = path
        self.slipcover = Slipcover(branch=True)
        folders = [ROOT / folder for folder in FOLDERS]
        self.imports = ImportManager(self.slipcover, FileMatcher(folders))
        self.imports.__enter__()

    def pytest_unconfigure(self):
        """Write what has run, each file under its name in the checkout."""
        found = self.slipcover.get_coverage()
        found["files"] = {
            str(Path(name).resolve().relative_to(ROOT)): lines
            for name, lines in found["files"].items()
        }
        self.path.write_text(json.dumps(found))


def pytest_configure(config):
    """Watch imports from now on: Odoo is imported by now, but no addon yet."""
    path = os.environ.get(NOTE)
    if path:
        config.pluginmanager.register(Watch(Path(path)))
