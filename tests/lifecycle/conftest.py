"""What the tests of installing and removing the addon share."""

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import databases  # noqa: E402
import get_odoo  # noqa: E402
import postgres  # noqa: E402
from local import BIN, LOGS  # noqa: E402

# What an addon may leave behind, each as a query for names.
TRACES = {
    "tables": "SELECT table_name FROM information_schema.tables "
    "WHERE table_schema = 'public'",
    "columns": "SELECT table_name || '.' || column_name "
    "FROM information_schema.columns WHERE table_schema = 'public'",
    "indexes": "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": "SELECT conname FROM pg_constraint",
    "functions": "SELECT proname FROM pg_proc JOIN pg_namespace n "
    "ON n.oid = pronamespace WHERE nspname = 'public'",
    "models": "SELECT model FROM ir_model",
    "fields": "SELECT model || '.' || name FROM ir_model_fields",
    "crons": "SELECT cron_name FROM ir_cron",
    "parameters": "SELECT key FROM ir_config_parameter",
    "menus": "SELECT id || ' ' || (name ->> 'en_US') FROM ir_ui_menu",
    "views": "SELECT id || ' ' || name FROM ir_ui_view",
    "actions": "SELECT id || ' ' || (name ->> 'en_US') FROM ir_actions",
    "groups": "SELECT id || ' ' || (name ->> 'en_US') FROM res_groups",
    "rules": "SELECT name FROM ir_rule",
    "assets": "SELECT name FROM ir_asset",
    "templates": "SELECT id || ' ' || (name ->> 'en_US') FROM mail_template",
    "activity types": "SELECT id || ' ' || (name ->> 'en_US') FROM mail_activity_type",
    "subtypes": "SELECT id || ' ' || (name ->> 'en_US') FROM mail_message_subtype",
    "data of the addon": "SELECT model || ' ' || name FROM ir_model_data "
    "WHERE module = 'nps'",
}


class Database:
    """A database in which the addon comes and goes."""

    def __init__(self, name, demo):
        self.name = name
        self.demo = ["--with-demo"] if demo else []

    def odoo(self, what, *arguments):
        """Run Odoo to do one thing; its log must be clean."""
        log = f"lifecycle-{self.name}-{what}"
        databases.odoo(self.name, what, *arguments, log=log, gate=True)

    def uninstall(self):
        """Uninstall the addon the way an administrator does; return the log."""
        command = [BIN / "odoo", "module", "uninstall", "-d", self.name, "nps"]
        done = subprocess.run(command, capture_output=True, text=True)
        log = done.stdout + done.stderr
        (LOGS / f"lifecycle-{self.name}-uninstall.log").write_text(log)
        assert done.returncode == 0, log[-5000:]
        return log

    def shell(self, script, *options):
        """Run a script in `odoo shell`; return what it printed."""
        command = [BIN / "odoo", "shell", "-d", self.name, "--no-http", *options]
        command.append("--log-level=error")
        done = subprocess.run(command, input=script, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-5000:]
        return done.stdout

    def traces(self):
        """Everything in the database that an addon may have brought."""
        return {
            what: set(postgres.sql(query, self.name)) for what, query in TRACES.items()
        }


@pytest.fixture(scope="module", params=["plain", "demo"])
def database(request):
    """The dependencies alone: first without, then with demo data."""
    demo = request.param == "demo"
    with postgres.running():
        name = f"tests_lifecycle_{request.param}"
        databases.copy(databases.dependencies_name(get_odoo.find(), demo), name)
        found = Database(name, demo)
        found.before = found.traces()
        yield found
        databases.drop(name)
