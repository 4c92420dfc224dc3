from datetime import timedelta

import psycopg2

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NpsMailCommon
from .common_risk import NOW, RiskCommon


@tagged("post_install", "-at_install")
class TestRiskCron(RiskCommon, NpsMailCommon):
    def run_cron(self, name="nps.ir_cron_nps_risk"):
        with self.enter_registry_test_mode():
            self.env.ref(name).method_direct_trigger()
        self.env.invalidate_all()

    def rules(self):
        rows = self.env["nps.risk"].search([("partner_id", "=", self.customer.id)])
        return rows.mapped("rule")

    def test_an_answer_leaves_a_note_and_its_echo_wakes_the_cron(self):
        self.look()
        with self.capture_triggers("nps.ir_cron_nps_risk") as triggers:
            self.say(2)
        self.assertFalse(triggers.records)
        noted = self.env["nps.risk.news"].search([]).partner_id
        self.assertEqual(noted, self.customer | self.customer_company)
        with self.capture_triggers("nps.ir_cron_nps_risk") as triggers:
            self.run_cron("nps.ir_cron_nps_echo")
        self.assertTrue(triggers.records)

    def test_an_answer_is_stored_where_somebody_deleted_the_cron(self):
        self.env.ref("nps.ir_cron_nps_risk").unlink()
        invitation = self.say(2)[0]
        self.answer(invitation, 3, change=True)
        self.assertEqual(invitation._counted_response().score, 3)

    def test_a_deadline_wakes_the_cron_when_it_has_passed(self):
        due_at = NOW + timedelta(hours=2)
        with self.capture_triggers("nps.ir_cron_nps_risk") as triggers:
            self.customer._nps_refresh_risk(due_at)
        self.assertEqual(triggers.records.mapped("call_at"), [due_at])

    def test_the_cron_works_off_what_is_noted(self):
        self.say(2, 2)
        self.run_cron()
        self.assertEqual(self.rules(), ["unhappy_twice"])
        self.assertFalse(self.env["nps.risk.news"].search([]))

    def test_answers_grow_old_by_the_daily_run(self):
        self.say(2, 2)
        self.run_cron()
        with freeze_time(NOW + timedelta(days=731)):
            self.run_cron("nps.ir_cron_nps_risk_daily")
            self.run_cron()
            self.assertFalse(self.rules())

    def test_the_daily_run_looks_at_companies_with_enough_answers(self):
        for score in [9] * 9:
            self.ask(20, score)
        self.look()
        self.run_cron("nps.ir_cron_nps_risk_daily")
        news = self.env["nps.risk.news"]
        self.assertNotIn(self.customer_company, news.search([]).partner_id)
        self.ask(20, 9)
        self.look()
        self.run_cron("nps.ir_cron_nps_risk_daily")
        self.assertIn(self.customer_company, news.search([]).partner_id)

    @mute_logger("odoo.addons.nps.models.nps_risk_news")
    def test_one_customer_who_cannot_be_judged_holds_up_nobody(self):
        self.say(2, 2)
        self.say(3, 3, customer=self.colleague)
        self.env.flush_all()
        # A score that no scale of its metric has, as a broken import leaves it.
        self.env.cr.execute(
            "UPDATE nps_response SET metric = 'csat', score = 9 WHERE partner_id = %s",
            [self.colleague.id],
        )
        self.env.invalidate_all()
        self.run_cron()
        self.assertEqual(self.rules(), ["unhappy_twice"])
        self.assertFalse(self.env["nps.risk.news"].search([]))


@tagged("post_install", "-at_install")
class TestRiskSettings(RiskCommon):
    def test_the_settings_page_changes_the_company_at_hand_alone(self):
        other = self.env["res.company"].create({"name": "Other"})
        values = {"nps_ignored_asks": 5, "nps_silent_months": 12}
        self.env["res.config.settings"].create(values).execute()
        self.assertRecordValues(self.company, [values])
        self.assertRecordValues(
            other, [{"nps_ignored_asks": 3, "nps_silent_months": 6}]
        )

    @mute_logger("odoo.sql_db")
    def test_nonsense_is_refused(self):
        for values in ({"nps_ignored_asks": -1}, {"nps_silent_months": 0}):
            with self.subTest(values=values):
                with self.assertRaises(psycopg2.errors.CheckViolation):
                    with self.cr.savepoint():
                        self.company.write(values)
                        self.company.flush_recordset()
                self.company.invalidate_recordset()
