from odoo import fields
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common_import import NpsImportCommon

DAY = "2025-04-13"
CARLA = "carla@bluesky.example"
TOLD = {
    "mail.mail": [],
    "mail.activity": [],
    "bus.bus": [],
    "nps.case": [],
    "nps.risk": [],
    "nps.risk.news": [],
    "nps.subscription.notice": [],
    "nps.invitation.link": [],
}


@tagged("post_install", "-at_install")
class TestImportQuiet(NpsImportCommon, MailCase):
    """Nobody is told of imported answers, and nothing follows from them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.nps_praise_to = "both"
        cls.env["nps.subscription"].with_user(cls.admin).create(
            {"name": "All", "frequency": "at_once"}
        )
        cls.env["nps.case.rule"].create({"name": "Detractors"})

    def counts(self):
        self.env.flush_all()
        return {
            model: self.env[model].sudo().search_count(domain)
            for model, domain in TOLD.items()
        }

    def run_crons(self):
        for name in ("send", "echo", "case_check", "risk", "risk_facts", "group"):
            cron = self.env.ref(f"nps.ir_cron_nps_{name}", raise_if_not_found=False)
            if cron:
                with self.enter_registry_test_mode():
                    cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_nobody_is_told_and_nothing_follows(self):
        rows = [(DAY, "0", CARLA, "", "Bad", "agent"), (DAY, "10", CARLA, "", "Good")]
        content = self.csv_of(*rows)
        self.check(content)
        before = self.counts()
        with self.mock_mail_gateway():
            record = self.bring(content=content)
            self.run_crons()
        self.assertEqual(record.good_count, 2)
        after = self.counts()
        own = {"mail.message": 0}
        self.assertEqual(after, before, own)
        self.assertFalse(self._mails)
        responses = self.answers_of(record)
        self.assertEqual(set(responses.mapped("echo_state")), {"done"})
        self.assertFalse(responses.note_id)
        self.assertFalse(any(responses.mapped("praise_passed_at")))
        self.assertFalse(any(responses.invitation_id.mapped("case_check_at")))

    def test_no_case_is_opened_when_an_analyst_decides_about_an_imported_answer(self):
        record = self.bring((DAY, "0", CARLA, "", "Bad"))
        response = self.answers_of(record)
        response.with_user(self.admin).action_exclude("test", "Ours")
        response.with_user(self.admin).action_readmit()
        invitation = response.invitation_id
        invitation._check_case()
        self.assertFalse(invitation.case_ids)

    def test_imported_answers_are_sorted_into_groups(self):
        group = self.env["nps.group"].create(
            {"name": "Bad", "domain": "[('answer_id.score', '=', 0)]"}
        )
        record = self.bring((DAY, "0", CARLA), (DAY, "9", CARLA))
        self.run_crons()
        bad = self.answers_of(record).filtered(lambda r: r.score == 0)
        self.assertEqual(bad.invitation_id.group_ids, group)

    def days_ago(self, days):
        return str(fields.Date.subtract(fields.Date.today(), days=days))

    def rules_of(self, customer):
        self.env["nps.risk"]._refresh(customer)
        risks = self.env["nps.risk"].search([("partner_id", "=", customer.id)])
        return risks.mapped("rule")

    def test_nobody_is_at_risk_by_imported_answers_alone(self):
        colleague = self.make_customer("Cyril", "cyril@bluesky.example")
        self.bring(
            *[(self.days_ago(400 - day), "9", CARLA) for day in range(12)],
            *[(self.days_ago(40 - day), "2", CARLA) for day in range(12)],
            (self.days_ago(9), "1", colleague.email),
        )
        for customer in (self.customer, self.customer_company):
            self.assertEqual(self.rules_of(customer), [])

    def test_with_an_answer_that_came_here_they_are_its_history(self):
        self.bring((self.days_ago(9), "2", CARLA))
        self.answer(self.pick(), 3)
        self.assertEqual(self.rules_of(self.customer), ["unhappy_twice"])

    def test_recovery_compares_nobody_by_an_imported_answer(self):
        self.bring((self.days_ago(60), "2", CARLA), (self.days_ago(30), "9", CARLA))
        self.env.flush_all()
        self.assertEqual(self.env["nps.recovery"].create({})._rows(), [])
