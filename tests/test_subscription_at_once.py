from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_subscription import SubscriptionCase

AT_ONCE = "odoo.addons.nps.models.nps_subscription_at_once"


@tagged("post_install", "-at_install")
class TestAtOnce(SubscriptionCase):
    """One message for each answer, to whoever asked for it and may read it."""

    def test_a_subscriber_gets_one_mail_for_each_answer(self):
        self.subscribe()
        self.answer_of(2, comment="Nobody called back.")
        self.answer_of(9)
        self.tell()
        self.assertEqual(
            self.mails().mapped("subject"),
            [
                "2 of 10 (Detractor): Carla Customer",
                "9 of 10 (Promoter): Carla Customer",
            ],
        )
        self.assertIn("Nobody called back.", self.mails()[0].body_html)

    def test_the_mail_waits_until_the_customer_has_said_why(self):
        self.subscribe()
        self.answer_of(2)
        self.run_cron("echo", "subscription")
        self.assertFalse(self.mails())

    def test_words_within_the_grace_are_in_the_one_mail(self):
        self.subscribe()
        response = self.answer_of(2)
        self.run_cron("echo")
        self.after(minutes=3)
        self.answer(response.invitation_id, 2, comment="It came too late.")
        self.run_cron("echo")
        self.after(minutes=3)
        self.run_cron("subscription")
        self.assertEqual(len(self.mails()), 1)
        self.assertIn("It came too late.", self.mails().body_html)

    def test_words_after_it_repeat_nothing(self):
        self.subscribe()
        response = self.answer_of(2)
        self.tell()
        self.answer(response.invitation_id, 2, comment="It came too late.")
        self.tell()
        self.assertEqual(len(self.mails()), 1)
        self.assertFalse(response.notice_at, "Nothing is left to try again.")

    def test_who_wants_only_words_is_told_when_they_come(self):
        self.subscribe(only_commented=True)
        response = self.answer_of(2)
        self.tell()
        self.assertFalse(self.mails())
        self.answer(response.invitation_id, 2, comment="It came too late.")
        self.tell()
        self.assertEqual(len(self.mails()), 1)

    def test_who_subscribed_twice_is_told_once(self):
        self.subscribe()
        self.subscribe(wants_detractors=True, channel="both")
        self.answer_of(2)
        self.tell()
        self.assertEqual(len(self.mails()), 1)
        self.assertEqual(len(self.in_odoo()), 1)

    def test_an_answer_corrected_within_the_grace_is_not_told(self):
        self.subscribe()
        response = self.answer_of(2)
        self.run_cron("echo")
        self.answer(response.invitation_id, 9, change=True)
        self.tell()
        self.assertEqual(
            self.mails().mapped("subject"), ["9 of 10 (Promoter): Carla Customer"]
        )

    def test_a_suspect_answer_is_told_when_an_analyst_accepts_it(self):
        self.subscribe()
        response = self.answer_of(2)
        response.state = "suspect"
        self.tell()
        self.assertFalse(self.mails())
        self.after(days=2)
        response.with_user(self.reader).action_accept()
        self.tell()
        self.assertEqual(len(self.mails()), 1)

    # === WHICH === #

    def assert_told(self, expected, **values):
        """Check the scores that a subscription tells of, out of four answers."""
        self.subscribe(**values)
        self.answer_of(2, comment="Words", contact=True)
        self.answer_of(3)
        self.answer_of(8, comment="Words")
        self.answer_of(10, agent=self.seller)
        self.tell()
        told = [int(mail.subject.split()[0]) for mail in self.mails()]
        self.assertEqual(told, expected)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.make_agent("seller", cls.sales)

    def test_every_answer(self):
        self.assert_told([2, 3, 8, 10])

    def test_some_categories(self):
        self.assert_told([2, 3, 8], wants_detractors=True, wants_passives=True)

    def test_only_with_words(self):
        self.assert_told([2, 8], only_commented=True)

    def test_only_who_wants_to_be_contacted(self):
        self.survey.offers_contact = True
        self.assert_told([2], only_contact=True)

    def test_a_department_with_everything_below(self):
        self.assert_told([2, 3, 8], department_ids=[(6, 0, self.support.ids)])

    def test_the_present_tree_of_the_department_in_which_it_was(self):
        self.phone.parent_id = self.sales
        self.assert_told([2, 3, 8, 10], department_ids=[(6, 0, self.sales.ids)])

    def test_an_archived_department_is_still_below(self):
        self.phone.active = False
        self.assert_told([2, 3, 8], department_ids=[(6, 0, self.support.ids)])

    def test_some_surveys(self):
        other = self.make_survey("nps")
        self.assert_told([], survey_ids=[(6, 0, other.ids)])

    # === ONLY WHAT HE MAY READ === #

    def test_an_agent_hears_of_his_own_answers_alone(self):
        self.subscribe(self.seller)
        self.answer_of(2)
        self.answer_of(9, agent=self.seller)
        self.tell()
        self.assertEqual(
            self.mails(self.seller).mapped("subject"),
            ["9 of 10 (Promoter): Carla Customer"],
        )

    def test_a_manager_hears_of_his_departments(self):
        manager = self.make_reader("manager", groups="nps.nps_group_team_manager")
        self.support.manager_id = manager.employee_id
        self.subscribe(manager)
        self.answer_of(2)
        self.answer_of(9, agent=self.seller)
        self.tell()
        self.assertEqual(len(self.mails(manager)), 1)

    def test_nobody_hears_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.agent.write({"company_ids": [(4, other.id)]})
        self.subscribe(company_id=False)
        response = self.answer_of(2)
        response.invitation_id.company_id = other
        self.tell()
        self.assertFalse(self.mails())

    def test_who_chose_one_of_his_companies_hears_of_that_one(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.reader.company_ids += other
        self.subscribe()
        response = self.answer_of(2)
        response.invitation_id.company_id = other
        self.tell()
        self.assertFalse(self.mails())
        self.subscribe(company_id=False)
        response._plan_notices(response.submitted_at)
        self.run_cron("subscription")
        self.assertEqual(len(self.mails()), 1)

    def test_who_lost_the_right_within_the_grace_is_told_nothing(self):
        subscription = self.subscribe()
        self.answer_of(2)
        self.run_cron("echo")
        self.reader.group_ids = self.env.ref("base.group_user")
        self.after(minutes=6)
        self.run_cron("subscription")
        self.assertFalse(self.mails())
        self.assertFalse(subscription.active)
        self.assertEqual(subscription.stop_reason, "no_access")

    def test_an_archived_user_is_told_nothing(self):
        subscription = self.subscribe()
        self.reader.active = False
        self.answer_of(2)
        self.tell()
        self.assertFalse(self.mails())
        self.assertEqual(subscription.stop_reason, "archived")

    def test_who_switches_it_on_again_is_told_again(self):
        subscription = self.subscribe()
        subscription._stop("no_access")
        subscription.active = True
        self.assertFalse(subscription.stop_reason)
        self.answer_of(2)
        self.tell()
        self.assertEqual(len(self.mails()), 1)

    # === HOW === #

    def test_in_odoo_it_is_a_notification_and_no_mail(self):
        for kind in ("email", "inbox"):
            self.reader.notification_type = kind
            self.subscribe(channel="inbox")
            self.answer_of(2, comment="Nobody called back.")
            self.tell()
            with self.subTest(kind=kind):
                message = self.in_odoo()[-1]
                self.assertIn("Nobody called back.", message.body)
                self.assertEqual(message.model, "nps.invitation")
                self.assertFalse(self.mails())

    def test_in_odoo_it_pops_up(self):
        self.subscribe(channel="inbox")
        self.answer_of(2, comment="Nobody called back.")
        self.run_cron("echo")
        self.after(minutes=6)
        self._reset_bus()
        self.run_cron("subscription")
        found = self.env["bus.bus"].search([("message", "like", "Nobody called back.")])
        self.assertIn("simple_notification", "".join(found.mapped("message")))

    def test_who_has_no_address_is_told_in_odoo(self):
        self.subscribe()
        self.reader.email = False
        self.answer_of(2)
        self.tell()
        self.assertEqual(len(self.in_odoo()), 1)

    def test_the_mail_speaks_the_readers_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.reader.lang = "de_DE"
        self.subscribe()
        self.answer_of(2)
        self.tell()
        self.assertIn('lang="de-DE"', self.mails().body_html)

    def test_words_of_the_customer_are_no_html(self):
        self.subscribe(channel="both")
        self.answer_of(2, comment="<script>alert(1)</script> <b>x</b>")
        self.tell()
        self.assertNotIn("<script>", self.mails().body_html)
        self.assertIn("&lt;b&gt;x&lt;/b&gt;", self.mails().body_html)
        self.assertNotIn("<b>x</b>", self.in_odoo().body)

    def test_no_personal_link_is_in_it(self):
        invitation = self.pick()
        token = self.make_link(invitation)
        self.subscribe()
        words = f"/nps/{token} /nps/personal/{invitation.id}"
        self.answer(invitation, 2, comment=words)
        self.tell()
        with self.mail_server():
            self.mails().send()
        [mail] = self.sent_to(self.reader.email)
        self.assertNotIn(token, mail["body"])
        self.assertNotIn("/nps/personal/", mail["body"])
        self.assertEqual(len(invitation.link_ids), 1)

    def test_no_link_appears_where_another_one_was_taken_out(self):
        invitation = self.pick()
        token = self.make_link(invitation)
        self.subscribe()
        words = f"/nps/personal/nps/personal/1/{invitation.id} /nps/{token}/1"
        self.answer(invitation, 2, comment=words)
        self.tell()
        with self.mail_server():
            self.mails().send()
        [mail] = self.sent_to(self.reader.email)
        self.assertNotRegex(mail["body"], r"/nps/personal/\d")
        self.assertEqual(len(invitation.link_ids), 1)

    # === BAD DAYS === #

    def test_one_broken_subscriber_keeps_nobody_else_waiting(self):
        broken = self.make_reader("broken")
        self.subscribe(broken)
        self.subscribe()
        self.answer_of(2)
        tell = type(self.env["nps.subscription"])._tell

        def fail(subscriptions, response_id):
            if subscriptions.user_id == broken:
                raise ValueError("broken")
            return tell(subscriptions, response_id)

        with (
            mute_logger(AT_ONCE),
            patch.object(type(self.env["nps.subscription"]), "_tell", fail),
        ):
            self.tell()
        self.assertEqual(len(self.mails()), 1)
        self.assertFalse(self.mails(broken))
        self.after(minutes=20)
        self.run_cron("subscription")
        self.assertEqual(len(self.mails(broken)), 1)
        self.assertEqual(len(self.mails()), 1)

    def test_a_subscription_whose_rule_is_broken_is_tried_again(self):
        self.subscribe()
        self.answer_of(2)
        broken = patch.object(
            type(self.env["nps.subscription"]),
            "_answers_domain",
            side_effect=ValueError("broken"),
        )
        with mute_logger(AT_ONCE), broken:
            self.tell()
        self.assertFalse(self.mails())
        self.after(minutes=20)
        self.run_cron("subscription")
        self.assertEqual(len(self.mails()), 1)

    def test_what_stays_broken_is_given_up(self):
        self.subscribe()
        response = self.answer_of(2)
        broken = patch.object(
            type(self.env["nps.subscription"]), "_tell", side_effect=ValueError("x")
        )
        with mute_logger(AT_ONCE), broken:
            self.tell()
            for _index in range(10):
                self.after(minutes=20)
                self.run_cron("subscription")
        self.assertFalse(response.notice_at)

    def test_an_echo_that_fails_keeps_no_subscriber_waiting(self):
        self.subscribe()
        self.answer_of(2)
        broken = patch.object(
            type(self.env["nps.response"]), "_echo", side_effect=ValueError("x")
        )
        with mute_logger("odoo.addons.nps.models.nps_response_echo"), broken:
            self.tell()
        self.assertEqual(len(self.mails()), 1)

    def test_a_cron_killed_in_the_middle_loses_and_doubles_nothing(self):
        self.subscribe()
        responses = [self.answer_of(2) for _index in range(3)]
        self.run_cron("echo")
        self.after(minutes=6)
        queue = type(self.env["nps.subscription"])._queue_mail
        made = []

        def die(subscriptions, *args):
            if len(made) == 1:
                raise KeyboardInterrupt
            made.append(queue(subscriptions, *args))
            return made[-1]

        killed = patch.object(type(self.env["nps.subscription"]), "_queue_mail", die)
        with killed, self.assertRaises(KeyboardInterrupt):
            # What a killed process leaves behind: nothing of its transaction.
            with self.cr.savepoint():
                self.env["nps.subscription"]._tell_of(
                    self.env["nps.response"].concat(*responses)
                )
        self.env.invalidate_all()
        self.assertFalse(self.mails())
        self.run_cron("subscription")
        self.run_cron("subscription")
        self.assertEqual(len(self.mails()), 3)

    def test_a_mail_server_that_is_away_loses_no_mail(self):
        self.subscribe()
        self.answer_of(2)
        self.tell()
        with (
            self.mail_server(down=True),
            mute_logger("odoo.addons.mail.models.mail_mail"),
        ):
            self.mails().send()
        self.assertEqual(self.mails().state, "exception")
        self.run_cron("subscription")
        self.assertEqual(self.mails().state, "outgoing")
        with self.mail_server():
            self.mails().send()
        self.assertEqual(len(self.sent_to(self.reader.email)), 1)
