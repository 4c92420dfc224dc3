import doctest
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged

from ..tools import (
    associations,
    bands,
    chance,
    change,
    differences,
    intervals,
    power,
    silence,
    tendency,
)

COUNTS = st.tuples(*[st.integers(0, 500)] * 3)
WORLDS = 1500


def draw(dice, shares, answers):
    """Return (promoters, passives, detractors) of so many random answers."""
    drawn = dice.choices(range(3), shares, k=answers)
    return tuple(drawn.count(kind) for kind in range(3))


def sides_of(groups):
    """Return the counts of all groups together, before and now."""
    return [
        tuple(map(sum, zip(*side, strict=True))) for side in zip(*groups, strict=True)
    ]


def share_of(worlds, happens):
    return sum(map(happens, range(worlds))) / worlds


@tagged("post_install", "-at_install")
class TestInsightArithmetic(TransactionCase):
    def test_every_example_in_the_docstrings_holds(self):
        for module in (associations, bands, chance, change, power, silence, tendency):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertEqual(result.failed, 0)
                self.assertGreater(result.attempted, 0)

    # === POWER === #

    def test_the_smallest_change_is_found_four_times_in_five(self):
        dice, answers = random.Random(11), 200
        variance = power.answer_variance(70, 60, 70)
        step = power.smallest_change(variance, answers, answers) / 100 / 2
        # Around 0, so that both sides have the variance that is planned with.
        worse = (0.35 - step / 2, 0.3, 0.35 + step / 2)
        better = worse[::-1]

        def is_found(_world):
            sides = draw(dice, worse, answers), draw(dice, better, answers)
            return differences.net_difference(*sides).is_clear

        self.assertAlmostEqual(share_of(WORLDS, is_found), 0.8, delta=0.04)

    def test_so_many_answers_as_are_said_to_be_needed_show_the_change(self):
        variance = power.answer_variance(50, 30, 20)
        for points in (5, 10, 25):
            with self.subTest(points=points):
                enough = power.answers_needed(variance, points)
                shown = power.smallest_change(variance, enough, enough)
                less = power.smallest_change(variance, enough - 1, enough - 1)
                self.assertTrue(shown <= points < less)

    # === TREND === #

    def test_a_steady_score_is_called_a_trend_at_most_once_in_twenty(self):
        dice = random.Random(5)

        def is_called(_world):
            groups = [(x, draw(dice, (0.5, 0.3, 0.2), 40)) for x in range(12)]
            return tendency.tendency(groups).chance < 0.05

        self.assertLessEqual(share_of(WORLDS, is_called), 0.06)

    def test_a_steady_score_that_swings_by_month_is_no_trend_either(self):
        dice = random.Random(6)

        def month():
            step = dice.uniform(-0.15, 0.15)
            return draw(dice, (0.5 + step, 0.3, 0.2 - step), 300)

        def is_called(_world):
            groups = [(x, month()) for x in range(12)]
            return tendency.tendency(groups).chance < 0.05

        self.assertLessEqual(share_of(400, is_called), 0.12)

    def test_a_rising_score_is_found_and_its_slope_within_the_interval(self):
        dice = random.Random(7)
        found = []
        for _world in range(300):
            groups = [
                (x, draw(dice, (0.3 + 0.02 * x, 0.3, 0.4 - 0.02 * x), 60))
                for x in range(12)
            ]
            found.append(tendency.tendency(groups))
        self.assertGreater(sum(line.chance < 0.05 for line in found), 285)
        self.assertGreater(sum(line.low <= 4 <= line.high for line in found), 276)

    def test_months_without_answers_do_not_bend_the_line(self):
        groups = [(0, (5, 5, 5)), (1, (6, 5, 4)), (3, (8, 5, 2))]
        empty = [*groups, (2, (0, 0, 0)), (9, (0, 0, 0))]
        self.assertEqual(tendency.tendency(groups), tendency.tendency(empty))

    def test_of_equal_months_hardly_ever_one_stands_out(self):
        dice = random.Random(8)

        def is_marked(_world):
            groups = [draw(dice, (0.5, 0.3, 0.2), 50) for _month in range(12)]
            return min(tendency.standing_out(groups)) < 0.05

        self.assertLessEqual(share_of(600, is_marked), 0.07)

    # === CHANGE === #

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(st.lists(st.tuples(COUNTS, COUNTS), max_size=12))
    def test_the_parts_of_a_change_sum_to_it(self, groups):
        found = change.split(groups)
        sides = [
            tuple(map(sum, zip(*side, strict=True)))
            for side in zip(*groups, strict=True)
        ]
        if not groups or not all(map(sum, sides)):
            self.assertIsNone(found)
            return
        before, now = (intervals.net_score(*side) for side in sides)
        self.assertAlmostEqual(found.points, now - before, delta=1e-9)
        total = sum(part.points for part in found.parts)
        self.assertAlmostEqual(total, now - before, delta=1e-9)
        self.assertAlmostEqual(found.mix + found.rate, now - before, delta=1e-9)

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=8))
    def test_the_other_way_round_every_part_has_the_other_sign(self, groups):
        there = change.split(groups)
        back = change.split([(now, before) for before, now in groups])
        if there is None:
            self.assertIsNone(back)
            return
        for part, other in zip(there.parts, back.parts, strict=True):
            self.assertAlmostEqual(part.mix, -other.mix, delta=1e-9)
            self.assertAlmostEqual(part.rate, -other.rate, delta=1e-9)

    def test_a_new_group_and_one_that_is_gone_are_mix_only(self):
        found = change.split(
            [((5, 3, 2), (5, 3, 2)), ((0, 0, 0), (9, 0, 1)), ((1, 1, 8), (0, 0, 0))]
        )
        self.assertEqual([part.rate for part in found.parts], [0, 0, 0])
        self.assertGreater(found.parts[1].mix, 0)
        self.assertGreater(found.parts[2].mix, 0)

    def test_a_group_that_is_better_than_the_whole_counts_as_plus_when_it_grows(self):
        found = change.split([((9, 0, 1), (27, 0, 3)), ((1, 8, 1), (1, 8, 1))])
        self.assertGreater(found.parts[0].mix, 0)

    def test_one_part_that_moves_along_is_no_paradox(self):
        falls = ((9, 0, 1), (34, 0, 6))
        self.assertTrue(change.split([falls, ((8, 0, 32), (1, 0, 9))]).is_reversed)
        rises = ((8, 0, 32), (4, 0, 6))
        self.assertFalse(change.split([falls, rises]).is_reversed)

    # === GROUPS === #

    def test_groups_of_one_world_differ_once_in_twenty(self):
        dice = random.Random(9)

        def is_called(_world):
            groups = [draw(dice, (0.5, 0.3, 0.2), 40) for _group in range(5)]
            return associations.groups_chance(groups) < 0.05

        self.assertAlmostEqual(share_of(WORLDS, is_called), 0.05, delta=0.02)

    def test_bands_of_one_world_rise_or_fall_once_in_twenty(self):
        dice = random.Random(10)

        def is_called(_world):
            groups = [draw(dice, (0.5, 0.3, 0.2), 40) for _group in range(5)]
            return associations.bands_chance(groups) < 0.05

        self.assertLessEqual(share_of(WORLDS, is_called), 0.06)

    # === SILENCE === #

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(COUNTS, COUNTS)
    def test_whatever_the_silent_say_the_total_stays_within_the_bounds(
        self, counts, silent
    ):
        found = silence.bounds(*counts, sum(silent))
        everybody = [a + b for a, b in zip(counts, silent, strict=True)]
        if not sum(everybody):
            self.assertIsNone(found)
            return
        low, high = found
        self.assertTrue(low - 1e-9 <= intervals.net_score(*everybody) <= high + 1e-9)

    def test_at_the_turning_point_the_total_is_zero(self):
        point = silence.turning_point(50, 20, 100)
        self.assertAlmostEqual(50 - 20 + 100 * point / 100, 0)
