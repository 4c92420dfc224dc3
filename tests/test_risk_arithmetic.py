import random
from itertools import permutations

from odoo.tests import TransactionCase, tagged

from ..tools import intervals, risk

CUSTOMERS = 1_000


@tagged("post_install", "-at_install")
class TestRiskArithmetic(TransactionCase):
    def test_the_chance_of_a_fall_is_that_among_all_orders(self):
        for scores in ((4, 3, 2, 1), (9, 9, 7, 4, 7), (10, 8, 8, 8, 3, 0), (5, 5, 5)):
            with self.subTest(scores=scores):
                falls = [_falls(order) for order in permutations(scores)]
                share = sum(n >= _falls(scores) for n in falls) / len(falls)
                self.assertAlmostEqual(risk.fall_chance(scores), share, places=12)

    def test_the_change_of_net_scores_is_that_of_the_adjusted_means(self):
        before, now = risk.Counts(20, 10, 5), risk.Counts(6, 6, 9)
        change, z = risk.net_change(before, now)
        self.assertAlmostEqual(
            change, intervals.net_score(*now) - intervals.net_score(*before)
        )
        widths = [high - low for low, high in (_wald(before), _wald(now))]
        middles = [sum(_wald(counts)) / 2 for counts in (before, now)]
        error = sum((width / 2 / intervals.Z95) ** 2 for width in widths) ** 0.5
        self.assertAlmostEqual(z, (middles[1] - middles[0]) / error)


@tagged("post_install", "-at_install")
class TestFalseFlags(TransactionCase):
    """Customers who do not change are flagged rarely.

    Measured in this seeded world, at any moment: 2 % of customers whose answers
    scatter around a level of their own (standard deviation 1.5) count as falling; 5 %
    of those who answer each ask with a chance of their own (mean 1/3) count as silent;
    2 % of companies whose answers come from one distribution count as fallen. A flag
    goes when the facts do, so over many answers more customers have been flagged once:
    after twenty answers three in ten as falling.
    """

    def setUp(self):
        super().setUp()
        self.random = random.Random(20)

    def share(self, flags):
        flags = list(flags)
        return sum(flags) / len(flags)

    def test_answers_that_only_scatter_seldom_fall(self):
        self.assertLess(self.share(self.scattering()), 0.03)

    def scattering(self):
        for _customer in range(CUSTOMERS):
            level, scores = self.random.gauss(8, 1.5), []
            for _answer in range(20):
                score = round(self.random.gauss(level, 1.5))
                scores.append(max(0, min(10, score)))
                yield risk.is_falling("nps", scores)

    def test_who_answers_now_and_then_is_seldom_silent(self):
        self.assertLess(self.share(self.now_and_then()), 0.06)

    def now_and_then(self):
        for _customer in range(CUSTOMERS):
            chance, asks = self.random.betavariate(2, 4), []
            for _ask in range(30):
                asks.append(self.random.random() < chance)
                ignored = next((n for n, a in enumerate(asks[::-1]) if a), None)
                yield ignored is not None and risk.is_silent(
                    len(asks), sum(asks), ignored, limit=3
                )

    def test_a_company_without_change_seldom_falls(self):
        self.assertLess(self.share(self.unchanging()), 0.035)

    def unchanging(self):
        for _company in range(CUSTOMERS):
            up = self.random.uniform(0.3, 0.8)
            weights = (up, (1 - up) / 2, (1 - up) / 2)
            yield risk.has_fallen(
                self.counts(weights, self.random.randint(10, 120)),
                self.counts(weights, self.random.randint(10, 40)),
            )

    def counts(self, weights, answers):
        drawn = self.random.choices(range(3), weights, k=answers)
        return risk.Counts(*(drawn.count(category) for category in range(3)))

    def test_customers_who_do_change_are_found(self):
        found = [risk.is_falling("nps", self.decline()) for _n in range(CUSTOMERS)]
        self.assertGreater(self.share(found), 0.8)

    def decline(self):
        """Return eight answers that fall by a point each, and scatter by 1.5."""
        scores = [round(self.random.gauss(10 - n, 1.5)) for n in range(8)]
        return [max(0, min(10, score)) for score in scores]


def _falls(scores):
    pairs = [(a, b) for n, a in enumerate(scores) for b in scores[n + 1 :]]
    return sum(b < a for a, b in pairs)


def _wald(counts):
    return intervals.adjusted_wald(*counts)
