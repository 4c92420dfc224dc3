import random
import statistics

from odoo.tests import TransactionCase, tagged

from ..tools import intervals, shrinkage

SIZES = (5, 6, 8, 12, 20, 40, 80)
PASSIVE = 0.3
"""The share of passives in the simulated worlds."""


def answers_of(rng, truth, size):
    """Draw answers whose expected net score is ``truth``."""
    promoter = (1 - PASSIVE + truth / 100) / 2
    counts = [0, 0, 0]
    for _answer in range(size):
        drawn = rng.random()
        counts[0 if drawn < promoter else 1 if drawn < promoter + PASSIVE else 2] += 1
    return tuple(counts)


def world(rng, spread, agents=10):
    """Return what is true of each agent, and his answers."""
    truths = [max(-65, min(65, rng.gauss(30, spread))) for _agent in range(agents)]
    return truths, [answers_of(rng, truth, rng.choice(SIZES)) for truth in truths]


@tagged("post_install", "-at_install")
class TestShrinkage(TransactionCase):
    """Against worlds of which the truth is known. The seeds are fixed."""

    def worlds(self, spread, count=100):
        rng = random.Random(f"shrinkage {spread}")
        for _number in range(count):
            truths, groups = world(rng, spread)
            raw = [intervals.net_score(*group) for group in groups]
            yield truths, raw, shrinkage.shrink(groups).groups

    @staticmethod
    def right_pairs(truths, scores):
        """Count the pairs that stand in their true order."""
        return sum(
            (truths[i] - truths[j]) * (scores[i] - scores[j]) > 0
            for i in range(len(truths))
            for j in range(i)
        )

    def test_the_order_is_right_more_often_than_by_raw_scores(self):
        for spread in (5, 15, 25):
            with self.subTest(spread=spread):
                by_raw = by_shrunken = 0
                for truths, raw, shrunken in self.worlds(spread):
                    by_raw += self.right_pairs(truths, raw)
                    scores = [group.score for group in shrunken]
                    by_shrunken += self.right_pairs(truths, scores)
                self.assertGreater(by_shrunken, by_raw)

    def test_the_one_on_top_is_better_than_the_one_on_top_by_raw_scores(self):
        for spread in (15, 25):
            with self.subTest(spread=spread):
                top_raw, top_shrunken = [], []
                for truths, raw, shrunken in self.worlds(spread):
                    everyone = range(len(truths))
                    top_raw.append(truths[max(everyone, key=lambda i: raw[i])])
                    best = max(everyone, key=lambda i: shrunken[i].score)
                    top_shrunken.append(truths[best])
                better = statistics.mean(top_shrunken) - statistics.mean(top_raw)
                self.assertGreater(better, 0)

    def test_it_is_nearer_to_the_truth_than_the_raw_score(self):
        for spread in (5, 15, 25):
            with self.subTest(spread=spread):
                raw_error = shrunken_error = 0
                for truths, raw, shrunken in self.worlds(spread):
                    for truth, score, group in zip(truths, raw, shrunken, strict=True):
                        raw_error += (score - truth) ** 2
                        shrunken_error += (group.score - truth) ** 2
                self.assertLess(shrunken_error, 0.8 * raw_error)

    def test_the_interval_holds_the_truth_about_as_often_as_it_says(self):
        for spread in (5, 15, 25):
            with self.subTest(spread=spread):
                held = [
                    group.low <= truth <= group.high
                    for truths, _raw, shrunken in self.worlds(spread)
                    for truth, group in zip(truths, shrunken, strict=True)
                ]
                self.assertGreater(statistics.mean(held), 0.9)
                self.assertLess(statistics.mean(held), 0.99)

    def test_every_score_and_its_interval_stay_in_range(self):
        worst, best = shrinkage.shrink([(0, 0, 5), (500, 0, 0)]).groups
        self.assertTrue(-100 <= worst.low <= worst.score <= worst.high <= 100)
        self.assertTrue(-100 <= best.low <= best.score <= best.high <= 100)

    def test_answers_that_all_agree_leave_a_doubt(self):
        (group,) = shrinkage.shrink([(6, 0, 0)]).groups
        self.assertEqual(group.score, 100)
        self.assertGreater(group.deviation, 0)
        self.assertLess(group.low, 100)

    def test_more_of_the_same_answers_are_drawn_less(self):
        rest = (40, 30, 30)
        scores = [
            shrinkage.shrink([(8 * times, times, times), rest]).groups[0].score
            for times in (1, 3, 30)
        ]
        self.assertEqual(scores, sorted(scores))
        self.assertLess(scores[-1], 70)

    def test_of_a_group_without_answers_the_mean_is_expected_and_little_known(self):
        found = shrinkage.shrink([(0, 0, 0), (30, 10, 10), (20, 20, 10)])
        unknown, first, _second = found.groups
        self.assertAlmostEqual(unknown.score, found.mean)
        self.assertGreater(unknown.deviation, first.deviation)
        self.assertEqual(unknown.answers, 0)

    def test_equal_groups_are_equal(self):
        first, second = shrinkage.shrink([(6, 2, 2), (6, 2, 2)]).groups
        self.assertEqual(first, second)
        self.assertTrue(first.is_tied_with(second))
