from odoo.tests import tagged

from .common_insight_tabs import InsightTabsCommon

PERIOD = {"period": {"start": "2026-04-01", "end": "2026-05-31"}}
NOW, BEFORE = 1, 3
"""Months ago: within the period, and within the one before it."""


@tagged("post_install", "-at_install")
class TestInsightChange(InsightTabsCommon):
    """Why the net score moved."""

    def change(self, **options):
        return self.ask("get_change", **{**PERIOD, "axis": "agent", **options})

    def give_both(self, agent, before, now):
        """Let an agent have (promoters, detractors) in both periods."""
        for months_ago, (good, bad) in ((BEFORE, before), (NOW, now)):
            self.month(months_ago, [10] * good + [3] * bad, agent=agent)

    def rows(self, **options):
        return {row["name"]: row for row in self.change(**options)["rows"]}

    # === THE SPLIT === #

    def test_the_rows_sum_to_the_change(self):
        self.give_both(self.agent, (12, 8), (30, 5))
        self.give_both(self.other, (5, 15), (4, 11))
        change = self.change()
        total = sum(row["points"] for row in change["rows"])
        self.assertAlmostEqual(total, change["total"]["points"], delta=1e-9)
        net = 100 * (34 - 16) / 50 - 100 * (17 - 23) / 40
        self.assertAlmostEqual(total, net, delta=1e-9)

    def test_own_scores_that_stay_leave_the_shares(self):
        self.give_both(self.agent, (16, 4), (48, 12))
        self.give_both(self.other, (5, 15), (5, 15))
        change = self.change()
        self.assertAlmostEqual(change["total"]["rate"], 0)
        self.assertGreater(change["total"]["mix"], 10)

    def test_what_moved_most_comes_first(self):
        self.give_both(self.agent, (10, 10), (11, 9))
        self.give_both(self.other, (2, 18), (18, 2))
        self.assertEqual([r["name"] for r in self.change()["rows"]], ["other", "agent"])

    def test_it_is_told_in_plain_words(self):
        self.give_both(self.agent, (10, 10), (20, 0))
        self.give_both(self.other, (10, 10), (10, 10))
        first, causes, movers = self.change()["sentences"]
        self.assertEqual(
            first,
            "The NPS rose from 0 (40 answers) to +50 (40 answers): +50.0 points, "
            "probably real.",
        )
        self.assertIn("+50.0 because the groups' own scores changed", causes)
        self.assertIn("agent +50.0, mostly by its own score", movers)

    def test_a_change_that_chance_makes_is_said_to_be_one(self):
        self.give_both(self.agent, (10, 10), (11, 9))
        self.assertIn("could be noise", self.change()["sentences"][0])

    def test_the_verdict_of_a_group_is_about_its_own_score(self):
        self.give_both(self.agent, (10, 10), (20, 0))
        self.give_both(self.other, (10, 10), (11, 9))
        rows = self.rows()
        self.assertEqual(rows["agent"]["sure"]["key"], "real")
        self.assertEqual(rows["other"]["sure"]["key"], "noise")

    def test_a_tree_is_split_where_it_first_parts(self):
        self.give_both(self.agent, (10, 10), (20, 0))
        self.give_both(self.other, (10, 10), (10, 10))
        self.assertEqual(set(self.rows(axis="organogram")), {"Support", "Sales"})

    # === WARNINGS === #

    def test_a_total_against_all_its_parts_is_warned_of(self):
        self.give_both(self.agent, (18, 2), (68, 12))
        self.give_both(self.other, (16, 64), (2, 18))
        change = self.change()
        self.assertGreater(change["total"]["points"], 0)
        self.assertIn("Simpson", change["warning"])

    def test_a_change_by_shares_against_the_own_scores_is_warned_of(self):
        self.give_both(self.agent, (18, 2), (60, 20))
        self.give_both(self.other, (16, 64), (5, 15))
        self.assertIn("own scores moved the other way", self.change()["warning"])

    def test_without_contradiction_there_is_no_warning(self):
        self.give_both(self.agent, (10, 10), (20, 0))
        self.assertEqual(self.change()["warning"], "")

    # === FEW === #

    def test_groups_of_less_than_ten_answers_stand_together(self):
        self.give_both(self.agent, (10, 10), (15, 5))
        small = [self.make_agent(login, self.sales) for login in ("one", "two")]
        for agent in small:
            self.give_both(agent, (2, 1), (1, 2))
        self.only = [("user_id", "in", (self.agent | small[0] | small[1]).ids)]
        change = self.change()
        together = [row for row in change["rows"] if row["key"] == "small"]
        self.assertEqual([row["now"]["answers"] for row in together], [6])
        self.assertIn("2 groups", together[0]["name"])

    def test_below_ten_answers_there_is_no_split(self):
        self.give_both(self.agent, (5, 4), (10, 10))
        change = self.change()
        self.assertIn("before: 9, and 20 now", change["obstacle"])
        self.assertEqual(change["offer"]["options"], {"period": "90_days"})
        self.assertEqual(change["rows"], [])

    def test_few_answers_now_need_a_longer_period(self):
        self.give_both(self.agent, (10, 10), (5, 4))
        self.assertIn("Choose a longer period", self.change()["obstacle"])

    # === WHERE NO SPLIT IS DEFINED === #

    def test_axes_whose_groups_overlap_are_not_split(self):
        change = self.change(axis="tag")
        self.assertIn("several of these groups", change["obstacle"])
        self.assertEqual(change["offer"]["options"], {"axis": "organogram"})

    def test_months_explain_no_change(self):
        self.assertIn("time explains nothing", self.change(axis="month")["obstacle"])

    def test_without_a_period_to_compare_with_it_says_what_to_choose(self):
        self.assertIn("Compared with", self.change(compare=False)["obstacle"])

    # === RIGHTS AND QUERIES === #

    def test_an_agent_sees_the_change_of_his_own_answers_only(self):
        self.give_both(self.agent, (10, 10), (20, 0))
        self.give_both(self.other, (10, 10), (10, 10))
        change = self.ask("get_change", user=self.agent, axis="agent", **PERIOD)
        self.assertEqual([row["name"] for row in change["rows"]], ["agent"])
        self.assertEqual(change["total"]["now"]["answers"], 20)

    def test_more_groups_take_no_more_queries(self):
        self.give_both(self.agent, (10, 10), (20, 0))
        few = self.queries("get_change", axis="agent", **PERIOD)
        more = [self.make_agent(login, self.sales) for login in ("one", "two")]
        for agent in more:
            self.give_both(agent, (10, 10), (10, 10))
        self.only = [("user_id", "in", [self.agent.id, *(one.id for one in more)])]
        self.assertEqual(self.queries("get_change", axis="agent", **PERIOD), few)
        self.assertLessEqual(few, 10)
