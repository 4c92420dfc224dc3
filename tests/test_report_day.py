import random

from odoo.tests import tagged
from odoo.tools import SQL

from ..report.nps_report_day_read import PART
from .common_report_day import MEASURES, ReportDayCommon

GROUPINGS = [
    [],
    ["user_id"],
    ["employee_id"],
    ["department_id"],
    ["department_path_id"],
    ["department_1_id", "department_2_id", "department_3_id"],
    ["department_now_1_id", "local_date:month"],
    ["local_date:day"],
    ["local_date:week", "department_now_id"],
    ["local_date:quarter", "weekday"],
    ["metric", "survey_id", "company_id"],
    ["country_id", "state"],
    ["outcome_id", "local_date:month"],
    ["team_id", "channel_id"],
    ["is_reask", "invited", "answered"],
]


@tagged("post_install", "-at_install")
class TestReportDay(ReportDayCommon):
    """Counted days say what the interactions say, whoever asks for whatever."""

    @classmethod
    def domains(cls):
        return [
            [],
            [("user_id", "in", cls.agent_ids())],
            [("metric", "=", "nps"), ("is_reask", "=", False)],
            [("local_date", ">=", "2026-02-10"), ("local_date", "<", "2026-03-20")],
            [("local_date", ">", "2030-01-01")],
            [("answered", "=", 1), ("state", "!=", "suppressed")],
            ["|", ("invited", "=", 0), ("survey_id", "=", cls.survey.id)],
            [("local_date.month_number", "=", 2)],
            [("company_id.name", "ilike", "e")],
        ]

    def viewers(self):
        return [
            self.env.user,
            self.env.ref("base.user_root"),
            self.analyst,
            self.manager,
            self.agents[0],
            self.abroad,
        ]

    def test_random_questions_have_the_same_answer_for_everybody(self):
        chance = random.Random(7)
        for groupby in GROUPINGS:
            for user in self.viewers():
                domain = chance.choice(self.domains())
                measures = chance.sample(MEASURES, 9)
                self.assertAnswered(domain, groupby, measures, user)

    def test_all_conditions_are_the_same(self):
        for domain in self.domains():
            self.assertAnswered(domain, [], MEASURES, self.env.user)

    def assertAnswered(self, domain, groupby, measures, user):
        report = self.report(user)
        with self.subTest(groupby=groupby, domain=domain, user=user.login):
            if self.is_restricted(user) and not self.is_of_agents(groupby):
                # The rule asks for the agent, whom the other parts do not know.
                return
            self.assertSameNumbers(
                lambda: sorted(
                    report._read_group(domain, groupby, measures),
                    key=lambda row: str(row[: len(groupby)]),
                )
            )

    def is_restricted(self, user):
        return user in self.manager | self.agents[0]

    def is_of_agents(self, groupby):
        others = {"country_id", "outcome_id", "team_id", "channel_id"}
        return not others & set(groupby)

    def test_a_condition_on_the_path_below_an_axis_is_understood(self):
        domain = [("department_id", "child_of", self.support.id)]
        self.assertSameNumbers(
            lambda: self.report()._read_group(
                [*domain, ("department_id.name", "!=", "Phone")],
                ["department_id.parent_id"],
                MEASURES,
            )
        )

    def test_a_pivot_with_all_its_totals_is_the_same(self):
        levels = ["department_1_id", "department_2_id"]
        sets = [[], levels[:1], levels, [*levels, "local_date:month"]]
        self.assertSameNumbers(
            lambda: self.report().formatted_read_grouping_sets([], sets, MEASURES)
        )

    def test_a_pivot_whose_levels_are_not_added_up_is_the_same(self):
        sets = [["department_id"], ["survey_id"]]
        self.assertSameNumbers(
            lambda: self.report()._read_grouping_sets([], sets, MEASURES)
        )

    def test_order_limit_and_a_condition_on_the_number_are_the_same(self):
        self.assertSameNumbers(
            lambda: self.report()._read_group(
                [("user_id", "in", self.agent_ids())],
                ["user_id"],
                ["net_score:avg", "answered:sum"],
                having=[("answered:sum", ">", 1)],
                order="net_score:avg DESC",
                limit=2,
                offset=1,
            )
        )

    def test_a_scorecard_is_the_same(self):
        options = {"axis": "organogram", "period": "all", "compare": False}
        insight = self.env["nps.insight"].with_user(self.manager)
        self.assertSameNumbers(
            lambda: list(insight.get_scorecard([], options)["rows"][0].items())
        )

    def test_records_that_are_read_know_nothing_of_how(self):
        domain = [("department_id", "=", self.support.id)]
        with self.noting_parts() as used:
            [(department, _count)] = self.report()._read_group(
                domain, ["department_id"], ["__count"]
            )
        self.assertTrue(used)
        self.assertNotIn(PART, department.env.context)

    def test_changed_days_are_read_as_they_are_now(self):
        self.happen(3)
        self.happen(70)
        self.env.flush_all()
        self.assertTrue(self.changed())
        self.assertSameNumbers(
            lambda: self.report()._read_group([], ["local_date:day"], MEASURES)
        )

    def test_the_tree_of_today_is_the_one_of_today(self):
        self.phone.parent_id = self.sales
        self.assertFalse(self.changed())
        self.assertSameNumbers(
            lambda: self.report()._read_group(
                [], ["department_now_1_id", "department_1_id"], MEASURES
            )
        )

    # === WHAT IS NOT COUNTED BY DAY === #

    def assertReadFromInteractions(self, domain, groupby, measures, user=None):
        with self.noting_parts():
            rows = self.report(user)._read_group(domain, groupby, measures)
        with self.without_days():
            expected = self.report(user)._read_group(domain, groupby, measures)
        self.assertEqual(rows, expected)
        self.assertTrue(rows)

    def test_other_conditions_groups_and_measures_read_the_interactions(self):
        group = self.env["nps.group"].create({"name": "Some"})
        questions = [
            ([("partner_id", "=", self.customer.id)], ["user_id"], ["__count"]),
            ([("category", "=", "promoter")], [], ["answered:sum"]),
            ([("promoters", "=", 1)], [], ["__count"]),
            ([("id", ">", 0)], [], ["__count"]),
            ([("group_ids", "=", False)], [], ["__count"]),
            ([], ["group_ids"], ["__count"]),
            ([], [f"group_ids:{group.id}"], ["__count"]),
            ([], ["customer_tag_ids"], ["__count"]),
            ([], ["local_hour"], ["__count"]),
            ([], ["user_id", "outcome_id"], ["__count"]),
            ([], ["promoters"], ["__count"]),
            ([], ["user_id"], ["hours_to_answer:avg"]),
            ([], ["user_id"], ["score:max"]),
            ([], ["user_id"], ["answered:avg"]),
            ([], ["user_id"], ["partner_id:count_distinct"]),
        ]
        for domain, groupby, measures in questions:
            with self.subTest(domain=domain, groupby=groupby, measures=measures):
                self.assertReadFromInteractions(domain, groupby, measures)

    def test_where_answers_are_withheld_the_interactions_are_read(self):
        self.company.nps_fewest_shown = 50
        with self.noting_parts() as used:
            self.report(self.manager)._read_group([], ["user_id"], ["answered:sum"])
        self.assertFalse(used)

    def test_with_too_many_changed_days_the_interactions_are_read(self):
        self.env.cr.execute(
            "INSERT INTO nps_report_day_changed (local_date)"
            " SELECT DATE '2020-01-01' + n FROM generate_series(1, 93) n"
        )
        with self.noting_parts() as used:
            self.report()._read_group([], ["user_id"], ["answered:sum"])
        self.assertFalse(used)

    # === HOW MUCH IS READ === #

    def test_there_is_one_row_for_each_agent_and_day_and_how_it_went(self):
        self.env.cr.execute(
            "SELECT COUNT(*), SUM(interactions_sum) FROM nps_report_day"
            " WHERE part = 'agent'"
        )
        rows, interactions = self.env.cr.fetchone()
        with self.without_days():
            groups = self.report()._read_group(
                [("local_date", "!=", False)],
                ["local_date:day", "company_id", "survey_id", "state", "user_id"],
                ["__count"],
            )
        self.assertEqual(interactions, sum(row[-1] for row in groups))
        self.assertGreaterEqual(rows, len(groups))
        self.assertLessEqual(rows, interactions)

    def test_no_interaction_is_touched_while_no_day_has_changed(self):
        self.assertEqual(self.interactions_read(), 0)
        self.happen(3)
        self.env.flush_all()
        self.assertGreater(self.interactions_read(), 0)
        self.assertLess(self.interactions_read(), 5)

    def interactions_read(self):
        """Return how many interactions PostgreSQL finds for a grouping."""
        [(plan,)] = self.env.execute_query(
            SQL(
                "EXPLAIN (ANALYZE, FORMAT JSON) SELECT user_id, SUM(net_score_sum)"
                " FROM (%s) counted GROUP BY 1",
                self.env["nps.report.day"]._rows("agent", self.changed()),
            )
        )
        return sum(_interactions_of(plan[0]["Plan"]))


def _interactions_of(node):
    if node.get("Relation Name") == "nps_invitation":
        yield node["Actual Rows"] * node["Actual Loops"]
    for below in node.get("Plans", ()):
        yield from _interactions_of(below)
