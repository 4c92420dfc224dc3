from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_group import ALL, SORT, GroupCase


@tagged("post_install", "-at_install")
class TestGroupAgain(GroupCase):
    """The past is sorted again only on purpose."""

    def test_a_new_rule_says_what_it_has_not_sorted(self):
        self.pick()
        self.pick()
        self.sort()
        count = self.env["nps.invitation"].search_count([])
        leaf = self.make_group("Leaf", ALL)
        self.sort()
        self.assertFalse(self.members(leaf))
        self.assertEqual(
            leaf.unsorted_text,
            f"{count} interactions are not sorted by this rule yet.",
        )

    def test_a_changed_rule_leaves_the_past_alone_and_says_so(self):
        leaf = self.make_group("Leaf", ALL)
        old = self.pick()
        self.sort()
        leaf.domain = "[('id', '=', 0)]"
        self.sort()
        self.assertEqual(self.members(leaf), old)
        self.assertTrue(leaf.unsorted_text)

    def test_another_company_of_the_axis_changes_the_rules_below_it(self):
        axis = self.make_group("Axis")
        leaf = self.make_group("Leaf", ALL, axis)
        self.pick()
        self.sort()
        leaf._note_all_sorted()
        axis.company_id = self.company
        self.assertTrue(leaf.unsorted_text)

    def test_another_name_is_no_new_rule(self):
        leaf = self.make_group("Leaf", ALL)
        self.pick()
        self.sort()
        leaf._note_all_sorted()
        leaf.name = "Other"
        self.assertFalse(leaf.unsorted_text)

    def test_sorting_again_uses_the_data_of_today(self):
        gold, silver = self.make_tagged("Gold", "Silver")
        leaf = self.make_group("Gold", "[('partner_id.category_id.name','=','Gold')]")
        was, becomes = self.pick(gold), self.pick(silver)
        self.sort()
        silver.category_id, gold.category_id = gold.category_id, silver.category_id
        self.assertEqual(self.members(leaf), was)
        leaf.action_sort_again()
        self.assertEqual(self.members(leaf), was, "The cron does it")
        self.sort()
        self.assertEqual(self.members(leaf), becomes)
        self.assertFalse(leaf.unsorted_text)
        self.assertFalse(leaf.is_sorted_again)

    def test_sorting_an_axis_again_sorts_what_is_below_it(self):
        self.pick()
        axis = self.make_group("Axis")
        leaves = self.make_group("A", ALL, axis) | self.make_group("B", ALL, axis)
        axis.action_sort_again()
        self.assertTrue(axis.is_sorted_again)
        self.assertEqual(axis.status, "Sorted again: 0 %")
        self.sort()
        self.assertFalse(axis.is_sorted_again)
        for leaf in leaves:
            self.assertTrue(self.members(leaf))

    def test_sorting_again_goes_on_after_a_kill_and_tells_how_far_it_is(self):
        invitations = self.env["nps.invitation"].union(
            *[self.pick() for _n in range(4)]
        )
        self.sort()
        leaf = self.make_group("Leaf", ALL)
        leaf.action_sort_again()
        leaf._sort_again_some(2)
        self.assertTrue(leaf.is_sorted_again)
        self.assertEqual(self.members(leaf), invitations[2:])
        self.assertGreater(leaf.again_from_id, leaf.again_next_id)
        self.sort()
        self.assertLessEqual(set(invitations), set(self.members(leaf)))
        self.assertFalse(leaf.is_sorted_again)

    def test_the_percent_done_follows_the_ids(self):
        leaf = self.make_group("Leaf", ALL)
        leaf.write({"again_from_id": 200, "again_next_id": 50})
        self.assertEqual(leaf.again_percent, 75)
        self.assertEqual(leaf.status, "Sorted again: 75 %")

    def test_the_list_says_what_is_to_be_known_of_a_rule(self):
        self.pick()
        leaf = self.make_group("Leaf", ALL)
        self.assertEqual(leaf.status, "The past is not sorted by this rule")
        leaf.failure = "Gone"
        self.assertEqual(leaf.status, "The rule cannot be applied")
        leaf.failure = False
        leaf._note_all_sorted()
        self.assertFalse(leaf.status)

    def test_what_is_new_is_sorted_before_what_is_sorted_again(self):
        self.pick()
        self.sort()
        leaf = self.make_group("Leaf", ALL)
        leaf.action_sort_again()
        new = self.pick()
        self.env["nps.group"]._sort_some(1)
        self.assertEqual(self.members(leaf), new)

    def test_who_let_it_be_sorted_again_stands_in_the_chatter(self):
        self.pick()
        leaf = self.make_group("Leaf", ALL)
        leaf.with_user(self.analyst).action_sort_again()
        self.sort()
        bodies = " ".join(leaf.message_ids.mapped("body"))
        self.assertIn(self.analyst.name, bodies)
        self.assertIn("All interactions were sorted again", bodies)

    def test_nothing_is_sorted_again_without_a_rule(self):
        with self.assertRaisesRegex(UserError, "no rule here"):
            self.make_group("Empty").action_sort_again()

    @mute_logger(SORT)
    def test_sorting_again_waits_for_a_broken_rule_and_goes_on_after_it(self):
        old = self.pick()
        self.sort()
        leaf = self.make_group("Leaf", ALL)
        leaf.action_sort_again()
        self.break_rule(leaf)
        self.sort()
        self.assertTrue(leaf.failure)
        self.assertTrue(leaf.is_sorted_again)
        self.break_rule(leaf, ALL)
        self.sort()
        self.assertIn(old, self.members(leaf))
        self.assertFalse(leaf.is_sorted_again)

    def test_a_rule_that_changes_meanwhile_is_not_sorted_half(self):
        self.pick()
        self.sort()
        leaf = self.make_group("Leaf", ALL)
        leaf.action_sort_again()
        leaf.domain = "[('id', '>', 0)]"
        self.assertFalse(leaf.is_sorted_again)
        self.assertTrue(leaf.unsorted_text)

    def test_sorting_again_ends_with_the_first_interaction_of_all(self):
        invitation = self.pick()
        leaf = self.make_group("Leaf", ALL)
        leaf.again_from_id = leaf.again_next_id = invitation.id
        # As if its id were 1, and the batch full.
        with patch.object(type(invitation), "search") as search:
            search.return_value = invitation.browse(1)
            with patch.object(type(leaf), "_sort_safely", return_value=True):
                leaf._sort_again_some(1)
        self.assertFalse(leaf.is_sorted_again)
        self.assertFalse(leaf.unsorted_text)
        self.assertIn("All interactions were sorted again", leaf.message_ids[0].body)
