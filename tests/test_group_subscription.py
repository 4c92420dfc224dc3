from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.nps_scope_stop_mixin import SCOPE_GONE
from .common_group import ALL, SORT, GroupSubscriptionCase

EARLY = "[('note', '=', 'early')]"


@tagged("post_install", "-at_install")
class TestGroupSubscription(GroupSubscriptionCase):
    """Hearing of the answers of some groups."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.axis = cls.make_group("Shifts")
        cls.early = cls.make_group("Early", EARLY, cls.axis)

    def subscribe_to(self, *groups, **values):
        links = [Command.link(group.id) for group in groups]
        return self.subscribe(group_ids=links, **values)

    def answer_early(self, score=2, note="early"):
        return self.answer(self.pick(note=note), score)

    def test_only_answers_of_the_group_are_told_of(self):
        self.subscribe_to(self.early)
        self.answer_early()
        self.answer_early(note="late")
        self.tell()
        self.assertEqual(len(self.mails()), 1)

    def test_a_rule_that_is_too_slow_is_in_no_notices_way(self):
        self.subscribe_to(self.early)
        slow = self.make_group("Slow", ALL)
        groups = type(slow)
        sort = groups._sort

        def either(group, invitations):
            if group == slow:
                group.env.cr.execute("SELECT pg_sleep(60)")
            return sort(group, invitations)

        self.answer_early()
        with (
            patch(f"{SORT}.MOST_SECONDS", 0.2),
            patch.object(groups, "_sort", either),
            mute_logger(SORT, "odoo.sql_db"),
        ):
            self.tell()
        self.assertEqual(len(self.mails()), 1)
        self.assertTrue(slow.failure)

    def test_an_axis_stands_for_what_is_below_it(self):
        self.subscribe_to(self.axis)
        self.answer_early()
        self.answer_early(note="late")
        self.tell()
        self.assertEqual(len(self.mails()), 1)

    def test_an_answer_is_sorted_before_somebody_is_told_of_it(self):
        unhappy = self.make_group("Unhappy", "[('answer_id.score', '<', 7)]")
        self.subscribe_to(unhappy)
        self.answer_early()
        # The cron that sorts did not run.
        self.tell()
        self.assertEqual(len(self.mails()), 1)

    def test_a_daily_message_knows_what_is_not_sorted_yet(self):
        self.subscribe_to(self.early, frequency="daily")
        self.answer_early()
        self.at("2026-03-07 07:00:00")
        self.run_cron("subscription_regular")
        self.assertEqual(len(self.mails()), 1)

    def test_the_name_says_which_groups(self):
        subscription = self.subscribe_to(self.early)
        self.assertEqual(subscription.name, "All answers in Shifts / Early, at once")

    def test_a_subscription_stops_when_its_last_group_is_deleted(self):
        other = self.make_group("Other", ALL)
        subscription = self.subscribe_to(self.early, other)
        other.unlink()
        self.assertTrue(subscription.active)
        self.early.unlink()
        self.assertFalse(subscription.active)
        self.assertEqual(subscription.stop_reason, SCOPE_GONE[0])

    def test_a_subscription_stays_about_an_archived_group(self):
        subscription = self.subscribe_to(self.early)
        self.early.active = False
        self.answer_early(note="early")
        self.tell()
        self.assertFalse(self.mails(), "It would be about every answer")
        self.assertEqual(subscription.archived_names, "Shifts / Early")

    def test_a_group_that_the_subscriber_may_not_read_widens_nothing(self):
        self.subscribe_to(self.early)
        other = self.env["res.company"].create({"name": "Other"})
        self.axis.company_id = other
        self.answer_early()
        self.tell()
        self.assertFalse(self.mails())
