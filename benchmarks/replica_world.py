"""An Odoo with two workers that reads from a replica, and what people do with it."""

import contextlib
import hashlib
import json
import re
import secrets
import shutil
import time
from types import SimpleNamespace

import requests
from bench_reports_world import INVITATIONS, make_agents, make_tree
from bench_world import COMPANIES, CONTACTS
from databases import FILESTORE
from forms import PATIENCE, open_form, press
from postgres import socket_folder
from real_parts import Mailbox, OdooServer, personal_link
from replica_cluster import two_clusters
from steps import step

DATABASE = "replica"
FIRMS = 500
ROWS = 20_000


class ReplicaServer(OdooServer):
    """Odoo on the pair of clusters, with the replica or without."""

    def __init__(self, pair, smtp_port, with_replica=True):
        options = ["--db_host", socket_folder(), "--db_port", pair.primary.port]
        if with_replica:
            options += ["--db_replica_host", socket_folder()]
            options += ["--db_replica_port", pair.replica.port]
        super().__init__(
            DATABASE, smtp_port, cron_threads=0, workers=2, options=options
        )
        self.pair = pair

    def sql(self, statement):
        return self.pair.primary.sql(statement, DATABASE)


class World:
    """A running Odoo on two clusters.

    :ivar manager: the session of somebody who sees the reports
    :ivar tokens: links of customers who have not answered yet
    """

    def __init__(self, server, mailbox):
        self.server = server
        self.pair = server.pair
        self.mailbox = mailbox
        self.manager = server.session()
        self.customer = self.server.sql(
            "SELECT partner_id FROM nps_response ORDER BY id LIMIT 1"
        )[0]

    # === CUSTOMERS === #

    def invite(self, name):
        """Ask a new contact; return the link in the mail that he gets."""
        address = f"{name.lower()}@customer.example"
        values = {"name": name, "email": address}
        customer = self.manager.create("res.partner", values)
        self.manager.call("res.partner", "nps_pick_outcome", [customer], "solved")
        # The scheduled action by its id of the primary: the replica may be paused.
        cron = self.server.sql(
            "SELECT res_id FROM ir_model_data WHERE name = 'ir_cron_nps_send'"
        )[0]
        self.manager.call("ir.cron", "method_direct_trigger", [int(cron)])
        found = personal_link(self.mailbox.wait(to=address)[0])
        return self.server.url + found[found.index("/nps/") :]

    def invite_many(self, count):
        """Ask so many customers whose links are known to us alone; return the links."""
        # As the mail does it, but in one go: what a link is, tools/tokens.py says.
        made = [secrets.token_urlsafe(32) for _n in range(count)]
        values = ", ".join(f"({n}, '{_hash(token)}')" for n, token in enumerate(made))
        self.server.sql(f"""
            WITH links (n, hash) AS (VALUES {values}),
                 asked AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n
                             FROM nps_invitation
                            WHERE state = 'expired' ORDER BY id LIMIT {count}),
                 opened AS (UPDATE nps_invitation i
                               SET state = 'sent', answered_at = NULL,
                                   expires_at = now() + INTERVAL '30 days'
                              FROM asked WHERE asked.id = i.id)
            INSERT INTO nps_invitation_link (invitation_id, token_hash)
            SELECT asked.id, links.hash FROM asked JOIN links USING (n)""")
        return [f"{self.server.url}/nps/{token}" for token in made]

    def answers(self, on="primary"):
        """Return how many answers one of the two knows."""
        cluster = getattr(self.pair, on)
        return int(cluster.sql("SELECT COUNT(*) FROM nps_response", DATABASE)[0])

    def answer_to(self, link):
        """Return score and words of what counts behind a link, on the primary."""
        token = link.rpartition("/")[2]
        return self.server.sql(
            "SELECT r.score, r.state FROM nps_response r "
            "JOIN nps_invitation_link l ON l.invitation_id = r.invitation_id "
            f"WHERE l.token_hash = '{_hash(token)}' ORDER BY r.id"
        )

    # === WHAT READS === #

    def reads(self):
        """Return name -> function of everything that only reads."""
        call, link = self.manager.call, self.invite_many(1)[0]
        firm = [int(self.customer)]
        insight = {
            f"Insight: {tab}": lambda tab=tab: call("nps.insight", f"get_{tab}", [])
            for tab in ("scorecard", "trend", "change", "silence", "associations")
        }
        return {
            "Survey page": lambda: _ok(requests.get(f"{link}?s=9", timeout=60)),
            "Opt-out page": lambda: _ok(requests.get(f"{link}/opt-out", timeout=60)),
            "Report: pivot by department": lambda: call(
                "nps.report", "formatted_read_group", [], ["department_id"], MEASURES
            ),
            "Report: three levels": lambda: call(
                "nps.report", "formatted_read_grouping_sets", [], SETS, MEASURES
            ),
            **insight,
            "Score card": lambda: call("res.partner", "nps_score_card", firm),
            "Caller": lambda: call("res.partner", "nps_find_caller", "+4989101"),
            "Telephone's door": self._door,
            "My page": lambda: call("nps.my.page", "get_page"),
            "Feed": lambda: call(
                "nps.response", "web_search_read", [], FEED, order="id desc", limit=20
            ),
            "List of invitations": lambda: call(
                "nps.invitation", "web_search_read", [], {"state": {}}, limit=80
            ),
            "Scorecard as XLSX": self._xlsx(),
        }

    def _door(self):
        # It leads to a screen of Odoo's web client, which is not ours.
        url = f"{self.server.url}/nps/call?number=+4989101"
        found = self.manager.http.get(url, allow_redirects=False, timeout=60)
        _ok(found, 303)

    def _xlsx(self):
        page = self.manager.http.get(f"{self.server.url}/odoo", timeout=60)
        asked = {"domain": [], "options": {}, "context": {}}
        token = re.search(r"csrf_token: \"(\w+)\"", page.text)[1]
        data = {"data": json.dumps(asked), "csrf_token": token}
        url = f"{self.server.url}/nps/scorecard/xlsx"
        return lambda: _ok(self.manager.http.post(url, data=data, timeout=120))

    def badge(self, partner, **context):
        """Return the badge of a customer as a screen reads it."""
        rows = self.manager.search_read(
            "res.partner", [["id", "=", partner]], ["nps_badge"], context=context
        )
        return rows[0]["nps_badge"] if rows else {}


MEASURES = ["__count", "net_score:avg"]
SETS = [[], ["department_id"], ["department_id", "user_id"]]
FEED = {"score": {}, "comment": {}, "customer_name": {}}


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()


def _ok(answer, status=200):
    assert answer.status_code == status, answer.status_code


def answer(link, score, **more):
    """Answer as a patient person does; return the page that he sees then."""
    form = open_form(f"{link}?s={score}")
    time.sleep(PATIENCE)
    return press(form, score=score, **more)


def fill(pair, template):
    """Make the database: contacts, and a year of interactions."""
    with step("Bring a database to a cluster of its own"):
        pair.fill(DATABASE, template)
    shutil.rmtree(FILESTORE / DATABASE, ignore_errors=True)
    if (FILESTORE / template).exists():
        shutil.copytree(FILESTORE / template, FILESTORE / DATABASE)
    with step(f"Make {ROWS:,} interactions"):
        some = CONTACTS.replace(f"(1, {COMPANIES})", f"(1, {FIRMS})")
        pair.primary.sql(some, DATABASE)


def fill_answers(server):
    """Make departments, agents and their interactions."""
    make_agents(server, make_tree(server))
    server.sql(INVITATIONS % {"first": 1, "last": ROWS})
    server.sql("VACUUM ANALYZE")


@contextlib.contextmanager
def running(pair, mailbox, with_replica=True):
    """Run Odoo on the pair."""
    server = ReplicaServer(pair, mailbox.port, with_replica)
    server.sql(
        "INSERT INTO ir_config_parameter (key, value) "
        f"VALUES ('web.base.url', '{server.url}') ON CONFLICT (key) DO UPDATE "
        "SET value = EXCLUDED.value"
    )
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def clusters_and_mailbox(template):
    """Run the clusters, filled, and a mail server."""
    mailbox = Mailbox()
    mailbox.start()
    try:
        with two_clusters(lambda pair: fill(pair, template)) as pair:
            yield SimpleNamespace(pair=pair, mailbox=mailbox)
    finally:
        mailbox.stop()
        shutil.rmtree(FILESTORE / DATABASE, ignore_errors=True)
