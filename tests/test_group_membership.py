from unittest.mock import patch

from odoo.tests import tagged

from .common_group import ALL, GroupCase

DETRACTORS = "[('answer_id.category', '=', 'detractor')]"


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

    # === THE CRON === #

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
