import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestOutcome(NpsCommon):
    def offered(self, record):
        outcomes = self.env["nps.outcome"]
        return outcomes.search(outcomes._offered_domain(record))

    def test_an_unused_outcome_can_be_deleted(self):
        self.outcome.unlink()
        self.assertFalse(self.outcome.exists())

    def test_a_used_outcome_cannot_be_deleted(self):
        self.pick()
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.outcome.unlink()

    def test_a_used_outcome_can_be_archived_and_is_offered_no_more(self):
        self.pick()
        self.outcome.active = False
        self.assertNotIn(self.outcome, self.offered(self.customer))

    def test_a_copy_gets_a_name_and_code_of_its_own(self):
        copies = self.outcome.copy() | self.outcome.copy()
        self.assertEqual(set(copies.mapped("code")), {"fixed-2", "fixed-3"})
        self.assertNotEqual(copies[0].name, self.outcome.name)

    @mute_logger("odoo.sql_db")
    def test_two_outcomes_cannot_share_a_code(self):
        with self.assertRaises(psycopg2.errors.UniqueViolation):
            self.make_outcome("fixed")

    def test_an_outcome_for_tickets_is_not_offered_on_a_contact(self):
        self.outcome.touchpoint = "helpdesk.ticket"
        self.assertNotIn(self.outcome, self.offered(self.customer))
        self.assertIn(self.outcome, self.offered(self.make_ticket()))

    def test_an_outcome_of_a_team_is_offered_only_on_its_tickets(self):
        team, other = self.env["helpdesk.ticket.team"].create(
            [{"name": "Ours"}, {"name": "Others"}]
        )
        self.outcome.team_ids = team
        self.assertIn(self.outcome, self.offered(self.make_ticket(team_id=team.id)))
        self.assertNotIn(self.outcome, self.offered(self.make_ticket(team_id=other.id)))

    def test_an_outcome_of_another_company_is_not_offered(self):
        self.outcome.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertNotIn(self.outcome, self.offered(self.make_ticket()))

    def test_every_touchpoint_can_be_chosen(self):
        keys = [key for key, _label in self.outcome._selection_touchpoint()]
        self.assertEqual(keys, ["helpdesk.ticket", "res.partner"])

    def test_the_code_follows_from_the_name(self):
        self.assertEqual(
            self.env["nps.outcome"]._free_code("Solved, by phone!"), "solved-by-phone"
        )


@tagged("post_install", "-at_install")
class TestSurvey(NpsCommon):
    def test_a_used_survey_cannot_be_deleted(self):
        self.pick()
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.survey.unlink()

    def test_the_scale_of_a_used_survey_cannot_change(self):
        self.pick()
        with self.assertRaisesRegex(UserError, "scale cannot be changed"):
            self.survey.metric = "csat"

    def test_a_colour_that_is_none_is_refused(self):
        with self.assertRaisesRegex(UserError, "is not a colour"):
            self.survey.color = "red; background: url(x)"

    def test_choosing_a_metric_fills_in_a_question_that_fits(self):
        survey = self.env["nps.survey"].new({"metric": "ces"})
        survey._onchange_metric()
        self.assertIn("easy", survey.question)

    def test_choosing_another_metric_keeps_a_question_that_somebody_wrote(self):
        survey = self.env["nps.survey"].new({"metric": "ces", "question": "Mine?"})
        survey._onchange_metric()
        self.assertEqual(survey.question, "Mine?")
        self.assertEqual(survey.lowest_label, "Strongly disagree")
