import random

from odoo.tests import tagged
from odoo.tools import SQL

from ..tools import intervals, metrics
from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestReport(NpsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_agent("other", cls.sales)

    def ask(self, user, scores, unanswered=0):
        for score in scores:
            self.answer(self.pick(user=user), score)
        for _silent in range(unanswered):
            self.pick(user=user)._on_handed_over()

    def measure(self, aggregates, groupby=()):
        agents = self.agent | self.other
        return self.env["nps.report"]._read_group(
            [("user_id", "in", agents.ids)], groupby, aggregates
        )

    def test_ten_nine_and_seven_make_a_net_score_of_two_thirds(self):
        self.ask(self.agent, [10, 9, 7])
        ((score,),) = self.measure(["net_score:avg"])
        self.assertAlmostEqual(score, 200 / 3)

    def test_the_silent_and_the_worst_are_not_the_same(self):
        self.ask(self.agent, [10], unanswered=2)
        ((score, mean, rate),) = self.measure(
            ["net_score:avg", "score:avg", "response_rate:avg"]
        )
        self.assertEqual((score, mean), (100, 10))
        self.assertAlmostEqual(rate, 100 / 3)

    def test_a_score_of_zero_counts_as_the_worst_answer(self):
        self.ask(self.agent, [0])
        ((score, mean, answers),) = self.measure(
            ["net_score:avg", "score:avg", "answered:sum"]
        )
        self.assertEqual((score, mean, answers), (-100, 0, 1))

    def test_without_answers_there_is_no_number(self):
        self.ask(self.agent, [], unanswered=1)
        ((score, mean),) = self.measure(["net_score:avg", "score:avg"])
        self.assertFalse(score)
        self.assertFalse(mean)

    def test_who_was_not_asked_is_not_in_the_response_rate(self):
        self.ask(self.agent, [9])
        self.customer.email = False
        self.pick()
        ((asked, rate),) = self.measure(["invited:sum", "response_rate:avg"])
        self.assertEqual((asked, rate), (1, 100))

    def test_a_corrected_answer_counts_once_with_its_last_score(self):
        invitation = self.pick()
        self.answer(invitation, 10)
        self.answer(invitation, 2, change=True)
        ((score, answers),) = self.measure(["net_score:avg", "answered:sum"])
        self.assertEqual((score, answers), (-100, 1))

    def test_the_interval_of_every_group_and_of_the_total_comes_from_its_own_counts(
        self,
    ):
        self.ask(self.agent, [10] * 9 + [0] * 2)
        self.ask(self.other, [7] * 4 + [9] * 6 + [3] * 3)
        expected = {self.agent: (9, 0, 2), self.other: (6, 4, 3)}
        ends = ["net_low:avg", "net_high:avg"]
        for user, low, high in self.measure(ends, ["user_id"]):
            with self.subTest(user=user.login):
                wanted = intervals.adjusted_wald(*expected[user])
                self.assertAlmostEqual(low, wanted[0], places=6)
                self.assertAlmostEqual(high, wanted[1], places=6)
        ((low, high),) = self.measure(ends)
        wanted = intervals.adjusted_wald(15, 4, 5)
        self.assertAlmostEqual(low, wanted[0], places=6)
        self.assertAlmostEqual(high, wanted[1], places=6)

    def test_a_single_answer_has_no_interval(self):
        self.ask(self.agent, [0])
        row = self.env["nps.report"].search([("user_id", "=", self.agent.id)])
        self.assertEqual((row.net_score, row.net_low, row.net_high), (-100, 0, 0))
        self.env.cr.execute(
            SQL("SELECT net_low, net_high FROM (%s) q", row._table_query)
        )
        self.assertEqual(set(self.env.cr.fetchall()), {(None, None)})

    def test_below_ten_answers_there_is_no_interval(self):
        self.ask(self.agent, [10] * 9)
        ((low, high),) = self.measure(["net_low:avg", "net_high:avg"])
        self.assertFalse(low or high)

    def test_the_total_is_not_the_mean_of_its_parts(self):
        self.ask(self.agent, [10, 10, 10])
        self.ask(self.other, [0])
        rows = dict(self.measure(["net_score:avg"], ["user_id"]))
        self.assertEqual(rows, {self.agent: 100, self.other: -100})
        ((total,),) = self.measure(["net_score:avg"])
        self.assertEqual(total, 50)

    def test_every_level_equals_a_naive_recount(self):
        dice = random.Random(7)
        given = {
            user: [dice.randint(0, 10) for _n in range(12)]
            for user in (self.agent, self.other)
        }
        for user, scores in given.items():
            self.ask(user, scores, unanswered=3)
        for user, score in self.measure(["net_score:avg"], ["user_id"]):
            with self.subTest(user=user.login):
                categories = [metrics.category("nps", s) for s in given[user]]
                counts = [categories.count(c) for c in metrics.CATEGORIES]
                self.assertAlmostEqual(score, intervals.net_score(*counts), places=9)
