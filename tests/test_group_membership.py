from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_group import ALL, GroupCase

DETRACTORS = "[('answer_id.category', '=', 'detractor')]"
SORT = "odoo.addons.nps.models.nps_group_sort"


@tagged("post_install", "-at_install")
class TestGroupMembership(GroupCase):
    """In which groups an interaction is: decided once, as of its time, by a cron."""

    def test_an_interaction_is_sorted_after_it_was_picked(self):
        axis = self.make_group("Axis")
        leaf = self.make_group("Leaf", ALL, axis)
        invitation = self.pick()
        self.assertFalse(invitation.group_ids, "Picking waits for no rule")
        self.sort()
        self.assertEqual(invitation.group_ids, leaf)

    def test_picking_wakes_the_cron(self):
        with self.capture_triggers("nps.ir_cron_nps_group") as captured:
            self.pick()
        self.assertEqual(len(captured.records), 1)

    def test_an_interaction_may_be_in_two_groups(self):
        first, second = self.make_group("A", ALL), self.make_group("B", ALL)
        invitation = self.pick()
        self.sort()
        self.assertEqual(invitation.group_ids, first | second)

    def test_membership_stays_when_the_customer_changes_later(self):
        gold, _silver = self.make_tagged("Gold", "Silver")
        leaf = self.make_group("Gold", "[('partner_id.category_id.name','=','Gold')]")
        invitation = self.pick(gold)
        self.sort()
        gold.category_id = False
        self.answer(invitation, 9)
        self.echo()
        self.sort()
        self.assertEqual(self.members(leaf), invitation)

    def test_a_group_of_a_company_sorts_no_other_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        leaf = self.make_group("Leaf", ALL, company_id=other.id)
        self.pick()
        self.sort()
        self.assertFalse(self.members(leaf))

    def test_an_archived_group_keeps_what_it_has_and_sorts_nothing_new(self):
        leaf = self.make_group("Leaf", ALL)
        old = self.pick()
        self.sort()
        leaf.active = False
        new = self.pick()
        self.sort()
        self.assertEqual(old.group_ids, leaf)
        self.assertFalse(new.group_ids)
        leaf.active = True
        self.assertIn("1 interaction is not", leaf.unsorted_text)

    def test_names_are_meant_in_the_language_of_who_wrote_the_rule(self):
        self.env["res.lang"]._activate_lang("de_DE")
        outcome = self.make_outcome("moved")
        outcome.with_context(lang="de_DE").name = "Umzug"
        groups = self.env["nps.group"].with_context(lang="de_DE")
        leaf = groups.create(
            {"name": "Umzug", "domain": "[('outcome_id.name', '=', 'Umzug')]"}
        )
        invitation = self.pick(code="moved")
        self.sort()
        self.assertEqual(self.members(leaf), invitation)

    # === ANSWERS === #

    def test_a_rule_about_the_answer_follows_when_one_begins_to_count(self):
        leaf = self.make_group("Unhappy", DETRACTORS)
        invitation = self.pick()
        self.sort()
        self.assertFalse(self.members(leaf))
        self.answer(invitation, 2)
        self.echo()
        self.sort()
        self.assertEqual(self.members(leaf), invitation)

    def test_a_rule_about_the_answer_follows_a_correction(self):
        leaf = self.make_group("Unhappy", DETRACTORS)
        invitation = self.pick()
        self.answer(invitation, 2)
        self.echo()
        self.sort()
        self.answer(invitation, 10, change=True)
        self.echo()
        self.sort()
        self.assertFalse(self.members(leaf))

    def test_a_rule_about_the_answer_follows_an_exclusion_and_its_end(self):
        leaf = self.make_group("Unhappy", DETRACTORS)
        response = self.answer(self.pick(), 2)
        self.echo()
        self.sort()
        response.with_user(self.analyst).action_exclude("test", "A test")
        self.sort()
        self.assertFalse(self.members(leaf))
        response.with_user(self.analyst).action_readmit()
        self.sort()
        self.assertEqual(self.members(leaf), response.invitation_id)

    def test_a_rule_about_words_follows_words_that_come_later(self):
        leaf = self.make_group("Price", "[('answer_id.comment', 'ilike', 'price')]")
        invitation = self.pick()
        self.answer(invitation, 2)
        self.echo()
        self.sort()
        self.assertFalse(self.members(leaf))
        self.answer(invitation, 2, comment="The price!")
        self.echo()
        self.sort()
        self.assertEqual(self.members(leaf), invitation)

    def test_a_rule_about_the_answer_follows_its_erasure(self):
        leaf = self.make_group("Unhappy", DETRACTORS)
        response = self.answer(self.pick(), 2)
        self.echo()
        self.sort()
        response.unlink()
        self.sort()
        self.assertFalse(self.members(leaf))

    def test_an_answer_costs_the_customer_no_query_more(self):
        self.make_group("Unhappy", DETRACTORS)
        invitation = self.pick()
        news = type(self.env["nps.group.news"])
        with patch.object(news, "_note", side_effect=AssertionError("He waits")):
            self.answer(invitation, 2, comment="Slow")

    # === A BROKEN RULE === #

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

    def test_a_killed_run_goes_on_where_it_was(self):
        leaf = self.make_group("Leaf", ALL)
        invitations = self.pick() | self.pick() | self.pick()
        # The first batch was stored, then the server died.
        self.env["nps.group"]._sort_some(2)
        self.assertEqual(len(self.members(leaf)), 2)
        self.sort()
        self.assertEqual(self.members(leaf), invitations)

    def test_one_query_per_group_decides_about_a_whole_batch(self):
        self.make_group("Leaf", ALL)
        self.pick()
        self.sort()
        for _number in range(5):
            self.pick()
        few = self.queries_of_a_batch()
        for _number in range(50):
            self.pick()
        self.assertLessEqual(self.queries_of_a_batch(), few)

    def queries_of_a_batch(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["nps.group"]._sort_some(200)
        return self.env.cr.sql_log_count - before

    # === GONE === #

    def test_memberships_go_with_their_group_and_their_interaction(self):
        leaf, other = self.make_group("Leaf", ALL), self.make_group("Other", ALL)
        first, second = self.pick(), self.pick()
        self.sort()
        leaf.unlink()
        self.assertEqual(first.group_ids, other)
        second.unlink()
        self.assertEqual(self.members(other), first)

    def test_merging_contacts_moves_no_membership(self):
        gold, silver = self.make_tagged("Gold", "Silver")
        leaf = self.make_group("Gold", "[('partner_id.category_id.name','=','Gold')]")
        invitation = self.pick(gold)
        self.sort()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((gold | silver).ids, silver)
        self.assertEqual(self.members(leaf), invitation)


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
