"""With a replica: pages are read from it, and what was done just now is not denied.

Odoo's tests serve a route that only reads by a cursor that refuses to write, as a
replica does; what is in the database then is what the replica knows.
"""

import ast
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import psycopg2

from odoo.http import request
from odoo.tests import BaseCase, tagged
from odoo.tools import config, mute_logger

from odoo.addons.base.models.ir_http import IrHttp

from ..controllers import nps, replica
from ..models import ir_http_replica
from .common import NpsCommon, NpsPageCommon

UNKNOWN = "x" * 43


@tagged("post_install", "-at_install")
class TestReplicaPages(NpsPageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for module in (replica, nps):
            mocked = patch.object(module, "has_replica", lambda: True)
            cls.startClassPatcher(mocked)

    def test_a_link_that_the_replica_knows_is_opened_by_it(self):
        self.assertEqual(self.get("?s=9").status_code, 200)

    def test_a_link_that_the_replica_does_not_know_is_asked_of_the_primary(self):
        page = self.get("?s=9&lang=fr", token=UNKNOWN)
        self.assertEqual(page.status_code, 303)
        where = f"/nps/{UNKNOWN}?s=9&lang=fr&latest=1"
        self.assertTrue(page.headers["Location"].endswith(where))

    def test_a_link_that_is_closed_on_the_replica_is_asked_of_the_primary(self):
        self.invitation.action_cancel()
        self.assertEqual(self.get().status_code, 303)
        self.assertEqual(self.get("?latest=1").status_code, 410)

    def test_only_the_primary_says_that_a_link_is_unknown(self):
        for path in ("", "/opt-out", "/go"):
            page = self.get(f"{path}?latest=1", token=UNKNOWN)
            self.assertEqual(page.status_code, 404)

    def test_the_end_of_a_subscription_is_asked_of_the_primary_too(self):
        for path in ("/nps/subscription/no", "/nps/scorecard/stop/no"):
            page = self.url_open(path, allow_redirects=False)
            self.assertTrue(page.headers["Location"].endswith(f"{path}?latest=1"))
            self.assertEqual(self.url_open(path).status_code, 404)

    def test_after_an_answer_the_page_is_read_from_the_primary(self):
        page = self.answer_page(9)
        self.assertIn("latest=1", page.headers["Location"])
        self.assertEqual(self.counted().score, 9)

    def test_reloading_what_was_sent_reads_the_primary(self):
        self.assertIn("latest=1", self.get("/answer").headers["Location"])

    def test_an_address_that_is_none_of_ours_asks_nobody_again(self):
        self.assertEqual(self.url_open("/nps/a/b/c/d").status_code, 404)
        page = self.url_open("/nps/a/b/c/d", allow_redirects=False)
        self.assertEqual(page.status_code, 404)

    def test_the_preview_of_a_survey_shows_what_was_just_saved(self):
        self.assertFalse(replica.never_lags(None, None, None))


@tagged("post_install", "-at_install")
class TestWithoutReplica(NpsPageCommon):
    def test_a_replica_is_there_when_its_host_is_configured(self):
        for host, there in ((None, False), ("", False), ("replica.example", True)):
            with patch.dict(config.options, {"db_replica_host": host}):
                self.assertIs(replica.has_replica(), there)

    def test_an_unknown_link_is_unknown_at_once(self):
        self.assertEqual(self.get(token=UNKNOWN).status_code, 404)

    def test_the_address_after_an_answer_is_the_plain_link(self):
        page = self.answer_page(9)
        self.assertNotIn("latest", page.headers["Location"])


@tagged("post_install", "-at_install")
class TestReplicaLost(NpsPageCommon):
    """The connection to the replica breaks while a page is made."""

    def lose(self, step, error=psycopg2.OperationalError):
        """Let one step of serving fail on the replica, once."""
        real = getattr(IrHttp, step).__func__
        losses = iter([error("server closed the connection")])

        def fail_first(cls, *args):
            if request.env.cr.readonly and (loss := next(losses, None)):
                raise loss
            return real(cls, *args)

        return (
            patch.object(IrHttp, step, classmethod(fail_first)),
            patch.object(ir_http_replica, "_is_lost", lambda cr: cr.readonly),
        )

    def assert_repeated(self, step):
        failing, lost = self.lose(step)
        with failing, lost, self.assertLogs("odoo", "WARNING") as logs:
            page = self.get("?s=9")
        self.assertEqual(page.status_code, 200)
        self.assertIn("replica lost", "".join(logs.output))

    def test_the_customer_gets_his_page_from_the_primary(self):
        for step in ("_authenticate", "_pre_dispatch", "_dispatch", "_post_dispatch"):
            with self.subTest(step):
                self.assert_repeated(step)

    def test_a_read_that_is_in_the_replica_s_way_goes_on_at_the_primary(self):
        failing, _lost = self.lose("_dispatch", psycopg2.errors.SerializationFailure)
        with failing, self.assertLogs("odoo", "WARNING"):
            self.assertEqual(self.get("?s=9").status_code, 200)

    def test_an_error_that_is_not_the_replica_s_stays_one(self):
        failing, _lost = self.lose("_dispatch")
        with failing, self.assertLogs("odoo", "ERROR"):
            self.assertEqual(self.get("?s=9").status_code, 500)


@tagged("post_install", "-at_install")
class TestNewsFromThePrimary(NpsPageCommon):
    def reads_replica(self, method="search_read", model="res.partner", **context):
        params = {"model": model, "method": method, "kwargs": {"context": context}}

        class Asked:
            registry = self.env.registry

            def get_json_data(self):
                return {"params": params}

        module = "odoo.addons.web.controllers.dataset.request"
        with patch.object(replica, "request", Asked()), patch(module, Asked()):
            return bool(replica._call_may_lag(replica.NpsDataSet(), None, None))

    def test_a_screen_reads_from_the_replica(self):
        self.assertTrue(self.reads_replica())
        self.assertTrue(self.reads_replica("nps_score_card"))

    def test_a_screen_that_was_told_of_a_change_reads_the_primary(self):
        self.assertFalse(self.reads_replica(nps_latest=True))
        self.assertFalse(self.reads_replica("nps_score_card", nps_latest=True))

    def test_what_writes_is_served_by_the_primary(self):
        self.assertFalse(self.reads_replica("write"))


READS = [
    ("nps.insight", "get_choices", []),
    ("nps.insight", "get_trend", [[]]),
    ("nps.insight", "get_change", [[]]),
    ("nps.insight", "get_silence", [[]]),
    ("nps.insight", "get_associations", [[]]),
    ("nps.insight", "get_scorecard", [[]]),
    ("nps.insight", "get_counted_domain", [[], {}, []]),
    ("nps.my.page", "get_page", []),
    ("res.partner", "nps_find_caller", ["+49 30 1234567"]),
    ("res.partner", "nps_score_card", "customer"),
    ("helpdesk.ticket", "nps_experts", "ticket"),
    ("nps.report", "formatted_read_group", [[], ["user_id"], ["__count"]]),
    ("nps.response", "web_search_read", [[], {"score": {}}]),
]
"""Model, method, arguments (or whose record it is) of what a replica serves."""


@tagged("post_install", "-at_install")
class TestReadsOnly(NpsCommon):
    """What may be served by a replica writes nothing: PostgreSQL itself sees to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.make_ticket()
        invitation = cls.pick(cls.ticket)
        cls.make_link(invitation)
        cls.answer(invitation, 2, comment="Slow")
        cls.manager = cls.make_agent(
            "chief",
            cls.support,
            groups="nps.nps_group_manager,helpdesk_mgmt.group_helpdesk_manager",
        )

    def call(self, model, method, arguments):
        records = self.env[model]
        if isinstance(arguments, str):
            records, arguments = getattr(self, arguments), []
        return getattr(records.with_user(self.manager), method)(*arguments)

    def test_they_say_so(self):
        for model, method, _arguments in READS:
            classes = type(self.env[model]).mro()
            marks = [
                getattr(getattr(c, method, None), "_readonly", None) for c in classes
            ]
            self.assertTrue(next(m for m in marks if m is not None), method)

    def test_they_write_nothing(self):
        self.env.flush_all()
        for model, method, arguments in READS:
            with self.subTest(f"{model}.{method}"), self.refusing_to_write():
                self.assertIsNotNone(self.call(model, method, arguments))
                self.env.flush_all()

    @contextmanager
    def refusing_to_write(self):
        self.env.invalidate_all()
        savepoint = self.env.cr.savepoint()
        self.env.cr.execute("SET TRANSACTION READ ONLY")
        try:
            yield
        finally:
            # With the savepoint goes what was set after it.
            savepoint.close(rollback=True)

    def test_the_list_is_tested_by_something_that_refuses(self):
        with (
            self.assertRaises(psycopg2.errors.ReadOnlySqlTransaction),
            mute_logger("odoo.sql_db"),
            self.refusing_to_write(),
        ):
            self.env.cr.execute("UPDATE nps_survey SET active = active")

    def test_every_public_read_of_our_own_models_is_in_the_list(self):
        listed = {(model, method) for model, method, _arguments in READS}
        for model in ("nps.insight", "nps.my.page"):
            classes = type(self.env[model]).mro()
            ours = [c for c in classes if c.__module__.startswith("odoo.addons.nps.")]
            names = {n for c in ours for n in vars(c) if n.startswith("get_")}
            self.assertEqual({(model, name) for name in names} - listed, set())


class TestProcessMemory(BaseCase):
    """Several processes serve one database: what one keeps, the others do not know."""

    def modules(self):
        root = Path(replica.__file__).parents[1]
        for folder in ("controllers", "models", "report", "tools", "wizard"):
            for path in sorted((root / folder).glob("*.py")):
                yield path, ast.parse(path.read_text())

    def test_nothing_is_kept_in_variables_of_a_module(self):
        for path, tree in self.modules():
            with self.subTest(path.name):
                kinds = [type(node) for node in ast.walk(tree)]
                self.assertNotIn(ast.Global, kinds)

    def test_only_arithmetic_is_cached_by_a_process(self):
        for path, tree in self.modules():
            # On what is defined once for a process; what a batch keeps goes with it.
            kept_by = {
                getattr(name, "id", None) or getattr(name, "attr", None)
                for node in ast.walk(tree)
                if isinstance(node, ast.FunctionDef | ast.ClassDef)
                for decorator in node.decorator_list
                for name in ast.walk(decorator)
            }
            with self.subTest(path.name):
                if path.parent.name != "tools":
                    self.assertFalse(kept_by & {"cache", "lru_cache"})
