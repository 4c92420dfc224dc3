from itertools import permutations
from math import comb, exp

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged

from ..tools import chance, exact_test, intervals, power, silence, verdicts
from .common_property import bands as any_bands
from .common_property import examples, some_bands, times

EPS = 1e-6
p_values = st.lists(st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.01, 1.0])))


@tagged("post_install", "-at_install")
class TestPropertyChance(TransactionCase):
    """What chance alone makes."""

    sides = st.tuples(*[st.integers(0, 25)] * 4)

    @examples()
    @given(sides)
    def test_the_exact_test_is_the_share_of_all_ways_to_deal(self, sides):
        hits, misses, other_hits, other_misses = sides
        total, other = hits + misses, other_hits + other_misses
        drawn = hits + other_hits
        ways = sum(
            comb(total, k) * comb(other, drawn - k)
            for k in range(hits, min(total, drawn) + 1)
        )
        found = exact_test.fisher_greater(hits, total, other_hits, other)
        self.assertAlmostEqual(found, ways / comb(total + other, drawn))
        # A value that a table has is one that tables can have.
        self.assertAlmostEqual(
            exact_test.attainable(found, total, other, drawn), found, places=6
        )

    @examples()
    @given(sides, st.floats(0, 1))
    def test_what_can_be_attained_is_never_more_than_was_asked(self, sides, p):
        a, b, c, d = sides
        found = exact_test.attainable(p, a + b, c + d, a + c)
        self.assertTrue(0 <= found <= p * (1 + 1e-6))

    @examples(200)
    @given(p_values, st.data())
    def test_adjusting_for_many_looks_keeps_the_order_and_favours_nobody(
        self, ps, data
    ):
        found = verdicts.adjusted(ps)
        # Written twice, for marks and for words: they must agree.
        for one, other in zip(found, exact_test.false_discovery(ps), strict=True):
            self.assertAlmostEqual(one, other)
        for p, adjusted in zip(ps, found, strict=True):
            self.assertTrue(p <= adjusted + EPS and adjusted <= 1)
        for (p, left), (q, right) in permutations(zip(ps, found, strict=True), 2):
            self.assertTrue(p > q or left <= right)
        order = data.draw(st.permutations(range(len(ps))))
        shuffled = verdicts.adjusted([ps[place] for place in order])
        self.assertEqual(shuffled, [found[place] for place in order])

    @examples()
    @given(p_values, st.data())
    def test_what_could_not_be_tested_weighs_nothing(self, ps, data):
        place = data.draw(st.integers(0, len(ps)))
        found = verdicts.adjusted([*ps[:place], None, *ps[place:]])
        self.assertIsNone(found.pop(place))
        self.assertEqual(found, verdicts.adjusted(ps))

    @examples()
    @given(st.floats(0, 12), st.floats(0, 3), st.integers(1, 30))
    def test_chances_fall_and_agree_with_each_other(self, z, more, freedom):
        self.assertAlmostEqual(
            chance.normal_chance(z), chance.chi_square_chance(z * z, 1)
        )
        self.assertAlmostEqual(chance.chi_square_chance(z, 2), exp(-z / 2))
        near, far = (chance.chi_square_chance(x, freedom) for x in (z, z + more))
        self.assertTrue(0 <= far <= near + EPS and near <= 1)

    @examples()
    @given(some_bands, st.floats(0.5, 150), st.floats(0.5, 400))
    def test_so_many_answers_as_a_change_needs_are_enough_and_not_one_less(
        self, counts, points, per_period
    ):
        variance = power.answer_variance(*counts)
        needed = power.answers_needed(variance, points)
        self.assertLessEqual(
            power.smallest_change(variance, needed, needed), points * (1 + EPS)
        )
        if needed > 1:
            fewer = power.smallest_change(variance, needed - 1, needed - 1)
            self.assertGreater(fewer, points * (1 - EPS))
        periods = power.periods_needed(variance, points, per_period)
        self.assertGreaterEqual(periods * per_period, needed - EPS)
        self.assertLess((periods - 1) * per_period, needed)

    @examples(200)
    @given(any_bands, any_bands)
    def test_the_bounds_hold_whatever_the_silent_would_have_said(self, heard, silent):
        found = silence.bounds(*heard, sum(silent))
        if not any(heard) and not any(silent):
            self.assertIsNone(found)
            return
        everybody = [a + b for a, b in zip(heard, silent, strict=True)]
        truth = intervals.net_score(*everybody)
        self.assertTrue(found[0] - EPS <= truth <= found[1] + EPS)
        for end, extreme in zip(found, ((0, 0, 1), (1, 0, 0)), strict=True):
            all_of_them = times(extreme, sum(silent))
            everybody = [a + b for a, b in zip(heard, all_of_them, strict=True)]
            self.assertAlmostEqual(end, intervals.net_score(*everybody))

    @examples()
    @given(any_bands, st.integers(0, 600))
    def test_at_the_turning_point_of_the_silent_everybody_is_at_0(self, heard, silent):
        promoters, passives, detractors = heard
        point = silence.turning_point(promoters, detractors, silent)
        if point is None:
            # Then not even all of them could do it.
            self.assertTrue(not silent or abs(promoters - detractors) > silent)
            return
        self.assertTrue(-100 <= point <= 100)
        self.assertAlmostEqual(point * silent + 100 * (promoters - detractors), 0)
