"""A database is dumped, loaded under another name, and neutralised.

The tests of this file are one story: each goes on where the one before it ended.
"""

import os
import subprocess
import time

import databases
import postgres
import pytest
import requests
from forms import PATIENCE, answer_patiently, open_form, press
from local import BIN, HOME, run
from real_parts import Mailbox, OdooServer, invite, personal_link, server_on_a_copy

TEMPLATE = os.environ["NPS_TEMPLATE"]
ORIGINAL, RESTORED, NEUTRAL, PLAIN_COPY = (
    f"tests_lifecycle_{name}" for name in ("dumped", "restored", "neutral", "pgdump")
)
DUMP = HOME / "tmp-dump.zip"
SECRETS = "SELECT value FROM ir_config_parameter WHERE key = 'database.secret'"


class Story:
    """What the original database has when it is dumped."""

    def __init__(self, server, mailbox):
        links = [invite(server, mailbox, name) for name in ("Early", "Late", "Open")]
        answer_patiently(f"{links[0]}?s=0", score=0, comment="Never again")
        self.paths = [link[link.index("/nps/") :] for link in links]
        self.page = open_form(links[2])[1]["page"]
        customer = server.session().create(
            "res.partner", {"name": "Waiting", "email": "waiting@customer.example"}
        )
        server.call("res.partner", "nps_pick_outcome", [customer], "solved")
        self.secret = server.sql(SECRETS)
        self.image = server.call(
            "ir.attachment", "search", [["store_fname", "!=", False]], limit=1
        )


@pytest.fixture(scope="module")
def mailbox():
    """A mail server."""
    found = Mailbox()
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def story(mailbox):
    """Dump a database with a past, and load it as another one."""
    with postgres.running():
        options = {"smtp_port": mailbox.port, "cron_threads": 0}
        with server_on_a_copy(TEMPLATE, ORIGINAL, **options) as server:
            found = Story(server, mailbox)
            odoo_db("dump", ORIGINAL, DUMP)
        databases.drop(RESTORED)
        odoo_db("load", RESTORED, DUMP)
        DUMP.unlink()
        yield found
        for name in (RESTORED, NEUTRAL):
            databases.drop(name)


def odoo_db(*arguments):
    """Run a command of Odoo's own for whole databases, with their files."""
    run([BIN / "odoo", "db", *arguments], "lifecycle-dump", f"odoo db {arguments[0]}")


@pytest.fixture(scope="module")
def restored(story, mailbox):
    """Odoo on what was loaded."""
    yield from serving(RESTORED, mailbox)


@pytest.fixture(scope="module")
def neutral(story, mailbox):
    """Odoo on a copy of it that was neutralised."""
    databases.copy(RESTORED, NEUTRAL)
    done = subprocess.run(
        [BIN / "odoo", "neutralize", "-d", NEUTRAL], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    yield from serving(NEUTRAL, mailbox)


def serving(name, mailbox):
    """Yield a server without a cron of its own."""
    server = OdooServer(name, mailbox.port, cron_threads=0)
    databases.set_parameter(name, "web.base.url", server.url)
    server.start()
    yield server
    server.stop()


def run_every_cron(server):
    """Run every scheduled action of the addon and the one that sends Odoo's mails."""
    crons = server.sql(
        "SELECT res_id FROM ir_model_data WHERE model = 'ir.cron' "
        "AND (module = 'nps' OR name = 'ir_cron_mail_scheduler_action')"
    )
    assert len(crons) > 5
    for cron in crons:
        server.call("ir.cron", "method_direct_trigger", [int(cron)])


def test_the_answer_is_there_after_the_load(restored):
    rows = restored.sql("SELECT score, comment, state FROM nps_response")
    assert rows == ["0|Never again|counted"]


def test_files_came_along(story, restored):
    [attachment] = restored.call("ir.attachment", "read", story.image, ["datas"])
    assert attachment["datas"]


def test_links_that_the_original_mailed_still_work(story, restored):
    for path in story.paths:
        assert requests.get(restored.url + path, timeout=60).status_code == 200
    page = answer_patiently(f"{restored.url}{story.paths[1]}?s=10", score=10)
    assert page.status_code == 200
    scores = restored.sql("SELECT score FROM nps_response ORDER BY id")
    assert scores == ["0", "10"]


def test_links_are_stored_as_hashes_alone(story, restored):
    text = "\n".join(
        restored.sql("SELECT to_jsonb(l)::text FROM nps_invitation_link l")
        + restored.sql("SELECT body FROM mail_message")
        + restored.sql("SELECT COALESCE(body_html, '') FROM mail_mail")
    )
    assert text
    for path in story.paths:
        assert path.rpartition("/")[2] not in text


def test_a_page_that_was_open_before_the_load_is_shown_again_with_its_words(
    story, restored
):
    # Odoo gives what it loads a secret of its own: no page of before is signed by it.
    assert restored.sql(SECRETS) != story.secret
    typed = {"score": 4, "comment": "Typed before", "page": story.page}
    page = requests.post(f"{restored.url}{story.paths[2]}/answer", typed, timeout=60)
    assert page.status_code == 422
    assert "Typed before" in page.text
    again = open_form(f"{restored.url}{story.paths[2]}?s=4")
    time.sleep(PATIENCE)
    assert press(again, score=4).status_code == 200


def test_what_waited_leaves_from_the_loaded_database(restored, mailbox):
    mailbox.clear()
    run_every_cron(restored)
    link = personal_link(mailbox.wait(to="waiting@customer.example")[0])
    assert link.startswith(restored.url)
    restored.stop()


def test_a_neutralised_copy_sends_nothing_whatever_runs(neutral, mailbox):
    mailbox.clear()
    customer = neutral.session().create(
        "res.partner", {"name": "Tester", "email": "tester@customer.example"}
    )
    neutral.call("res.partner", "nps_pick_outcome", [customer], "solved")
    run_every_cron(neutral)
    assert not mailbox.messages
    query = "SELECT state FROM nps_invitation WHERE email LIKE 'tester@%'"
    assert neutral.sql(query) in (["queued"], ["failed"])


def test_a_neutralised_copy_does_not_answer_to_links_of_the_original(story, neutral):
    for path in story.paths:
        assert requests.get(neutral.url + path, timeout=60).status_code == 404
        page = requests.post(f"{neutral.url}{path}/answer", {"score": 1}, timeout=60)
        assert page.status_code == 404


def test_a_neutralised_copy_keeps_the_answers(neutral):
    scores = neutral.sql("SELECT score FROM nps_response ORDER BY id")
    assert scores == ["0", "10", "4"]


def test_plain_pg_dump_keeps_the_secret_too(story):
    databases.drop(PLAIN_COPY)
    postgres.sql(f'CREATE DATABASE "{PLAIN_COPY}"')
    file = HOME / "tmp-dump.sql"
    dump = postgres.command("pg_dump", "-d", NEUTRAL, "-f", file)
    load = postgres.command("psql", "-q", "-d", PLAIN_COPY, "-f", file)
    for command in (dump, load):
        run(command, "lifecycle-dump", "pg_dump and psql")
    file.unlink()
    kept = postgres.sql(SECRETS, PLAIN_COPY)
    assert kept == postgres.sql(SECRETS, NEUTRAL)
    databases.drop(PLAIN_COPY)
