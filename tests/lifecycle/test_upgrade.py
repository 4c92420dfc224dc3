"""A database with the first released version and its data is updated to today's code.

The tests of this file are one story: each goes on where the one before it ended.
"""

import json
import re
import zipfile
from pathlib import Path

import databases
import get_odoo
import postgres
import pytest
import requests
from conftest import Database
from forms import answer_patiently
from local import ADDON_LINK
from real_parts import Mailbox, OdooServer, personal_link
from toolchain import addons_path

HERE = Path(__file__).resolve().parent
FIRST = HERE / "nps-19.0.1.0.0.zip"
NAME = "tests_lifecycle_upgrade"


class Upgraded(Database):
    """A database that begins with the first version."""

    def __init__(self, folder, mailbox):
        super().__init__(NAME, demo=False)
        self.mailbox = mailbox
        today = addons_path(get_odoo.find())
        self.old_path = today.replace(str(ADDON_LINK.parent), str(folder))
        self.facts = {}

    def old(self):
        """The options with which Odoo finds the first version."""
        return ["--addons-path", self.old_path]

    def ask(self, script, *options):
        """Run a file in the shell; return what it printed as JSON."""
        text = (HERE / f"{script}.py").read_text()
        mails = ["--smtp", "127.0.0.1", "--smtp-port", str(self.mailbox.port)]
        printed = self.shell(text, *options, *mails, "--email-from", "o@example.com")
        return json.loads(re.search(r"^[A-Z]+(\{.*\})$", printed, re.M)[1])

    def link_of(self, address):
        """Return the path of the link that was mailed to somebody."""
        link = personal_link(self.mailbox.to(address)[0])
        return link[link.index("/nps/") :]


@pytest.fixture(scope="module")
def mailbox():
    """A mail server that keeps the first version's mails."""
    found = Mailbox()
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory, mailbox):
    """The first version with its data, updated by none yet."""
    folder = tmp_path_factory.mktemp("first")
    with zipfile.ZipFile(FIRST) as archive:
        archive.extractall(folder)
    with postgres.running():
        databases.copy(databases.dependencies_name(get_odoo.find(), False), NAME)
        found = Upgraded(folder, mailbox)
        found.odoo("first-version", "-i", "nps", *found.old())
        found.data = found.ask("old_data", *found.old())
        found.facts = found.ask("facts", *found.old())
        yield found
        databases.drop(NAME)


@pytest.fixture(scope="module")
def server(upgraded, mailbox):
    """Today's Odoo on the updated database, without a cron of its own."""
    found = OdooServer(NAME, mailbox.port, cron_threads=0)
    databases.set_parameter(NAME, "web.base.url", found.url)
    # Whatever an earlier run left in it is not what this one is about.
    found.log.unlink(missing_ok=True)
    found.start()
    yield found
    found.stop()


def test_the_first_version_made_what_a_company_has(upgraded):
    states = {row[1] for row in upgraded.facts["invitations"]}
    assert states == {"queued", "sent", "failed", "answered"}
    scores = [(row[2], row[5]) for row in upgraded.facts["responses"]]
    assert scores.count(("0", "counted")) == 2
    assert ("3", "superseded") in scores
    assert len(upgraded.mailbox.messages) >= 14


def test_update_with_a_clean_log(upgraded):
    upgraded.odoo("update", "-u", "nps")
    version = "SELECT latest_version FROM ir_module_module WHERE name = 'nps'"
    assert postgres.sql(version, NAME) == [databases.manifest()["version"]]


def test_nothing_is_lost_and_every_number_is_the_same(upgraded):
    now = upgraded.ask("facts")
    for what, before in upgraded.facts.items():
        assert now[what] == before, what


def test_a_link_that_the_first_version_mailed_takes_an_answer(upgraded, server):
    path = upgraded.link_of("c13@old.example")
    page = answer_patiently(f"{server.url}{path}?s=10", score=10)
    assert page.status_code == 200
    query = "SELECT score, state FROM nps_response ORDER BY id DESC LIMIT 1"
    assert server.sql(query) == ["10|counted"]


def test_the_link_of_an_answer_knows_it(upgraded, server):
    page = requests.get(server.url + upgraded.link_of("c0@old.example"), timeout=60)
    assert page.status_code == 200
    assert 'value="0"' in page.text or ">0<" in page.text


def test_an_opt_out_holds(upgraded, server):
    partner = upgraded.data["opted_out"]
    picked = server.call("res.partner", "nps_pick_outcome", [partner], "old_fixed")
    assert (picked["state"], picked["reason"]) == ("suppressed", "opted_out")


def test_what_was_queued_leaves_by_the_new_code(upgraded, server, mailbox):
    later = upgraded.data["later"]
    server.sql(f"UPDATE nps_invitation SET scheduled_at = now() WHERE id = {later}")
    mailbox.clear()
    server.run_cron("nps.ir_cron_nps_send")
    path = personal_link(mailbox.wait(to="c14@old.example")[0])
    assert requests.get(path, timeout=60).status_code == 200


def test_every_scheduled_action_runs(server):
    crons = server.sql(
        "SELECT c.id FROM ir_cron c JOIN ir_model_data d ON d.res_id = c.id "
        "WHERE d.model = 'ir.cron' AND d.module = 'nps'"
    )
    assert crons
    for cron in crons:
        server.call("ir.cron", "method_direct_trigger", [int(cron)])
    log = server.log.read_text()
    assert not databases.bad_lines(log), databases.bad_lines(log)[:3]


def test_it_is_uninstalled_without_an_error(upgraded, server):
    parent = server.ref("nps.nps_root_cause_process")
    values = {"name": "Own", "parent_id": parent}
    server.session().create("nps.root.cause", values)
    server.stop()
    log = upgraded.uninstall()
    assert "ERROR" not in log, log[-5000:]
    assert (
        postgres.sql(
            "SELECT 1 FROM information_schema.tables WHERE table_name LIKE 'nps_%'",
            NAME,
        )
        == []
    )
