from odoo.tests import freeze_time, tagged

from ..models.nps_invitation_eligibility import FIRM, REASONS
from .common import NpsMailCommon

ORDER = [
    "no_survey",
    "survey_archived",
    "no_address",
    "invalid_address",
    "customer_archived",
    "opted_out",
    "no_consent",
    "blacklisted",
    "bounce_limit",
    "own_company",
    "open_case",
    "reopened",
    "cooldown",
    "sampling",
    "daily_cap",
]


@tagged("post_install", "-at_install")
class TestEligibility(NpsMailCommon):
    """Every "no" has its reason; of several the first one is given."""

    def send(self, invitation):
        with self.mail_server():
            self.run_send_cron()
        return invitation

    def assertNotAsked(self, invitation, reason, words):
        self.assertEqual(invitation.state, "suppressed")
        self.assertEqual(invitation.suppression_reason, reason)
        self.assertIn(words, invitation.state_text)

    # === ORDER === #

    def test_the_reasons_are_looked_at_in_this_order(self):
        self.assertEqual(list(REASONS), ORDER)

    def test_every_reason_has_words(self):
        labels = dict(self.env["nps.invitation"]._selection_suppression_reason())
        self.assertEqual(list(labels)[: len(ORDER)], ORDER)
        self.assertTrue(all(labels.values()))

    def test_of_all_reasons_at_once_the_first_is_given_and_then_the_next(self):
        """Bring all about, then settle one after the other."""
        twin = self.make_customer("Twin", "CARLA@bluesky.example", message_bounce=9)
        self.company.nps_requires_consent = True
        self.env["mail.blacklist"]._add(self.customer.email)
        self.company.nps_cooldown_asked_days = 14
        self.survey.sampling_share = 0
        self.outcome.survey_id = False
        self.survey.active = False
        self.customer.active = False
        invitation = self.pick()
        opt_out = self.env["nps.opt.out"]._add(invitation)
        steps = {
            "no_survey": lambda: invitation.write({"survey_id": self.survey.id}),
            "survey_archived": lambda: self.survey.write({"active": True}),
            "customer_archived": lambda: self.customer.write({"active": True}),
            "opted_out": opt_out.unlink,
            "no_consent": lambda: twin.write({"nps_survey_consent": True}),
            "blacklisted": lambda: self.env["mail.blacklist"]._remove(
                self.customer.email
            ),
            "bounce_limit": lambda: twin.write({"message_bounce": 0}),
            "sampling": lambda: self.survey.write({"sampling_share": 100}),
        }
        for reason, settle in steps.items():
            self.assertEqual(invitation._suppression_reason_now(), reason)
            settle()
        self.assertFalse(invitation._suppression_reason_now())

    # === CONSENT === #

    def test_without_consent_nobody_is_asked_where_it_is_needed(self):
        self.company.nps_requires_consent = True
        self.assertNotAsked(self.pick(), "no_consent", "has not agreed")

    def test_where_it_is_not_needed_nobody_is_asked_for_consent(self):
        self.assertEqual(self.pick().state, "queued")

    def test_consent_holds_for_a_second_contact_with_the_address(self):
        self.company.nps_requires_consent = True
        self.make_customer("Twin", "CARLA@bluesky.example", nps_survey_consent=True)
        self.assertEqual(self.pick().state, "queued")

    def test_an_agent_notes_consent_and_the_chatter_says_who(self):
        self.company.nps_requires_consent = True
        tracked = self.customer.with_context(
            tracking_disable=False, mail_notrack=False
        ).with_user(self.agent)
        self.flush_tracking()
        tracked.action_nps_give_consent()
        self.flush_tracking()
        message = self.customer.message_ids[0]
        self.assertEqual(self.pick().state, "queued")
        self.assertEqual(message.author_id, self.agent.partner_id)
        self.assertEqual(
            message.sudo().tracking_value_ids.field_id.name, "nps_survey_consent"
        )

    def test_withdrawn_consent_holds_for_every_contact_with_the_address(self):
        self.company.nps_requires_consent = True
        twin = self.make_customer("Twin", "CARLA@bluesky.example")
        (self.customer | twin).nps_survey_consent = True
        twin.with_user(self.agent).action_nps_withdraw_consent()
        self.assertNotAsked(self.pick(), "no_consent", "has not agreed")

    # === BOUNCES === #

    def test_an_address_that_keeps_bouncing_is_not_asked(self):
        self.customer.message_bounce = 3
        self.assertNotAsked(self.pick(), "bounce_limit", "keep coming back")

    def test_one_bounce_less_than_the_limit_is_asked(self):
        self.customer.message_bounce = 2
        self.assertEqual(self.pick().state, "queued")

    def test_our_own_mails_that_came_back_count_too(self):
        for _time in range(3):
            self.pick().state = "bounced"
        self.assertNotAsked(self.pick(), "bounce_limit", "keep coming back")

    def test_a_limit_of_0_is_no_limit(self):
        self.company.nps_bounce_limit = 0
        self.customer.message_bounce = 99
        self.assertEqual(self.pick().state, "queued")

    # === A SHARE OF THEM === #

    def test_who_is_not_drawn_is_not_asked(self):
        self.survey.sampling_share = 0
        self.assertNotAsked(self.pick(), "sampling", "was not drawn")

    def test_the_draw_decides_and_stays(self):
        self.outcome.delay_hours = 1
        self.survey.sampling_share = 50
        low, high = self.pick(), self.pick()
        low.draw, high.draw = 49.9, 50.0
        with freeze_time(self.minutes_later(61)):
            self.send(low)
        self.assertEqual((low.state, high.state), ("sent", "suppressed"))
        self.assertEqual((low.draw, high.draw), (49.9, 50.0))

    def test_each_invitation_draws_for_itself(self):
        draws = {self.pick().draw for _time in range(5)}
        self.assertEqual(len(draws), 5)
        self.assertTrue(all(0 <= draw < 100 for draw in draws))

    def test_the_dialog_tells_no_draw_beforehand(self):
        self.survey.sampling_share = 0
        draft = self.env["nps.invitation"]._draft_for(
            self.customer, self.outcome, self.agent
        )
        self.assertIn("gets the survey", draft._promise())

    # === SO MANY A DAY === #

    def test_the_mails_of_a_day_can_be_limited(self):
        self.survey.daily_cap = 2
        customers = [
            self.make_customer(str(n), f"c{n}@bluesky.example") for n in range(3)
        ]
        invitations = [self.pick(customer) for customer in customers]
        self.send(None)
        states = [invitation.state for invitation in invitations]
        self.assertEqual(states, ["sent", "sent", "suppressed"])
        self.assertNotAsked(invitations[2], "daily_cap", "at most 2 customers a day")

    @freeze_time("2026-03-10 14:30:00")
    def test_the_day_is_that_of_the_company(self):
        self.company.resource_calendar_id.tz = "Asia/Tokyo"
        self.survey.daily_cap = 1
        self.send(self.pick())
        self.assertEqual(self.pick().suppression_reason, "daily_cap")
        with freeze_time("2026-03-10 15:00:00"):
            self.assertEqual(self.pick().state, "queued")

    def test_a_mail_that_is_tried_again_is_not_counted_twice(self):
        self.survey.daily_cap = 1
        invitation = self.pick()
        with self.mail_server(down=True):
            self.run_send_cron()
        self.assertEqual(invitation.state, "queued")
        with freeze_time(invitation.scheduled_at):
            self.send(invitation)
        self.assertEqual(invitation.state, "sent")

    # === WHEN IT IS DECIDED === #

    def test_what_leaves_later_is_judged_when_it_leaves(self):
        self.company.nps_cooldown_asked_days = 14
        self.send(self.pick())
        self.outcome.delay_hours = 24 * 15
        later = self.pick()
        self.assertEqual(later.state, "queued")
        with freeze_time(later.scheduled_at):
            self.send(later)
        self.assertEqual(later.state, "sent")

    def test_what_is_certain_is_said_at_once_in_spite_of_a_delay(self):
        self.outcome.delay_hours = 24
        self.customer.email = self.agent.email
        self.assertEqual(self.pick().suppression_reason, "own_company")

    def test_firm_reasons_are_those_before_the_shield(self):
        self.assertEqual(list(FIRM), ORDER[:10])
