from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ..tools import intervals, metrics
from .common import NpsCommon

WITH = ("net_score_all:avg", "answers_all:sum", "net_all_low:avg", "net_all_high:avg")
WITHOUT = ("net_score:avg", "answered:sum", "net_low:avg", "net_high:avg")


@tagged("post_install", "-at_install")
class TestReportExclusions(NpsCommon):
    """Every number with and without the answers that are excluded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")
        cls.other = cls.make_agent("other", cls.sales)
        cls.given = {
            cls.agent: [10] * 9 + [7] * 3 + [0] * 4,
            cls.other: [9] * 6 + [8] * 2 + [3] * 7,
        }
        for user, scores in cls.given.items():
            for score in scores:
                cls.answer(cls.pick(user=user), score)
        cls.pick()._on_handed_over()

    def exclude(self, user, score, count):
        responses = self.env["nps.response"].search(
            [("user_id", "=", user.id), ("score", "=", score)], limit=count
        )
        responses.with_user(self.analyst).action_exclude("abusive", "Insults")

    def measure(self, aggregates, groupby=()):
        agents = self.agent | self.other
        return self.env["nps.report"]._read_group(
            [("user_id", "in", agents.ids)], groupby, list(aggregates)
        )

    def assertNumbers(self, numbers, scores):
        """Check score, count and interval against a recount in Python."""
        found = [metrics.category("nps", score) for score in scores]
        counts = [found.count(category) for category in metrics.CATEGORIES]
        expected = (
            intervals.net_score(*counts),
            len(scores),
            *intervals.adjusted_wald(*counts),
        )
        for number, wanted in zip(numbers, expected, strict=True):
            self.assertAlmostEqual(number, wanted, places=6)

    def test_without_exclusions_both_numbers_are_the_same(self):
        [with_all] = self.measure(WITH)
        [without] = self.measure(WITHOUT)
        self.assertEqual(with_all, without)

    def test_every_level_is_right_with_and_without(self):
        self.exclude(self.agent, 0, 2)
        self.exclude(self.other, 3, 4)
        rest = {
            self.agent: [10] * 9 + [7] * 3 + [0] * 2,
            self.other: [9] * 6 + [8] * 2 + [3] * 3,
        }
        for aggregates, scores in ((WITH, self.given), (WITHOUT, rest)):
            [total] = self.measure(aggregates)
            with self.subTest(aggregates=aggregates, level="total"):
                self.assertNumbers(total, [s for u in scores.values() for s in u])
            for user, *numbers in self.measure(aggregates, ["user_id"]):
                with self.subTest(aggregates=aggregates, level=user.login):
                    self.assertNumbers(numbers, scores[user])

    def test_excluded_answers_are_counted_where_they_are(self):
        self.exclude(self.agent, 0, 2)
        rows = dict(self.measure(["excluded:sum"], ["user_id"]))
        self.assertEqual(rows, {self.agent: 2, self.other: 0})
        self.assertEqual(
            dict(self.measure(["excluded:sum"], ["excluded_reason"])),
            {"abusive": 2, False: 0},
        )

    def test_the_mean_score_too_is_there_with_and_without(self):
        self.exclude(self.agent, 0, 4)
        domain = [("user_id", "=", self.agent.id)]
        [means] = self.env["nps.report"]._read_group(
            domain, [], ["score:avg", "score_all:avg"]
        )
        self.assertAlmostEqual(means[0], 111 / 12)
        self.assertAlmostEqual(means[1], 111 / 16)

    def test_counting_again_brings_the_number_back(self):
        [before] = self.measure(WITHOUT)
        self.exclude(self.agent, 0, 2)
        excluded = self.env["nps.response"].search([("state", "=", "excluded")])
        excluded.with_user(self.analyst).action_readmit()
        self.assertEqual(self.measure(WITHOUT), [before])

    def test_an_interaction_is_one_row_whatever_was_decided(self):
        self.exclude(self.agent, 0, 2)
        [(rows, interactions)] = self.measure(["__count", "interactions:sum"])
        self.assertEqual((rows, interactions), (32, 32))

    def test_an_excluded_answer_is_no_answer_in_the_ordinary_columns(self):
        self.exclude(self.agent, 0, 1)
        [row] = self.env["nps.report"].search([("excluded", "=", 1)])
        self.assertIs(row.score, False)
        self.assertFalse(row.category)
        self.assertEqual((row.score_all, row.excluded_by_id), (0, self.analyst))

    def test_a_row_has_no_interval_of_its_own(self):
        report = self.env["nps.report"]
        self.env.cr.execute(
            SQL("SELECT net_all_low, net_all_high FROM (%s) q", report._table_query)
        )
        self.assertEqual(set(self.env.cr.fetchall()), {(None, None)})

    def test_below_ten_answers_there_is_no_interval(self):
        self.exclude(self.agent, 0, 4)
        domain = [("user_id", "=", self.agent.id), ("score_all", "!=", 10)]
        [(low, high)] = self.env["nps.report"]._read_group(
            domain, [], ["net_all_low:avg", "net_all_high:avg"]
        )
        self.assertFalse(low or high)

    def test_the_favorite_shows_both(self):
        favorite = self.env.ref("nps.nps_report_filter_exclusions")
        context = safe_eval(favorite.context)
        fields = self.env["nps.report"]._fields
        aggregates = [f"{m}:{fields[m].aggregator}" for m in context["pivot_measures"]]
        groups = self.env["nps.report"]._read_group(
            safe_eval(favorite.domain), context["pivot_row_groupby"], aggregates
        )
        self.assertTrue(groups)

    def test_the_guesses_report_leaves_excluded_answers_out(self):
        response = self.answer(self.pick(guess=9), 1)
        domain = [("user_id", "=", self.agent.id)]
        self.assertEqual(self.env["nps.guess.report"].search(domain).pairs, 1)
        response.with_user(self.analyst).action_exclude("test", "Our own test")
        self.assertFalse(self.env["nps.guess.report"].search(domain))
