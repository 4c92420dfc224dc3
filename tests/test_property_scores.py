import statistics
from math import log, sqrt

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged

from ..tools import differences, figures, intervals, metrics, risk, showing, targets
from ..tools.chance import normal_chance
from ..tools.counts import Counts
from .common_property import (
    bands,
    counted,
    examples,
    metric_names,
    mirrored,
    scores_of,
    some_bands,
    times,
)

EPS = 1e-6


@tagged("post_install", "-at_install")
class TestPropertyBands(TransactionCase):
    """Every score lies in one band, and nothing but a score is one."""

    @examples()
    @given(metric_names, st.data())
    def test_a_higher_score_is_never_in_a_lower_band(self, metric, data):
        low, high = sorted(data.draw(scores_of(metric, min_size=2, max_size=2)))
        values = [metrics.NET_VALUES[metrics.category(metric, s)] for s in (low, high)]
        self.assertLessEqual(*values)

    @examples(20)
    @given(st.sampled_from(["ces", "csat"]), st.data())
    def test_effort_and_satisfaction_mirror_and_nps_is_the_strict_one(
        self, metric, data
    ):
        scale = metrics.SCALES[metric]
        [score] = data.draw(scores_of(metric, min_size=1, max_size=1))
        mirror = scale.lowest + scale.highest - score
        there, back = (
            metrics.NET_VALUES[metrics.category(metric, number)]
            for number in (score, mirror)
        )
        self.assertEqual(there, -back)
        answers = counted("nps", metrics.SCALES["nps"].scores)
        self.assertEqual(answers.bands, (2, 2, 7))

    @examples(200)
    @given(
        metric_names,
        st.one_of(
            st.text(max_size=4), st.integers(-3, 13).map(str), st.none(), st.floats()
        ),
    )
    def test_what_was_sent_is_a_score_only_when_it_is_written_like_one(self, metric, x):
        score = metrics.parse_score(metric, x)
        if score is None:
            self.assertNotIn(x, [str(s) for s in metrics.SCALES[metric].scores])
        else:
            self.assertEqual(str(score), x)
            self.assertIn(metrics.category(metric, score), metrics.CATEGORIES)


@tagged("post_install", "-at_install")
class TestPropertyCounts(TransactionCase):
    """Adding up: whoever counts in parts comes to what he gets who counts all."""

    @examples()
    @given(metric_names, st.data())
    def test_counts_of_parts_add_up_to_the_counts_of_the_whole(self, metric, data):
        parts = data.draw(st.lists(scores_of(metric, max_size=20), max_size=5))
        whole = counted(metric, [score for part in parts for score in part])
        order = data.draw(st.permutations(parts))
        self.assertEqual(sum([counted(metric, p) for p in order], Counts()), whole)

    @examples()
    @given(metric_names, st.data(), st.integers(0, 9))
    def test_net_mean_and_interval_are_those_of_the_single_answers(
        self, metric, data, silent
    ):
        scores = data.draw(scores_of(metric, min_size=5, max_size=40))
        counts = counted(metric, scores) + Counts(invited=silent)
        worth = [metrics.NET_VALUES[metrics.category(metric, s)] for s in scores]
        self.assertAlmostEqual(counts.net, statistics.fmean(worth))
        self.assertAlmostEqual(counts.mean, statistics.fmean(scores))
        low, high = counts.mean_interval
        error = statistics.stdev(scores) / sqrt(len(scores))
        self.assertAlmostEqual((low + high) / 2, statistics.fmean(scores))
        self.assertAlmostEqual(high - low, 2 * error * intervals.t95(len(scores) - 1))

    @examples()
    @given(some_bands, some_bands)
    def test_the_net_score_of_two_together_lies_between_theirs(self, left, right):
        low, high = sorted((Counts(*left).net, Counts(*right).net))
        both = Counts(*left) + Counts(*right)
        self.assertTrue(low - EPS <= both.net <= high + EPS)

    @examples(20)
    @given(st.integers(0, 50))
    def test_of_no_answers_there_is_no_number_and_no_zero(self, invited):
        counts = Counts(invited=invited)
        numbers = counts.net, counts.interval, counts.share, counts.share_interval
        for number in (*numbers, counts.mean, counts.mean_interval):
            self.assertIsNone(number)
        self.assertEqual(counts.rate, 0.0 if invited else None)


@tagged("post_install", "-at_install")
class TestPropertyIntervals(TransactionCase):
    """What is promised of intervals, whatever the counts."""

    @examples(200)
    @given(bands, st.booleans())
    def test_the_interval_holds_the_score_and_stays_on_the_scale(self, counts, strict):
        score = intervals.net_score(*counts)
        interval = intervals.net_interval(*counts, strict=strict)
        if not any(counts):
            self.assertIsNone(score)
            self.assertIsNone(interval)
            return
        self.assertTrue(-100 <= interval[0] <= score + EPS)
        self.assertTrue(score - EPS <= interval[1] <= 100)

    @examples()
    @given(some_bands, st.booleans())
    def test_swapping_promoters_and_detractors_mirrors_score_and_interval(
        self, counts, strict
    ):
        low, high = intervals.net_interval(*counts, strict=strict)
        other = intervals.net_interval(*mirrored(counts), strict=strict)
        self.assertAlmostEqual(low, -other[1])
        self.assertAlmostEqual(high, -other[0])
        score = intervals.net_score(*counts)
        self.assertEqual(score, -intervals.net_score(*mirrored(counts)))

    @examples()
    @given(some_bands, st.integers(2, 6), st.booleans())
    def test_more_answers_of_the_same_shares_make_it_narrower(self, counts, k, strict):
        assume(strict or sum(counts) >= intervals.FEWEST_FOR_WALD)
        few, many = (
            intervals.net_interval(*these, strict=strict)
            for these in (counts, times(counts, k))
        )
        self.assertLess(many[1] - many[0], few[1] - few[0])

    @examples()
    @given(some_bands, st.booleans())
    def test_one_more_promoter_lowers_neither_the_score_nor_an_end(
        self, counts, strict
    ):
        assume(strict or sum(counts) >= intervals.FEWEST_FOR_WALD)
        more = (counts[0] + 1, *counts[1:])
        self.assertGreaterEqual(
            intervals.net_score(*more), intervals.net_score(*counts)
        )
        before = intervals.net_interval(*counts, strict=strict)
        now = intervals.net_interval(*more, strict=strict)
        self.assertGreaterEqual(now[0], before[0] - EPS)
        self.assertGreaterEqual(now[1], before[1] - EPS)

    @examples(60)
    @given(some_bands, st.floats(-0.999, 0.999))
    def test_the_strict_interval_is_what_the_score_test_does_not_refuse(
        self, counts, t
    ):
        low, high = intervals.net_interval(*counts, strict=True)
        for end in (low, high):
            if abs(end) < 99.999:
                self.assertAlmostEqual(
                    abs(score_statistic(counts, end / 100)), intervals.Z95, places=3
                )
        assume(min(abs(100 * t - low), abs(100 * t - high)) > 0.01)
        is_within = abs(score_statistic(counts, t)) <= intervals.Z95
        self.assertEqual(is_within, low < 100 * t < high)

    @examples(60)
    @given(some_bands)
    def test_the_quick_interval_is_the_plain_one_with_three_more_answers(self, counts):
        weights = [n + more for n, more in zip(counts, (0.75, 1.5, 0.75), strict=True)]
        total = sum(weights)
        values = list(zip(weights, (100, 0, -100), strict=True))
        mean = sum(weight * value for weight, value in values) / total
        squares = sum(weight * (value - mean) ** 2 for weight, value in values)
        half = intervals.Z95 * sqrt(squares / total / total)
        low, high = intervals.adjusted_wald(*counts)
        self.assertAlmostEqual(low, max(-100, mean - half))
        self.assertAlmostEqual(high, min(100, mean + half))

    @examples(60)
    @given(st.tuples(*[st.integers(200, 2000)] * 3))
    def test_with_many_answers_both_methods_agree(self, counts):
        wald = intervals.adjusted_wald(*counts)
        strict = intervals.net_interval(*counts, strict=True)
        for left, right in zip(wald, strict, strict=True):
            self.assertAlmostEqual(left, right, delta=0.2)

    @examples(200)
    @given(st.integers(0, 500), st.integers(0, 500))
    def test_a_wilson_interval_solves_the_score_equation(self, hits, misses):
        total = hits + misses
        if not total:
            self.assertIsNone(intervals.wilson(hits, total))
            return
        low, high = intervals.wilson(hits, total)
        self.assertTrue(0 <= low <= 100 * hits / total + EPS)
        self.assertTrue(100 * hits / total - EPS <= high <= 100)
        for end in (low / 100, high / 100):
            gap = (hits / total - end) ** 2
            self.assertAlmostEqual(gap, intervals.Z95**2 * end * (1 - end) / total)
        other = intervals.wilson(misses, total)
        self.assertAlmostEqual(low, 100 - other[1])
        self.assertGreater(intervals.wilson(hits + 1, total + 1)[0], low - EPS)

    @examples()
    @given(st.integers(4, 2000))
    def test_a_t_quantile_falls_towards_the_normal_one(self, freedom):
        wide, narrow = intervals.t95(freedom), intervals.t95(freedom + 1)
        self.assertTrue(intervals.Z95 < narrow < wide)

    @examples()
    @given(some_bands, st.floats(-100, 100), st.floats(0, 50))
    def test_a_target_reached_is_reached_a_little_lower_and_by_a_mirror_missed(
        self, counts, target, less
    ):
        low, high = intervals.net_interval(*counts)
        verdict = targets.verdict(target, (low, high))
        if verdict == targets.REACHED:
            self.assertEqual(targets.verdict(target - less, (low, high)), verdict)
        if verdict == targets.MISSED:
            self.assertEqual(targets.verdict(target + less, (low, high)), verdict)
        if target not in (low, high):
            opposite = {targets.REACHED: targets.MISSED, targets.MISSED: "reached"}
            self.assertEqual(
                targets.verdict(-target, (-high, -low)),
                opposite.get(verdict, verdict),
            )


@tagged("post_install", "-at_install")
class TestPropertyDifferences(TransactionCase):
    """Comparing two numbers."""

    @examples(200)
    @given(bands, bands)
    def test_there_and_back_is_the_same_way(self, before, now):
        there = differences.net_difference(before, now)
        if not any(before) or not any(now):
            self.assertIsNone(there)
            return
        back = differences.net_difference(now, before)
        bad = differences.net_difference(mirrored(before), mirrored(now))
        self.assertTrue(-200 <= there.points <= 200)
        for other in (back, bad):
            self.assertAlmostEqual(there.points, -other.points)
            self.assertAlmostEqual(there.low, -other.high)
            self.assertAlmostEqual(there.p_value, other.p_value)

    @examples(200)
    @given(some_bands, some_bands)
    def test_it_is_clear_exactly_when_chance_is_below_one_in_twenty(self, before, now):
        moved = differences.net_difference(before, now)
        assume(abs(moved.p_value - 0.05) > 1e-9)
        self.assertEqual(moved.is_clear, moved.p_value < 0.05)
        self.assertTrue(0 <= moved.p_value <= 1)

    @examples()
    @given(some_bands, some_bands)
    def test_the_rule_for_companies_at_risk_tests_the_same(self, before, now):
        points, z = risk.net_change(risk.Counts(*before), risk.Counts(*now))
        moved = differences.net_difference(before, now)
        self.assertAlmostEqual(points, moved.points)
        self.assertAlmostEqual(normal_chance(z), moved.p_value)

    @examples()
    @given(some_bands, st.integers(1, 6), st.integers(1, 6))
    def test_the_same_shares_are_never_a_clear_difference(self, counts, left, right):
        moved = differences.net_difference(times(counts, left), times(counts, right))
        self.assertAlmostEqual(moved.points, 0)
        self.assertFalse(moved.is_clear)

    @examples()
    @given(some_bands, some_bands, st.integers(2, 5))
    def test_what_is_clear_stays_clear_with_more_answers(self, before, now, k):
        assume(differences.net_difference(before, now).is_clear)
        more = differences.net_difference(times(before, k), times(now, k))
        self.assertTrue(more.is_clear)

    @examples()
    @given(st.tuples(*[st.integers(0, 300)] * 4))
    def test_shares_differ_as_much_when_misses_are_counted(self, numbers):
        a, b, c, d = numbers
        hits = differences.share_difference((a, a + b), (c, c + d))
        misses = differences.share_difference((b, a + b), (d, c + d))
        if not (a + b and c + d):
            self.assertIsNone(hits)
            return
        self.assertAlmostEqual(hits.points, -misses.points)
        self.assertAlmostEqual(hits.low, -misses.high)
        self.assertTrue(-100 <= hits.points <= 100)


@tagged("post_install", "-at_install")
class TestPropertyFigures(TransactionCase):
    """What may be shown: nothing of four answers, no score of nine."""

    @examples(200)
    @given(metric_names, st.data(), st.integers(0, 30))
    def test_a_figure_tells_what_its_answers_allow_and_no_more(
        self, metric, data, silent
    ):
        scores = data.draw(scores_of(metric, max_size=35))
        counts = counted(metric, scores) + Counts(invited=silent)
        shown = figures.figure(metric, counts)
        has = {name for name, value in shown.items() if value is not None}
        self.assertEqual("net" in has, len(scores) >= 10)
        self.assertEqual("promoters" in has, len(scores) >= 5)
        self.assertEqual("rate" in has, len(scores) + silent >= 10)
        if "net" in has:
            self.assertTrue(shown["low"] <= shown["net"] <= shown["high"])
            self.assertIn(shown["grade"], "ABCD")
        else:
            numbers = {"net", "low", "high", "grade", "share", "mean", "mean_low"}
            self.assertFalse(has & numbers)

    @examples()
    @given(some_bands, st.integers(2, 6))
    def test_more_answers_of_the_same_shares_never_get_a_worse_grade(self, counts, k):
        assume(sum(counts) >= intervals.FEWEST_FOR_WALD)
        grades = [
            showing.grade(*intervals.net_interval(*these))
            for these in (counts, times(counts, k))
        ]
        self.assertGreaterEqual(*grades)

    @examples()
    @given(some_bands, some_bands)
    def test_a_change_is_told_only_where_both_sides_have_a_number(self, before, now):
        shown, moved = figures.change(Counts(*before), Counts(*now))
        is_told = min(sum(before), sum(now)) >= 10
        self.assertEqual(moved is not None, is_told)
        self.assertEqual(shown["points"] is not None, is_told)
        self.assertEqual(shown["before"]["n"], sum(before))


def score_statistic(counts, t):
    """Return z of the score test that the net score is ``t``, by search alone.

    The detractors' share that makes the counts likeliest under it is looked for step by
    step, and not taken from the closed form.
    """
    promoters, passives, detractors = counts
    answers = sum(counts)

    def likelihood(down):
        shares = (promoters, down + t), (passives, 1 - t - 2 * down), (detractors, down)
        return sum(n * log(max(share, 1e-300)) for n, share in shares if n)

    low, high = max(0.0, -t), (1 - t) / 2
    for _step in range(200):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        if likelihood(left) < likelihood(right):
            low = left
        else:
            high = right
    down = (low + high) / 2
    spread = answers * (2 * down + t - t * t)
    return (promoters - detractors - answers * t) / sqrt(max(spread, 1e-300))
