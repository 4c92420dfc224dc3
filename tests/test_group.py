from runpy import run_path

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import file_path

from ..models.nps_group import MOST_LEVELS
from .common_group import ALL, GroupCase


@tagged("post_install", "-at_install")
class TestGroup(GroupCase):
    """A tree of groups: axes, groups, and rules on its leaves."""

    def test_a_group_is_called_by_its_place_in_the_tree(self):
        axis = self.make_group("Shifts")
        group = self.make_group("Early", ALL, axis)
        self.assertEqual(group.display_name, "Shifts / Early")
        short = group.with_context(hierarchical_naming=False)
        self.assertEqual(short.display_name, "Early")

    def test_groups_are_listed_as_a_tree_in_the_order_of_their_sequence(self):
        second = self.make_group("Alpha", sequence=901)
        first = self.make_group("Beta", sequence=900)
        late = self.make_group("Late", ALL, first, sequence=2)
        early = self.make_group("Early", ALL, first, sequence=1)
        mine = first | late | early | second
        found = self.env["nps.group"].search([("id", "in", mine.ids)])
        self.assertEqual(found.mapped("name"), ["Beta", "Early", "Late", "Alpha"])
        first.sequence = 902
        self.env.flush_all()
        found = self.env["nps.group"].search([("id", "in", mine.ids)])
        self.assertEqual(found.mapped("name"), ["Alpha", "Beta", "Early", "Late"])

    def test_a_list_shows_the_tree_by_indenting(self):
        axis = self.make_group("Shifts")
        group = self.make_group("Early", ALL, axis)
        self.assertEqual(axis.indented_name, "Shifts")
        self.assertEqual(group.indented_name.strip(), "Early")
        self.assertTrue(group.indented_name.startswith("\u2003"))

    def test_a_group_is_never_part_of_itself(self):
        axis = self.make_group("Shifts")
        group = self.make_group("Early", parent=axis)
        with self.assertRaises(UserError):
            axis.parent_id = group

    def test_a_tree_has_at_most_six_levels(self):
        group = self.make_group("1")
        for level in range(2, MOST_LEVELS + 1):
            group = self.make_group(str(level), parent=group)
        with self.assertRaisesRegex(ValidationError, "6 levels"):
            self.make_group("7", parent=group)

    def test_moving_a_branch_is_refused_when_it_gets_too_deep(self):
        deep = self.make_group("1")
        for level in range(2, MOST_LEVELS):
            deep = self.make_group(str(level), parent=deep)
        branch = self.make_group("Branch")
        self.make_group("Leaf", ALL, branch)
        with self.assertRaisesRegex(ValidationError, "6 levels"):
            branch.parent_id = deep

    def test_only_a_leaf_has_a_rule(self):
        leaf = self.make_group("Leaf", ALL)
        with self.assertRaisesRegex(ValidationError, "“Leaf” has a rule"):
            self.make_group("Below", ALL, leaf)
        axis = self.make_group("Axis")
        self.make_group("Below", ALL, axis)
        with self.assertRaisesRegex(ValidationError, "“Axis” has a rule"):
            axis.domain = ALL

    def test_a_group_has_the_company_of_its_axis(self):
        other = self.env["res.company"].create({"name": "Other"})
        axis = self.make_group("Axis", company_id=other.id)
        leaf = self.make_group("Leaf", ALL, axis)
        self.assertEqual(leaf.company_id, other)
        axis.company_id = self.company
        self.assertEqual(leaf.company_id, self.company)
        with self.assertRaisesRegex(ValidationError, "company of its axis"):
            leaf.company_id = other

    def test_archiving_an_axis_archives_what_is_below_it(self):
        axis = self.make_group("Axis")
        leaf = self.make_group("Leaf", ALL, axis)
        axis.active = False
        self.assertFalse(leaf.active)
        axis.active = True
        self.assertTrue(leaf.active)

    def test_a_group_with_others_below_it_is_not_deleted_but_archived(self):
        axis = self.make_group("Axis")
        self.make_group("Leaf", ALL, axis)
        with self.assertRaisesRegex(UserError, "archive"):
            axis.unlink()
        axis._below().unlink()
        axis.unlink()

    def test_a_copy_says_that_it_is_one_and_has_to_be_sorted(self):
        leaf = self.make_group("Leaf", ALL)
        self.pick()
        self.sort()
        copy = leaf.copy()
        self.assertEqual((copy.name, copy.domain), ("Leaf (copy)", ALL))
        self.assertFalse(self.members(copy))
        self.assertTrue(copy.unsorted_text)


@tagged("post_install", "-at_install")
class TestGroupRule(GroupCase):
    """A rule is a domain over anything known; one that cannot work is refused."""

    def assert_refused(self, rule, words):
        with self.assertRaises(ValidationError) as caught:
            self.make_group("Key accounts", rule)
        self.assertIn("“Key accounts”", str(caught.exception))
        self.assertIn(words, str(caught.exception))

    def assert_finds(self, rule, *invitations):
        """Check what a rule finds, in the form and in the cron."""
        group = self.make_group("Rule", rule)
        everything = self.env["nps.invitation"].search([])
        group._sort(everything)
        expected = self.env["nps.invitation"].union(*invitations)
        self.assertEqual(self.members(group), expected.sorted("id"))
        self.assertFalse(group.problem)
        self.assertEqual(set(group.sample_ids.ids), set(expected.ids))

    def test_a_rule_with_an_unknown_field_is_refused(self):
        self.assert_refused("[('no_such_field', '=', 1)]", "no_such_field")

    def test_a_rule_with_an_unknown_field_on_a_path_is_refused(self):
        self.assert_refused("[('partner_id.no_such', '=', 1)]", "no_such")

    def test_a_rule_that_is_no_domain_is_refused(self):
        self.assert_refused("nonsense(", "does not work")
        self.assert_refused("[('subject', 'resembles', 'x')]", "does not work")
        self.assert_refused("42", "does not work")

    def test_a_rule_with_a_value_that_the_database_refuses_is_refused(self):
        self.assert_refused("[('local_hour', '>', 'noon')]", "noon")

    def test_a_rule_that_depends_on_who_looks_is_refused(self):
        self.assert_refused("[('is_in_my_departments', '=', True)]", "who looks")
        self.assert_refused(
            "[('response_ids.is_in_my_departments','=',1)]", "who looks"
        )

    def test_nobody_asks_by_a_rule_about_what_he_may_not_read(self):
        groups = self.env["nps.group"].with_user(self.analyst)
        rule = "[('link_ids', '!=', False)]"
        with self.assertRaisesRegex(ValidationError, "may not read"):
            groups.create({"name": "Curious", "domain": rule})
        rule = "[('employee_id.pin', 'like', '1')]"
        with self.assertRaisesRegex(ValidationError, "may not read"):
            groups.create({"name": "Curious", "domain": rule})

    def test_no_rule_holds_for_nothing_and_not_for_all(self):
        invitation = self.pick()
        for rule in (False, "", "[]"):
            group = self.make_group("Empty", rule)
            group._sort(invitation)
            self.assertFalse(self.members(group))
            self.assertFalse(group.sample_ids)

    def test_the_form_says_at_once_why_a_rule_does_not_work(self):
        draft = self.env["nps.group"].new({"name": "X", "domain": "[('no', '=', 1)]"})
        self.assertIn("no", draft.problem)
        self.assertFalse(draft.sample_ids)

    def test_the_sample_is_five_newest_that_the_user_may_read(self):
        mine = [self.pick() for _number in range(6)]
        other = self.make_agent("other", self.sales)
        theirs = self.pick(user=other)
        group = self.make_group("All", ALL)
        as_analyst = group.with_user(self.analyst).sample_ids
        self.assertEqual(len(as_analyst), 5)
        self.assertIn(theirs.id, as_analyst.ids)
        self.env.invalidate_all()
        as_agent = group.with_user(self.agent).sample_ids
        self.assertLessEqual(set(as_agent.ids), {i.id for i in mine})

    # === ANYTHING KNOWN === #

    def test_a_rule_asks_about_the_customer(self):
        gold, silver = self.make_tagged("Gold", "Silver")
        hit, _miss = self.pick(gold), self.pick(silver)
        self.assert_finds("[('partner_id.category_id.name', '=', 'Gold')]", hit)

    def test_a_rule_asks_about_the_ticket(self):
        urgent, calm = (self.make_ticket(priority=p) for p in ("3", "1"))
        hit, _miss = self.pick(urgent), self.pick(calm)
        self.pick()
        self.assert_finds("[('ticket_id.priority', '=', '3')]", hit)

    def test_a_rule_asks_about_the_employee(self):
        clerk = self.make_agent("clerk", self.sales)
        clerk.employee_id.job_title = "Expert"
        hit, _miss = self.pick(user=clerk), self.pick()
        self.assert_finds("[('employee_id.job_title', '=', 'Expert')]", hit)

    def test_a_rule_asks_about_the_outcome(self):
        self.make_outcome("escalated")
        hit, _miss = self.pick(code="escalated"), self.pick()
        self.assert_finds("[('outcome_id.code', '=', 'escalated')]", hit)

    def test_a_rule_asks_about_the_answer_that_counts(self):
        bad, good, none = self.pick(), self.pick(), self.pick()
        self.answer(bad, 2, comment="Too slow")
        self.answer(good, 9)
        self.assert_finds("[('answer_id.score', '<', 5)]", bad)
        self.assert_finds("[('answer_id.comment', 'ilike', 'slow')]", bad)
        self.assert_finds("[('answer_id', '=', False)]", none)
        self.assert_finds("[('answer_id', '!=', False)]", bad, good)
        self.assert_finds(f"[('answer_id', 'in', {good.answer_id.ids})]", good)
        self.assert_finds("['!', ('answer_id.score', '<', 5)]", good, none)

    def test_a_rule_asks_about_weekday_and_time_of_day(self):
        hit, miss = self.pick(), self.pick()
        hit.write({"local_date": "2026-03-07", "local_hour": 19})
        miss.write({"local_date": "2026-03-09", "local_hour": 9})
        self.assertEqual((hit.weekday, hit.day_part), ("6", "evening"))
        self.assert_finds("[('weekday', 'in', ['6', '7'])]", hit)
        self.assert_finds("[('day_part', '=', 'evening')]", hit)
        self.assert_finds("[('day_part', '!=', 'evening')]", miss)
        self.assert_finds("[('local_hour', '>=', 12)]", hit)

    def test_a_rule_asks_about_properties(self):
        definition = self.env["properties.base.definition"]
        gold, silver = self.make_tagged("Gold", "Silver")
        base = definition.sudo()._get_definition_for_property_field(
            "res.partner", "properties"
        )
        base.properties_definition = [
            {"name": "f00d", "string": "Contract", "type": "char"}
        ]
        gold.properties = {"f00d": "premium"}
        silver.properties = {"f00d": "basic"}
        hit, _miss = self.pick(gold), self.pick(silver)
        self.assert_finds("[('partner_id.properties.f00d', '=', 'premium')]", hit)

    def test_a_rule_asks_about_a_field_of_ones_own(self):
        self.env["ir.model.fields"].create(
            {
                "name": "x_region",
                "field_description": "Region",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "ttype": "char",
            }
        )
        gold, silver = self.make_tagged("Gold", "Silver")
        gold.x_region = "North"
        hit, _miss = self.pick(gold), self.pick(silver)
        self.assert_finds("[('partner_id.x_region', '=', 'North')]", hit)

    def test_an_update_tells_past_interactions_their_ticket(self):
        ticket = self.make_ticket()
        asked, other = self.pick(ticket), self.pick()
        (asked | other).ticket_id = False
        self.env.flush_all()
        path = file_path("nps/migrations/19.0.1.4.0/post-ticket.py")
        run_path(path)["migrate"](self.env.cr, "19.0.1.3.0")
        self.env.invalidate_all()
        self.assertEqual(asked.ticket_id, ticket)
        self.assertFalse(other.ticket_id)

    def test_the_ticket_of_an_interaction_is_forgotten_when_it_is_deleted(self):
        ticket = self.make_ticket()
        invitation = self.pick(ticket)
        self.assertEqual(invitation.ticket_id, ticket)
        ticket.unlink()
        self.assertFalse(invitation.ticket_id)
