from odoo.tests import tagged

from .common_report_day import MEASURES, ReportDayCommon


@tagged("post_install", "-at_install")
class TestReportDayChanges(ReportDayCommon):
    """Whatever changes a number notes its day, whoever does it and by whatever way."""

    def setUp(self):
        super().setUp()
        domain = [("user_id", "in", self.agent_ids()), ("state", "=", "counted")]
        self.response = self.env["nps.response"].search(domain, limit=1)
        self.invitation = self.response.invitation_id
        self.day = self.invitation.local_date
        self.assertFalse(self.changed())

    def tearDown(self):
        # After each of the changes, and after they were counted too.
        self.assertSameTotals()
        self.count()
        self.assertSameTotals()
        super().tearDown()

    def assertSameTotals(self):
        for groupby in (["user_id"], ["country_id"], ["outcome_id"]):
            self.assertSameNumbers(
                lambda groupby=groupby: self.report()._read_group(
                    [], [*groupby, "local_date:day"], MEASURES
                )
            )

    def sql(self, statement, *values):
        self.env.flush_all()
        self.env.cr.execute(statement, values)
        self.env.invalidate_all()

    def test_an_outcome_that_is_picked(self):
        invitation = self.pick(user=self.agents[0])
        self.assertEqual(self.changed(), [invitation.local_date])

    def test_an_invitation_that_is_sent(self):
        invitation = self.pick(user=self.agents[0])
        self.count()
        invitation._on_handed_over()
        self.assertEqual(self.changed(), [invitation.local_date])

    def test_an_answer(self):
        invitation = self.pick(user=self.agents[0])
        invitation._on_handed_over()
        self.count()
        self.answer(invitation, 3)
        self.assertEqual(self.changed(), [invitation.local_date])

    def test_an_answer_that_is_excluded_and_counts_again(self):
        self.response.with_user(self.analyst).action_exclude("abusive", "Insults")
        self.assertEqual(self.changed(), [self.day])
        self.count()
        self.response.with_user(self.analyst).action_readmit()
        self.assertEqual(self.changed(), [self.day])

    def test_an_answer_that_is_deleted(self):
        self.sql("DELETE FROM nps_response WHERE id = %s", self.response.id)
        self.assertEqual(self.changed(), [self.day])

    def test_an_interaction_that_is_deleted(self):
        self.sql("DELETE FROM nps_response WHERE id = %s", self.response.id)
        self.count()
        self.sql("DELETE FROM nps_invitation WHERE id = %s", self.invitation.id)
        self.assertEqual(self.changed(), [self.day])

    def test_a_score_that_is_written_by_sql(self):
        self.sql(
            "UPDATE nps_response SET score = 0, category = 'detractor' WHERE id = %s",
            self.response.id,
        )
        self.assertEqual(self.changed(), [self.day])

    def test_an_interaction_that_is_moved_to_another_day(self):
        self.sql(
            "UPDATE nps_invitation SET local_date = '2027-01-01' WHERE id = %s",
            self.invitation.id,
        )
        self.assertEqual(
            {str(day) for day in self.changed()},
            {
                str(self.day),
                "2027-01-01",
            },
        )

    def test_an_interaction_that_loses_its_day(self):
        self.sql(
            "UPDATE nps_invitation SET local_date = NULL WHERE id = %s",
            self.invitation.id,
        )
        self.assertEqual(self.changed(), [self.day])

    def test_many_rows_that_are_written_at_once_are_noted_once(self):
        self.sql(
            "UPDATE nps_invitation SET local_date = %s WHERE user_id = ANY(%s)",
            self.day,
            self.agent_ids(),
        )
        self.count()
        self.sql(
            "UPDATE nps_invitation SET attempts = 7 WHERE user_id = ANY(%s)",
            self.agent_ids(),
        )
        self.assertEqual(self.env["nps.report.day.changed"].search_count([]), 1)
        self.count()
        self.sql("DELETE FROM nps_response WHERE user_id = ANY(%s)", self.agent_ids())
        self.assertEqual(self.env["nps.report.day.changed"].search_count([]), 1)

    def test_a_customer_who_is_merged_with_another(self):
        other = self.make_customer("Carla", "carla@elsewhere.example")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | other).ids, other)
        self.assertSameTotals()

    def test_an_outcome_and_a_company_that_change_their_names(self):
        self.outcome.name = "Mended"
        self.elsewhere.name = "Abroad"
        self.env.flush_all()
        self.assertFalse(self.changed())

    def test_an_answer_is_stored_also_where_its_day_cannot_be_noted(self):
        self.sql("ALTER TABLE nps_report_day_changed RENAME TO nps_away")
        self.sql("UPDATE nps_response SET score = 7 WHERE id = %s", self.response.id)
        self.sql("ALTER TABLE nps_away RENAME TO nps_report_day_changed")
        self.assertEqual(self.response.score, 7)
        self.env["nps.report.day.changed"]._note([self.day])

    def test_a_survey_that_is_of_another_metric(self):
        self.sql("UPDATE nps_survey SET metric = 'csat' WHERE id = %s", self.survey.id)
        self.assertSameNumbers(
            lambda: self.report()._read_group([], ["metric"], MEASURES)
        )
