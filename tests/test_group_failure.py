from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_group import ALL, SORT, GroupCase


@tagged("post_install", "-at_install")
class TestGroupFailure(GroupCase):
    """A rule that is broken or too heavy fails alone, and goes on by itself."""

    @mute_logger(SORT)
    def test_a_broken_rule_does_not_stop_the_others(self):
        broken = self.make_group("Broken", ALL)
        leaf = self.make_group("Works", ALL)
        self.break_rule(broken)
        invitation = self.pick()
        self.sort()
        self.assertEqual(invitation.group_ids, leaf)
        self.assertIn("gone_with_its_addon", broken.failure)
        self.assertIn("gone_with_its_addon", broken.message_ids[0].body)

    @mute_logger(SORT)
    def test_a_rule_that_fails_in_the_database_does_not_stop_the_others(self):
        broken = self.make_group("Broken", ALL)
        leaf = self.make_group("Works", ALL)
        self.break_rule(broken, "[('local_hour', '=', 'noon')]")
        invitation = self.pick()
        self.sort()
        self.assertEqual(invitation.group_ids, leaf)
        self.assertTrue(broken.failure)

    @mute_logger(SORT)
    def test_what_a_broken_rule_could_not_sort_is_sorted_once_it_works_again(self):
        leaf = self.make_group("Leaf", ALL)
        before = self.pick()
        self.break_rule(leaf)
        self.sort()
        missed = self.pick()
        self.sort()
        self.assertFalse(self.members(leaf))
        leaf.domain = f"[('id', '>=', {before.id})]"
        self.sort()
        self.assertEqual(self.members(leaf), before | missed)
        self.assertFalse(leaf.failure)
        self.assertFalse(self.env["nps.group.news"].search([]))

    @mute_logger(SORT)
    def test_a_rule_whose_field_came_back_goes_on_by_itself(self):
        leaf = self.make_group("Leaf", ALL)
        self.break_rule(leaf)
        missed = self.pick()
        self.sort()
        self.assertTrue(leaf.failure)
        self.break_rule(leaf, ALL)
        self.sort()
        self.assertFalse(leaf.failure)
        self.assertEqual(self.members(leaf), missed)

    @mute_logger(SORT)
    def test_the_cron_ends_while_a_rule_is_broken(self):
        leaf = self.make_group("Leaf", ALL)
        self.break_rule(leaf)
        for _number in range(3):
            self.pick()
        self.sort()
        self.sort()
        self.assertEqual(len(self.env["nps.group.news"].search([])), 3)

    # === AT WORK === #

    def sort_with(self, group, do):
        """Let the cron run while sorting by one group does something else."""
        groups = type(self.env["nps.group"])
        sort = groups._sort

        def either(records, invitations):
            return do() if records == group else sort(records, invitations)

        with patch.object(groups, "_sort", either):
            self.sort()

    def be_slow(self):
        self.env.cr.execute("SELECT pg_sleep(60)")

    def run_out_of_memory(self):
        raise psycopg2.errors.OutOfMemory("out of memory")

    def fail_alone(self, do):
        """Return a group whose rule fails at work, after another one was sorted."""
        heavy, leaf = self.make_group("Heavy", ALL), self.make_group("Leaf", ALL)
        invitation = self.pick()
        with patch(f"{SORT}.MOST_SECONDS", 0.2), mute_logger(SORT, "odoo.sql_db"):
            self.sort_with(heavy, do)
        self.assertEqual(invitation.group_ids, leaf)
        return heavy

    def test_a_slow_rule_fails_alone_and_says_what_to_do(self):
        heavy = self.fail_alone(self.be_slow)
        self.assertIn("simpler", heavy.failure)
        self.assertEqual(heavy.status, "The rule cannot be applied")

    def test_a_rule_without_enough_memory_fails_alone(self):
        self.assertIn("memory", self.fail_alone(self.run_out_of_memory).failure)

    def test_the_next_query_has_its_time(self):
        self.env.cr.execute("SHOW statement_timeout")
        before = self.env.cr.fetchall()
        self.make_group("Leaf", ALL)._sort_safely(self.pick())
        self.env.cr.execute("SHOW statement_timeout")
        self.assertEqual(self.env.cr.fetchall(), before)

    def test_what_is_too_heavy_is_not_tried_again_by_itself(self):
        heavy = self.fail_alone(self.be_slow)
        notes = len(heavy.message_ids)
        self.pick()
        self.sort()
        self.assertTrue(heavy.failure)
        self.assertEqual(len(heavy.message_ids), notes)

    def test_a_rewritten_rule_is_tried_again_with_what_it_missed(self):
        heavy = self.fail_alone(self.be_slow)
        heavy.domain = "[('id', '>', 0)]"
        self.sort()
        self.assertFalse(heavy.failure)
        self.assertEqual(len(self.members(heavy)), 1)

    def test_sorting_again_tries_what_was_too_heavy(self):
        heavy = self.fail_alone(self.be_slow)
        heavy.with_user(self.analyst).action_sort_again()
        self.sort()
        self.assertFalse(heavy.failure)
        self.assertEqual(len(self.members(heavy)), 1)

    def test_what_others_write_meanwhile_is_no_fault_of_the_rule(self):
        leaf, invitation = self.make_group("Leaf", ALL), self.pick()
        for error in (
            psycopg2.errors.SerializationFailure,
            psycopg2.errors.DeadlockDetected,
            psycopg2.errors.LockNotAvailable,
            psycopg2.OperationalError,
            psycopg2.InterfaceError,
        ):
            with (
                self.subTest(error=error),
                patch.object(type(leaf), "_sort", side_effect=error),
                self.assertRaises(error),
            ):
                leaf._sort_safely(invitation)
        self.assertFalse(leaf.failure)
