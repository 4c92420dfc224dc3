from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import NpsMailCommon


@tagged("post_install", "-at_install")
class TestDigest(NpsMailCommon):
    """The score in Odoo's digest: in points, with its answers, or not at all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["nps.response"].search([]).invitation_id.company_id = cls.env[
            "res.company"
        ].create({"name": "Elsewhere"})
        cls.reader = cls.make_agent("reader", groups="nps.nps_group_analyst")
        cls.digest = cls.env["digest.digest"].create(
            {
                "name": "Digest",
                "user_ids": [(6, 0, cls.reader.ids)],
                "kpi_nps": True,
                "kpi_nps_answers": True,
            }
        )

    def answer_days_ago(self, days, *scores, **values):
        with freeze_time(fields.Datetime.now() - timedelta(days=days)):
            for score in scores:
                self.answer(self.pick(**values), score)

    def kpis(self, user=None):
        user = user or self.reader
        self.env.flush_all()
        kpis = self.digest._compute_kpis(user.company_id, user)
        return {kpi["kpi_name"]: kpi for kpi in kpis}

    def test_from_minus_20_to_minus_10_is_10_points_up(self):
        self.answer_days_ago(10, *[10] * 4, *[0] * 6)
        self.answer_days_ago(3, *[10] * 9, *[0] * 11)
        week = self.kpis()["kpi_nps"]["kpi_col2"]
        self.assertEqual(week["value"], "-10.0")
        self.assertEqual(week["margin"], 10)

    def test_the_mail_says_points_and_no_percent(self):
        self.answer_days_ago(10, *[10] * 4, *[0] * 6)
        self.answer_days_ago(3, *[10] * 9, *[0] * 11)
        self.env.flush_all()
        self.digest.action_send_manual()
        mail = self.env["mail.mail"].search(
            [("email_to", "like", self.reader.email)], limit=1
        )
        [table] = html.fromstring(mail.body_html).xpath(
            "//table[@data-field='kpi_nps']"
        )
        text = " ".join(table.text_content().split())
        self.assertIn("⬆ 10.0 points", text)
        self.assertNotIn("%", text)
        self.assertIn("20 answers, between", text)

    def test_a_loss_points_down(self):
        self.answer_days_ago(10, *[10] * 9, *[0] * 11)
        self.answer_days_ago(3, *[10] * 4, *[0] * 6)
        self.assertEqual(self.kpis()["kpi_nps"]["kpi_col2"]["margin"], -10)

    def test_other_figures_keep_their_percentage(self):
        self.answer_days_ago(10, 10, 10)
        self.answer_days_ago(3, 10)
        answers = self.kpis()["kpi_nps_answers"]
        self.assertEqual(answers["kpi_col2"]["value"], 1)
        self.assertEqual(answers["kpi_col2"]["margin"], -50)
        self.assertNotIn("nps_in_points", answers)

    def test_few_answers_are_no_score(self):
        self.answer_days_ago(3, *[10] * 9)
        week = self.kpis()["kpi_nps"]["kpi_col2"]
        self.assertEqual(week["value"], "–")
        self.assertIn("9 answers, too few", week["col_subtitle"])
        self.assertEqual(week["margin"], 0)

    def test_few_answers_before_are_no_comparison(self):
        self.answer_days_ago(10, 0, 0)
        self.answer_days_ago(3, *[10] * 12)
        week = self.kpis()["kpi_nps"]["kpi_col2"]
        self.assertEqual((week["value"], week["margin"]), ("100.0", 0))

    def test_an_empty_period_is_no_error(self):
        digest = self.digest.with_context(
            start_datetime=fields.Datetime.now(), end_datetime=fields.Datetime.now()
        )
        self.assertEqual(digest.kpi_nps_value, 0.0)
        self.assertEqual(digest.kpi_nps_answers_value, 0)

    def test_only_the_answers_of_the_digests_company_count(self):
        self.answer_days_ago(3, *[10] * 12)
        other = self.env["res.company"].create({"name": "Other"})
        self.reader.company_ids += other
        self.digest.company_id = other
        self.assertEqual(self.kpis()["kpi_nps"]["kpi_col2"]["value"], "–")
        self.assertEqual(self.kpis()["kpi_nps_answers"]["kpi_col2"]["value"], 0)

    def test_effort_and_satisfaction_are_no_part_of_the_score(self):
        survey = self.make_survey("csat")
        self.make_outcome("csat", survey_id=survey.id)
        self.answer_days_ago(3, *[1] * 12, code="csat")
        self.answer_days_ago(3, *[10] * 12)
        self.assertEqual(self.kpis()["kpi_nps"]["kpi_col2"]["value"], "100.0")

    def test_who_was_asked_again_after_a_case_is_no_part_of_the_score(self):
        self.answer_days_ago(3, *[10] * 12)
        with freeze_time(fields.Datetime.now() - timedelta(days=3)):
            invitation = self.pick()
            invitation.is_reask = True
            self.answer(invitation, 0)
        self.assertEqual(self.kpis()["kpi_nps"]["kpi_col2"]["value"], "100.0")
        self.assertEqual(self.kpis()["kpi_nps_answers"]["kpi_col2"]["value"], 12)

    def test_an_agent_sees_the_score_of_his_own_answers(self):
        self.answer_days_ago(3, *[10] * 12)
        other = self.make_agent("other", self.sales)
        self.answer_days_ago(3, *[0] * 12, user=other)
        self.assertEqual(self.kpis(other)["kpi_nps"]["kpi_col2"]["value"], "-100.0")

    def test_who_has_no_part_in_it_gets_no_such_figure(self):
        stranger = self.make_agent("stranger", groups="base.group_user")
        self.assertNotIn("kpi_nps", self.kpis(stranger))
        self.assertNotIn("kpi_nps_answers", self.kpis(stranger))

    def test_odoos_own_digest_has_it_from_the_start(self):
        default = self.env.ref("digest.digest_digest_default")
        self.assertTrue(default.kpi_nps and default.kpi_nps_answers)

    def test_its_links_lead_to_the_analysis_and_the_answers(self):
        kpis = self.kpis()
        self.assertEqual(kpis["kpi_nps"]["kpi_action"], "nps.nps_report_action")
        self.assertEqual(
            kpis["kpi_nps_answers"]["kpi_action"], "nps.nps_response_action"
        )
