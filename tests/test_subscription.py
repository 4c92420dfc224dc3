from datetime import datetime

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common_subscription import SubscriptionCase


@tagged("post_install", "-at_install")
class TestSubscription(SubscriptionCase):
    """What a user sets, and what it is called."""

    def test_a_new_one_tells_of_detractors_at_once(self):
        subscription = self.env["nps.subscription"].create({})
        self.assertEqual(subscription.name, "Detractors, at once")
        self.assertEqual(subscription.user_id, self.env.user)

    def test_its_name_says_what_it_tells_of(self):
        subscription = self.subscribe(
            wants_detractors=True,
            wants_passives=True,
            only_commented=True,
            department_ids=[(6, 0, self.support.ids)],
            frequency="weekly",
        )
        self.assertEqual(
            subscription.name, "Detractors + Passives with words of Support, weekly"
        )

    def test_all_categories_chosen_is_the_same_as_none(self):
        every = dict.fromkeys(
            ("wants_detractors", "wants_passives", "wants_promoters"), True
        )
        self.assertEqual(self.subscribe(**every).name, "All answers, at once")
        self.assertEqual(self.subscribe().name, "All answers, at once")

    def test_an_hour_that_no_clock_shows_is_refused(self):
        for hour in (-1, 24):
            with self.subTest(hour=hour), self.assertRaises(ValidationError):
                self.subscribe(send_hour=hour)

    def test_nobody_is_subscribed_to_a_company_that_is_not_his(self):
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaisesRegex(ValidationError, "does not belong to Other"):
            self.env["nps.subscription"].create(
                {"user_id": self.reader.id, "company_id": other.id}
            )

    def test_no_customer_is_subscribed(self):
        portal = self.make_agent("portal", groups="base.group_portal")
        with self.assertRaisesRegex(ValidationError, "is no employee"):
            self.env["nps.subscription"].create({"user_id": portal.id})

    # === WHEN === #

    def test_a_daily_one_is_due_at_eight_on_the_users_clock(self):
        subscription = self.subscribe(frequency="daily")
        self.assertEqual(subscription.next_at, datetime(2026, 3, 7, 7))
        self.assertEqual(subscription.told_until, datetime(2026, 3, 6, 7))

    def test_a_weekly_one_is_due_on_its_day(self):
        subscription = self.subscribe(frequency="weekly", weekday="wed")
        self.assertEqual(subscription.next_at, datetime(2026, 3, 11, 7))
        self.assertEqual(subscription.told_until, datetime(2026, 3, 4, 7))

    def test_who_changes_the_hour_changes_when_it_is_due(self):
        subscription = self.subscribe(frequency="daily")
        subscription.send_hour = 15.5
        self.assertEqual(subscription.next_at, datetime(2026, 3, 6, 14, 30))

    def test_who_changes_the_hour_hears_of_every_answer_once(self):
        subscription = self.subscribe(frequency="daily", send_hour=17)
        told_until = subscription.told_until
        subscription.send_hour = 8
        self.assertEqual(subscription.told_until, told_until)

    def test_who_switches_it_on_again_hears_of_one_whole_period(self):
        subscription = self.subscribe(frequency="daily")
        subscription.active = False
        self.at("2026-03-10 12:00:00")
        subscription.active = True
        self.assertEqual(subscription.told_until, datetime(2026, 3, 10, 7))

    def test_the_cron_is_woken_in_time(self):
        with self.capture_triggers("nps.ir_cron_nps_subscription_regular") as captured:
            subscription = self.subscribe(frequency="daily")
        self.assertEqual(captured.records.call_at, subscription.next_at)

    def test_what_is_told_at_once_is_never_due(self):
        subscription = self.subscribe(frequency="daily")
        subscription.frequency = "at_once"
        self.assertFalse(subscription.next_at)


@tagged("post_install", "-at_install")
class TestSubscriptionRoles(SubscriptionCase):
    """Everybody has his own; an administrator has all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls.subscribe()
        cls.foreign = cls.subscribe(cls.agent)
        cls.manager = cls.make_agent("boss", groups="nps.nps_group_manager")

    def seen_by(self, user):
        return self.env["nps.subscription"].with_user(user).search([])

    def test_everybody_sees_his_own(self):
        self.assertEqual(self.seen_by(self.reader), self.mine)
        self.assertEqual(self.seen_by(self.agent), self.foreign)

    def test_nobody_changes_or_deletes_anothers(self):
        foreign = self.foreign.with_user(self.reader)
        for attempt in (
            lambda: foreign.write({"channel": "both"}),
            foreign.unlink,
            foreign.read,
            foreign.action_open_answers,
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_nobody_subscribes_another_or_gives_his_own_away(self):
        subscriptions = self.env["nps.subscription"].with_user(self.reader)
        with self.assertRaises(AccessError):
            subscriptions.create({"user_id": self.agent.id})
        with self.assertRaises(AccessError):
            self.mine.with_user(self.reader).user_id = self.agent

    def test_everybody_deletes_his_own(self):
        self.mine.with_user(self.reader).unlink()
        self.assertFalse(self.mine.exists())

    def test_an_administrator_subscribes_others_and_sees_all(self):
        subscriptions = self.env["nps.subscription"].with_user(self.manager)
        made = subscriptions.create({"user_id": self.agent.id})
        self.assertEqual(self.seen_by(self.manager), self.mine | self.foreign | made)

    def test_an_administrator_sees_nothing_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.reader.company_ids += other
        self.mine.company_id = other
        self.assertNotIn(self.mine, self.seen_by(self.manager))

    def test_who_has_no_part_in_it_subscribes_to_nothing(self):
        stranger = self.make_agent("stranger", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["nps.subscription"].with_user(stranger).create({})

    def test_nobody_reads_who_was_told(self):
        for user in (self.reader, self.manager):
            notices = self.env["nps.subscription.notice"].with_user(user)
            self.assertFalse(notices.has_access("read"))

    def test_the_list_of_answers_holds_what_it_tells_of(self):
        self.mine.department_ids = self.support
        self.mine.wants_detractors = True
        told = self.answer_of(2)
        self.answer_of(9)
        action = self.mine.with_user(self.reader).action_open_answers()
        self.assertEqual(self.env["nps.response"].search(action["domain"]), told)
