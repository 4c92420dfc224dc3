from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..models.nps_invitation_suppress import AGENT_REASONS
from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestSuppress(NpsCommon):
    """An agent may keep a customer from being asked, but never silently."""

    def dialog(self, record):
        action = record.with_user(self.agent).action_nps_pick_outcome()
        model = self.env[action["res_model"]].with_user(self.agent)
        return Form(model.with_context(**action["context"]))

    def wishes(self):
        return self.env["nps.opt.out"].search([("partner_id", "=", self.customer.id)])

    # === WHAT IS KEPT === #

    def test_each_reason_of_the_agent_keeps_the_customer_from_being_asked(self):
        for reason in AGENT_REASONS:
            with self.subTest(reason=reason):
                invitation = self.pick(suppress=reason)
                self.assertEqual(invitation.state, "suppressed")
                self.assertEqual(invitation.suppression_reason, reason)
                self.assertFalse(invitation.scheduled_at)

    def test_without_a_reason_the_customer_is_asked_as_usual(self):
        for nothing in (None, False, ""):
            with self.subTest(nothing=nothing):
                invitation = self.pick(suppress=nothing)
                self.assertEqual(invitation.state, "queued")
                self.assertFalse(invitation.suppression_reason)

    def test_another_reason_is_refused_with_the_list_of_reasons(self):
        for wrong in ("no_survey", "bad mood", 1, True):
            with self.subTest(wrong=wrong):
                with self.assertRaisesRegex(UserError, "agent_spam.*agent_asked_not"):
                    self.pick(suppress=wrong)

    def test_what_the_agent_knows_comes_before_what_is_checked(self):
        self.customer.email = False
        invitation = self.pick(suppress="agent_spam")
        self.assertEqual(invitation.suppression_reason, "agent_spam")

    def test_an_outcome_that_asks_nobody_keeps_the_agents_reason(self):
        self.outcome.survey_id = False
        invitation = self.pick(suppress="agent_abusive")
        self.assertEqual(invitation.suppression_reason, "agent_abusive")

    def test_the_guess_is_kept_also_when_nobody_is_asked(self):
        self.assertIs(self.pick(suppress="agent_abusive", guess=0).guess, 0)

    def test_a_held_back_customer_stays_held_back_whatever_is_tried(self):
        invitation = self.pick(suppress="agent_spam")
        with self.assertRaises(UserError):
            invitation.with_user(self.agent).action_retry()
        self.assertFalse(invitation._that_may_leave())

    # === THE CUSTOMER'S WISH === #

    def test_a_customer_who_asked_not_to_be_asked_is_never_asked_again(self):
        self.pick(suppress="agent_asked_not")
        self.assertRecordValues(self.wishes(), [{"by": "agent", "metric": False}])
        self.assertEqual(self.pick().suppression_reason, "opted_out")

    def test_the_other_reasons_hold_for_this_once(self):
        for reason in AGENT_REASONS[:-1]:
            self.pick(suppress=reason)
        self.assertFalse(self.wishes())
        self.assertEqual(self.pick().state, "queued")

    # === NEVER SILENTLY === #

    def test_the_chatter_names_the_reason_and_the_agent(self):
        ticket = self.make_ticket()
        self.pick(ticket, suppress="agent_not_customer")
        self.assertIn(
            f"Not asked: Not a customer, by {self.agent.name}.",
            ticket.message_ids[0].body,
        )

    def test_the_invitation_and_the_ticket_say_it_too(self):
        ticket = self.make_ticket()
        words = f"Not asked: Spam, by {self.agent.name}"
        self.assertEqual(self.pick(ticket, suppress="agent_spam").state_text, words)
        self.assertEqual(ticket.with_user(self.agent).nps_invitation_text, words)

    # === THE DIALOG === #

    def test_the_dialog_tells_beforehand_that_nobody_is_asked(self):
        with self.dialog(self.customer) as form:
            form.outcome_id = self.outcome
            self.assertIn("at once", form.consequences)
            form.suppress = "agent_abusive"
            self.assertIn("Not asked: Abusive, by", form.consequences)
            self.assertNotIn("any more", form.consequences)

    def test_the_dialog_tells_beforehand_that_the_wish_holds_for_ever(self):
        with self.dialog(self.customer) as form:
            form.outcome_id = self.outcome
            form.suppress = "agent_asked_not"
            self.assertIn("The customer is not asked any more.", form.consequences)
        self.assertFalse(self.wishes())

    def test_confirming_the_dialog_holds_the_customer_back(self):
        form = self.dialog(self.make_ticket())
        form.outcome_id = self.outcome
        form.suppress = "agent_not_customer"
        action = form.save().action_confirm()
        invitation = self.env["nps.invitation"].search([], order="id desc", limit=1)
        self.assertEqual(invitation.suppression_reason, "agent_not_customer")
        self.assertIn("Not asked: Not a customer", action["params"]["message"])

    def test_the_dialog_forgets_a_reason_when_the_outcome_asks_nobody(self):
        spam = self.make_outcome("spam-nobody", survey_id=False)
        form = self.dialog(self.customer)
        form.outcome_id = self.outcome
        form.suppress = "agent_abusive"
        form.outcome_id = spam
        form.save().action_confirm()
        invitation = self.env["nps.invitation"].search([], order="id desc", limit=1)
        self.assertEqual(invitation.suppression_reason, "no_survey")
