from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common_queue import QueueCommon


@tagged("post_install", "-at_install")
class TestAdvice(QueueCommon):
    """What an agent best does next on a ticket."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls.env.ref("mail.mail_activity_data_call")
        cls.template = cls.env.ref("nps.mail_template_nps_ticket_personal")
        cls.colleague = cls.make_agent("colleague", cls.phone)
        cls.ticket = cls.make_ticket().with_user(cls.agent)

    def make_advice(self, name="Call today", **values):
        values = {"category": "detractor", **values}
        return self.env["nps.advice"].create({"name": name, **values})

    def shown(self):
        self.env.invalidate_all()
        return self.ticket.nps_advice_id

    # === WHAT IS SHOWN === #

    def test_the_first_advice_that_holds_is_shown_with_what_it_does(self):
        advice = self.make_advice(text="He waits", activity_type_id=self.call.id)
        self.make_advice("Later")
        self.assertFalse(self.shown())
        self.say(2)
        self.assertEqual(self.shown(), advice)
        self.assertEqual(self.ticket.nps_advice_text, "He waits")
        self.assertIn("Plans “Call today”", self.ticket.nps_advice_plan_text)
        self.assertIn(self.agent.name, self.ticket.nps_advice_plan_text)

    def test_a_ticket_without_customer_or_closed_gets_none(self):
        self.make_advice(category=False)
        self.assertTrue(self.shown())
        self.ticket.stage_id = self.env["helpdesk.ticket.stage"].search(
            [("closed", "=", True)], limit=1
        )
        self.assertFalse(self.shown())
        nobodys = self.make_ticket(partner_id=False).with_user(self.agent)
        self.assertFalse(nobodys.nps_advice_id)

    def test_advice_of_another_company_is_not_given(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.make_advice(category=False, company_id=other.id)
        self.assertFalse(self.shown())

    def test_many_tickets_cost_no_more_queries_than_one(self):
        self.make_advice()
        self.say(2)
        tickets = self.ticket
        for number in range(10):
            person = self.make_customer(f"P{number}", f"p{number}@x.example")
            tickets |= self.make_ticket(partner_id=person.id).with_user(self.agent)

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("nps_advice_text")
            return self.env.cr.sql_log_count - before

        queries(tickets)
        self.assertLessEqual(queries(tickets), queries(self.ticket) + 2)

    # === ONE CLICK === #

    def test_following_plans_the_activity_for_whoever_has_the_ticket(self):
        self.make_advice(activity_type_id=self.call.id, activity_days=2)
        self.say(2)
        self.assertTrue(self.shown())
        self.ticket.with_user(self.colleague).action_nps_follow_advice()
        activity = self.ticket.activity_ids
        self.assertEqual(activity.summary, "Call today")
        self.assertEqual(activity.user_id, self.agent)
        self.assertEqual(
            activity.date_deadline, fields.Date.today() + timedelta(days=2)
        )

    def test_following_plans_for_oneself_where_nobody_has_the_ticket(self):
        self.make_advice(activity_type_id=self.call.id)
        self.say(2)
        self.ticket.sudo().user_id = False
        self.ticket.action_nps_follow_advice()
        self.assertEqual(self.ticket.activity_ids.user_id, self.agent)

    def test_following_opens_the_mail_filled_in(self):
        self.make_advice(template_id=self.template.id)
        self.say(2)
        action = self.ticket.action_nps_follow_advice()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.agent)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn("I take care of it myself", composer.body)
        self.assertEqual(composer.partner_ids, self.customer)

    def test_following_is_noted_on_the_ticket(self):
        self.make_advice()
        self.say(2)
        self.ticket.action_nps_follow_advice()
        self.assertIn("Advice followed: Call today", self.ticket.message_ids[0].body)

    def test_after_following_nothing_more_is_said(self):
        self.make_advice()
        self.make_advice("Later")
        self.say(2)
        self.ticket.action_nps_follow_advice()
        self.assertFalse(self.shown())

    def test_one_that_stands_above_is_said_all_the_same(self):
        urgent = self.make_advice("Overdue!", category=False, case_state="open")
        self.make_advice()
        self.say(2)
        self.ticket.action_nps_follow_advice()
        self.open_case()
        self.assertEqual(self.shown(), urgent)

    def test_putting_it_away_shows_the_next_to_everybody(self):
        self.make_advice()
        later = self.make_advice("Later")
        self.say(2)
        self.ticket.action_nps_dismiss_advice()
        self.assertEqual(self.shown(), later)
        self.assertEqual(self.ticket.with_user(self.colleague).nps_advice_id, later)
        other = self.make_ticket().with_user(self.agent)
        self.assertEqual(other.nps_advice_id.name, "Call today")

    def test_what_is_shown_no_more_is_not_followed(self):
        advice = self.make_advice(activity_type_id=self.call.id)
        self.say(2)
        self.ticket.action_nps_follow_advice()
        late = self.ticket.with_context(nps_advice_id=advice.id)
        with self.assertRaisesRegex(UserError, "does not hold any more"):
            late.action_nps_follow_advice()
        self.assertEqual(len(self.ticket.activity_ids), 1)

    def test_only_the_advice_on_the_screen_is_followed(self):
        seen = self.make_advice()
        self.say(2)
        self.make_advice("New", sequence=1)
        late = self.ticket.with_context(nps_advice_id=seen.id)
        with self.assertRaises(UserError):
            late.action_nps_dismiss_advice()

    def test_who_may_not_write_the_ticket_does_not_follow(self):
        self.make_advice()
        self.say(2)
        reader = new_test_user(self.env, "reader", groups="nps.nps_group_user")
        self.ticket.sudo().message_subscribe(reader.partner_id.ids)
        with self.assertRaises(AccessError):
            self.ticket.with_user(reader).action_nps_follow_advice()

    def test_a_deleted_ticket_takes_its_decisions_along(self):
        self.make_advice()
        self.say(2)
        self.ticket.action_nps_follow_advice()
        decisions = self.env["nps.advice.decision"]
        self.assertTrue(decisions.search([]))
        self.ticket.sudo().unlink()
        self.assertFalse(decisions.search([]))

    # === THE RULE ITSELF === #

    def test_administrators_see_how_often_it_is_followed(self):
        advice = self.make_advice()
        self.say(2)
        self.ticket.action_nps_follow_advice()
        self.make_ticket().with_user(self.agent).action_nps_dismiss_advice()
        admin = self.make_agent("chief", groups="nps.nps_group_manager")
        self.env.invalidate_all()
        advice = advice.with_user(admin)
        self.assertEqual(advice.followed_text, "1 of 2")
        self.assertEqual((advice.followed_count, advice.dismissed_count), (1, 1))
        with self.assertRaises(AccessError):
            advice.with_user(self.agent).read(["followed_text"])

    def test_agents_read_advice_and_do_not_change_it(self):
        advice = self.make_advice()
        self.assertEqual(advice.with_user(self.agent).name, "Call today")
        with self.assertRaises(AccessError):
            advice.with_user(self.agent).name = "Sleep"

    def test_nobody_writes_a_decision_himself(self):
        advice = self.make_advice()
        values = {"advice_id": advice.id, "res_model": "helpdesk.ticket"}
        values |= {"res_id": self.ticket.id, "decision": "followed"}
        admin = self.make_agent("chief", groups="nps.nps_group_manager")
        with self.assertRaises(AccessError):
            self.env["nps.advice.decision"].with_user(admin).create(values)

    def test_a_template_for_something_else_is_refused(self):
        with self.assertRaises(ValidationError):
            self.make_advice(template_id=self.env.ref("nps.mail_template_nps_case").id)

    def test_an_advice_says_in_words_what_it_does(self):
        advice = self.make_advice(
            activity_type_id=self.call.id, template_id=self.template.id
        )
        self.assertRegex(
            advice.effect_text,
            r"Plans “Call today” \(Call, .*\) and opens the mail “NPS",
        )
        self.assertEqual(self.make_advice("Ask").effect_text, "Shows its text")


@tagged("post_install", "-at_install")
class TestTry(QueueCommon):
    """An administrator tries the rules before they meet a customer."""

    def test_it_tells_what_is_known_and_what_holds(self):
        self.make_opening("We are sorry", category="detractor")
        self.make_opening("Hello")
        self.say(2)
        admin = self.make_agent("chief", groups="nps.nps_group_manager")
        trial = self.env["nps.rule.try"].with_user(admin)
        trial = trial.create({"partner_id": self.customer.id})
        self.assertEqual(trial.facts_text, "Detractor · No case")
        self.assertIn("We are sorry", trial.result)
        self.assertNotIn("Hello", trial.result)
        self.assertIn("None holds", trial.result)

    def test_agents_do_not_try(self):
        with self.assertRaises(AccessError):
            self.env["nps.rule.try"].with_user(self.agent).create({})
