from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import NpsCaseCommon

MANAGER = "nps.nps_group_team_manager,helpdesk_mgmt.group_helpdesk_user"


@tagged("post_install", "-at_install")
class TestScoreCard(NpsCaseCommon):
    """What an agent learns of a customer before he says hello, and what he does not."""

    def card(self, user=None, partner=None):
        self.env.invalidate_all()
        partner = partner or self.customer
        return partner.with_user(user or self.agent).nps_score_card()

    def test_the_last_five_answers_stand_there_the_oldest_first(self):
        for score in (1, 2, 3, 4, 5, 6):
            self.ask_and_answer(score)
        scores = [answer["score"] for answer in self.card()["answers"]]
        self.assertEqual(scores, [2, 3, 4, 5, 6])

    def test_the_last_answer_of_each_metric_stands_there(self):
        self.make_outcome("rated", survey_id=self.make_survey("csat").id)
        self.answer(self.pick(code="rated"), 4)
        self.ask_and_answer(9)
        self.ask_and_answer(8)
        lasts = [(a["metric"], a["score"]) for a in self.card()["lasts"]]
        self.assertEqual(lasts, [("nps", 8), ("csat", 4)])

    def test_the_last_words_stand_there_also_when_a_later_answer_has_none(self):
        self.ask_and_answer(9, comment="Quick and kind")
        self.ask_and_answer(8)
        self.assertEqual(self.card()["comment"]["comment"], "Quick and kind")

    def test_who_never_answered_shows_the_answers_of_his_company(self):
        self.ask_and_answer(3)
        colleague = self.make_customer("Cleo", "cleo@bluesky.example")
        card = self.card(partner=colleague)
        self.assertEqual([answer["score"] for answer in card["answers"]], [3])
        self.assertEqual(card["badge"]["source"], "company")

    def test_an_open_case_and_its_promise_stand_there(self):
        case = self.case_of(2)
        case.write({"promise": "A new printer", "promise_date": "2030-01-02"})
        shown = self.card()["case"]
        self.assertEqual(shown["promise"], "A new printer")
        self.assertEqual(shown["owner"], self.boss.name)
        self.assertIn("2030", shown["promise_date"])

    def test_a_closed_case_does_not_stand_there(self):
        self.close(self.case_of(2))
        self.assertFalse(self.card()["case"])

    def test_an_agent_who_may_not_read_the_case_gets_no_way_to_it(self):
        self.case_of(2)
        colleague = self.make_agent("colleague", self.sales)
        self.assertFalse(self.card(colleague)["case"]["id"])
        self.assertTrue(self.card(self.boss)["case"]["id"])

    # === WHO IT WAS === #

    def test_an_agent_does_not_learn_which_colleague_received_a_score(self):
        self.ask_and_answer(2, comment="Rude")
        colleague = self.make_agent("colleague", self.phone)
        answer = self.card(colleague)["answers"][0]
        self.assertFalse(answer["colleague"])
        self.assertFalse(answer["id"])
        self.assertNotIn(self.agent.name, str(self.card(colleague)))

    def test_a_manager_of_another_department_does_not_learn_it(self):
        self.ask_and_answer(2)
        stranger = self.make_agent("stranger", self.sales, groups=MANAGER)
        self.sales.manager_id = stranger.employee_id
        self.assertFalse(self.card(stranger)["answers"][0]["colleague"])

    def test_the_manager_of_the_department_learns_it(self):
        self.ask_and_answer(2)
        answer = self.card(self.boss)["answers"][0]
        self.assertEqual(answer["colleague"], self.agent.name)

    def test_other_companies_are_not_shown(self):
        self.ask_and_answer(2, comment="Ours alone")
        other = self.env["res.company"].create({"name": "Elsewhere"})
        user = self.make_agent(
            "elsewhere", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        card = self.card(user)
        self.assertEqual((card["answers"], card["comment"]), ([], False))

    def test_who_is_no_agent_gets_no_card(self):
        clerk = new_test_user(self.env, "clerk", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.card(clerk)

    def test_who_may_not_read_the_contact_gets_no_card(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.customer.company_id = other
        with self.assertRaises(AccessError):
            self.card()

    # === MAY HE BE ASKED === #

    def test_who_was_not_asked_lately_may_be_asked(self):
        self.assertEqual(self.card()["next_ask"], "May be asked now")

    def test_the_day_from_which_he_may_be_asked_again_stands_there(self):
        self.company.nps_cooldown_answered_days = 30
        with freeze_time("2026-03-01 12:00:00"):
            self.ask_and_answer(9)
            self.assertEqual(self.card()["next_ask"], "May be asked from 03/31/2026")

    def test_the_longest_cool_down_counts(self):
        self.company.nps_cooldown_answered_days = 30
        self.env["nps.survey"].search([]).cooldown_answered_days = 60
        with freeze_time("2026-03-01 12:00:00"):
            self.ask_and_answer(9)
            self.assertEqual(self.card()["next_ask"], "May be asked from 04/30/2026")

    def test_a_survey_that_may_ask_earlier_counts(self):
        self.company.nps_cooldown_answered_days = 0
        self.env["nps.survey"].search([]).cooldown_answered_days = 60
        self.make_survey("csat").cooldown_answered_days = 0
        with freeze_time("2026-03-01 12:00:00"):
            self.ask_and_answer(9)
            self.assertEqual(self.card()["next_ask"], "May be asked now")

    def test_a_cool_down_that_is_over_forbids_nothing(self):
        self.company.nps_cooldown_answered_days = 30
        now = fields.Datetime.now()
        with freeze_time(fields.Datetime.subtract(now, days=31)):
            self.ask_and_answer(9)
        self.assertEqual(self.card()["next_ask"], "May be asked now")

    def test_without_a_survey_nobody_is_asked(self):
        self.env["nps.survey"].search([]).active = False
        self.assertEqual(self.card()["next_ask"], "No survey asks at present")

    def test_a_wish_not_to_be_asked_stands_there(self):
        invitation = self.pick()
        self.env["nps.opt.out"].sudo()._add(invitation)
        card = self.card()
        self.assertIn("does not want to be asked", card["next_ask"])
        self.assertTrue(card["opt_out"])

    def test_nobody_is_asked_while_a_case_is_open(self):
        self.case_of(2)
        self.assertIn("not settled yet", self.card()["next_ask"])

    def test_without_an_address_nobody_is_asked(self):
        person = self.env["res.partner"].create({"name": "Paper"})
        self.assertIn("no e-mail address", self.card(partner=person)["next_ask"])

    # === TICKETS === #

    def test_open_tickets_that_he_may_read_are_counted(self):
        self.make_ticket()
        closed = self.env["helpdesk.ticket.stage"].search(
            [("closed", "=", True)], limit=1
        )
        self.make_ticket(stage_id=closed.id)
        self.assertEqual(self.card()["tickets"], 1)

    def test_a_company_counts_the_tickets_of_its_people(self):
        self.make_ticket()
        self.assertEqual(self.card(partner=self.customer_company)["tickets"], 1)
