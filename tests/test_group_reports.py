from odoo.tests import Form, tagged

from .common_group import ALL, GroupCase

MEASURES = ["__count", "answered:sum", "net_score:avg"]


@tagged("post_install", "-at_install")
class TestGroupReports(GroupCase):
    """Groups as a grouping and a filter, wherever interactions are counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["nps.invitation"].search([]).unlink()
        cls.axis = cls.make_group("Axis")
        cls.both = cls.make_group("All", ALL, cls.axis)
        cls.early = cls.make_group("Early", "[('local_hour', '<', 8)]", cls.axis)
        cls.other = cls.make_group("Never", "[('local_hour', '>', 23)]")
        cls.first, cls.second = cls.pick(), cls.pick()
        cls.first.local_hour, cls.second.local_hour = 7, 15
        cls.answer(cls.first, 9)
        cls.answer(cls.second, 2)

    def setUp(self):
        super().setUp()
        self.sort()

    def counts(self, groups):
        """Return group -> measures of a grouping."""
        return {group: tuple(measures) for group, *measures in groups}

    def test_a_row_counts_in_each_of_its_groups_and_once_in_the_total(self):
        total, by_group = self.env["nps.report"]._read_grouping_sets(
            [], [[], ["group_ids"]], MEASURES
        )
        self.assertEqual(total, [(2, 2, 0.0)])
        self.assertEqual(
            self.counts(by_group),
            {self.both: (2, 2, 0.0), self.early: (1, 1, 100.0)},
        )

    def test_the_pivot_counts_alike(self):
        total, by_group, _both = self.env["nps.report"].formatted_read_grouping_sets(
            [],
            [[], ["group_ids"], ["group_ids", "department_id"]],
            MEASURES,
        )
        self.assertEqual([(t["__count"], t["net_score:avg"]) for t in total], [(2, 0)])
        self.assertEqual(
            {g["group_ids"][0]: g["__count"] for g in by_group},
            {self.both.id: 2, self.early.id: 1},
        )
        early = next(g for g in by_group if g["group_ids"][0] == self.early.id)
        found = self.env["nps.report"].search(early["__extra_domain"])
        self.assertEqual(found.ids, self.first.ids, "A click opens its rows")

    def test_a_filter_finds_what_is_in_a_group_or_below_it(self):
        reports = self.env["nps.report"]
        self.assertEqual(reports.search_count(self.axis._subtree_domain()), 2)
        self.assertEqual(
            reports.search([("group_ids", "child_of", self.early.id)]).ids,
            self.first.ids,
        )
        self.assertEqual(
            reports.search([("group_ids", "child_of", "Early")]).ids, self.first.ids
        )
        self.assertFalse(reports.search([("group_ids", "child_of", self.other.id)]))

    def test_what_is_in_no_group_is_found(self):
        (self.both | self.early).action_sort_again()
        self.both.domain = "[('local_hour', '<', 8)]"
        self.both.action_sort_again()
        self.sort()
        found = self.env["nps.report"].search([("group_ids", "=", False)])
        self.assertEqual(found.ids, self.second.ids)

    def test_archived_groups_stay_in_the_reports_of_the_past(self):
        self.axis.active = False
        self.env.flush_all()
        groups = self.env["nps.report"]._read_group([], ["group_ids"], MEASURES)
        self.assertEqual(len(self.counts(groups)), 2)
        self.assertEqual(
            self.env["nps.report"].search_count(self.axis._subtree_domain()), 2
        )

    def test_answers_are_grouped_and_filtered(self):
        self.assert_groups("nps.response")

    def test_cases_are_grouped_and_filtered(self):
        values = {"email_normalized": "x@y.example"}
        for invitation in self.first | self.second:
            self.env["nps.case"].create({**invitation._case_values(), **values})
        self.assert_groups("nps.case")

    def test_drivers_are_grouped_and_filtered(self):
        driver = self.env["nps.driver"].create(
            {"name": "Friendly?", "survey_id": self.survey.id, "about": "person"}
        )
        for invitation in self.first | self.second:
            self.env["nps.driver.answer"].create(
                {
                    "response_id": invitation.answer_id.id,
                    "driver_id": driver.id,
                    "value": 4,
                }
            )
        self.assert_groups("nps.driver.answer")

    def assert_groups(self, model):
        """Check that an analyst can group and filter a model."""
        records = self.env[model].with_user(self.analyst)
        self.assertTrue(records.fields_get(["group_ids"])["group_ids"]["groupable"])
        total, by_group = records._read_grouping_sets(
            [], [[], ["group_ids"]], ["__count"]
        )
        self.assertEqual(total, [(2,)])
        self.assertEqual(
            {group.id: count for group, count in by_group},
            {self.both.id: 2, self.early.id: 1},
        )
        found = records.search_count([("group_ids", "child_of", self.axis.ids)])
        self.assertEqual(found, 2)
        found = records.search_count([("group_ids", "in", self.early.ids)])
        self.assertEqual(found, 1)

    def test_a_group_counts_its_interactions_once(self):
        self.assertEqual(self.axis.interaction_count, 2)
        self.assertEqual(self.early.interaction_count, 1)
        self.assertEqual(self.other.interaction_count, 0)
        self.assertEqual(self.axis.with_user(self.agent).interaction_count, 2)
        stranger = self.make_agent("stranger", self.sales)
        self.assertEqual(self.axis.with_user(stranger).interaction_count, 0)

    def test_a_list_of_groups_is_counted_at_once(self):
        few = self.queries_of_counts(self.axis)
        more = self.axis.create([{"name": f"More {number}"} for number in range(5)])
        for group in more:
            self.make_group("Below", ALL, group)
        self.assertEqual(self.queries_of_counts(self.axis | more), few)

    def queries_of_counts(self, groups):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        groups.mapped("interaction_count")
        return self.env.cr.sql_log_count - before

    def test_a_group_opens_its_numbers(self):
        action = self.axis.action_open_interactions()
        reports = self.env[action["res_model"]]
        self.assertEqual(reports.search_count(action["domain"]), 2)
        self.assertFalse(action["path"])

    def test_a_half_written_group_can_be_counted(self):
        with Form(self.env["nps.group"]) as form:
            form.name = "New"
            form.domain = ALL
            self.assertEqual(form.interaction_count, 0)
            self.assertEqual(len(form.sample_ids.ids), 2)
