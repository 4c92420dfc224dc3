import random
from statistics import fmean

from odoo.tests import TransactionCase, tagged

from ..tools import recovery
from ..tools.recovery import Pair

WORLDS = 300
BAD_DAYS = 1.8
"""Standard deviation of an answer around the customer's true mood, in points."""


def answer(dice, mood):
    return max(0, min(10, round(mood + dice.gauss(0, BAD_DAYS))))


def unhappy_customers(dice):
    """Yield (earlier score, first unhappy score, later score); moods never change."""
    while True:
        mood = dice.gauss(7.5, 2)
        first = answer(dice, mood)
        if first <= 6:
            yield answer(dice, mood), first, answer(dice, mood)


def rather_the_lowest(_earlier, first):
    """Return the chance of a case: as a rule for the lowest scores gives it."""
    return 0.6 if first <= 3 else 0.15


def rather_the_formerly_happy(earlier, _first):
    return 0.6 if earlier >= 7 else 0.15


def world(seed, treated=200, controls=600, lift=0, chance=rather_the_lowest):
    """Return the pairs of an invented company in which cases do what ``lift`` says.

    :param lift: so many net points are added to those with a case, exactly
    :param chance: function of earlier and first score that gives the chance of a case
    """
    dice = random.Random(seed)
    wanted, sides = {True: treated, False: controls}, {True: [], False: []}
    for earlier, first, later in unhappy_customers(dice):
        has_case = dice.random() < chance(earlier, first)
        kind = "happy" if earlier >= 7 else "unhappy"
        if len(sides[has_case]) < wanted[has_case]:
            sides[has_case].append(Pair("nps", first, later, has_case, kind))
        elif all(len(sides[side]) >= wanted[side] for side in sides):
            break
    lift_some(dice, sides[True], round(lift / 100 * treated))
    return sides[True] + sides[False]


def lift_some(dice, pairs, number):
    """Lift the later answers of some by one category."""
    could_rise = [n for n, pair in enumerate(pairs) if pair.later < 9]
    for n in dice.sample(could_rise, number):
        pairs[n] = pairs[n]._replace(later=9 if pairs[n].later >= 7 else 7)


def forget_kind(pairs):
    return [pair._replace(kind="") for pair in pairs]


def effects(worlds=WORLDS, **values):
    """Return the effects that are found in many worlds."""
    found = (recovery.compare(forget_kind(world(n, **values))) for n in range(worlds))
    return [comparison.effect for comparison in found if comparison.effect]


def share(signs):
    signs = list(signs)
    return sum(signs) / len(signs)


@tagged("post_install", "-at_install")
class TestRecoveryInInventedWorlds(TransactionCase):
    """Where it is known what cases do, the comparison says so."""

    def test_where_cases_do_nothing_customers_rise_all_the_same(self):
        changes = [recovery.compare(world(n)).treated.net_change for n in range(20)]
        self.assertTrue(all(change.low > 20 for change in changes))

    def test_where_cases_do_nothing_also_both_sides_as_a_whole_differ(self):
        gaps = []
        for n in range(50):
            found = recovery.compare(world(n))
            gaps.append(
                found.treated.net_change.value - found.controls.net_change.value
            )
        self.assertLess(fmean(gaps), -8)

    def test_where_cases_do_nothing_95_of_100_intervals_cover_0(self):
        for sizes in ((200, 600), (50, 150), (20, 60)):
            with self.subTest(sizes=sizes):
                found = effects(treated=sizes[0], controls=sizes[1])
                self.assertGreaterEqual(len(found), 0.98 * WORLDS)
                covers = share(effect.low <= 0 <= effect.high for effect in found)
                self.assertTrue(0.91 <= covers <= 0.99, covers)
                self.assertAlmostEqual(fmean(e.value for e in found), 0, delta=4)

    def test_planted_20_points_are_found(self):
        found = recovery.compare(forget_kind(world(1, lift=20))).effect
        self.assertEqual(found.verdict, "more")
        self.assertTrue(found.low <= 20 <= found.high)

    def test_planted_20_points_are_found_in_nearly_nine_of_ten_worlds(self):
        found = effects(100, lift=20)
        self.assertGreater(share(effect.low > 0 for effect in found), 0.8)
        self.assertGreater(share(e.low <= 20 <= e.high for e in found), 0.91)
        self.assertAlmostEqual(fmean(e.value for e in found), 20, delta=2)

    def test_planted_harm_is_found_as_well(self):
        pairs = [
            pair._replace(has_case=not pair.has_case)
            for pair in world(2, treated=600, controls=600, lift=40)
        ]
        self.assertEqual(recovery.compare(forget_kind(pairs)).effect.verdict, "less")

    def test_who_was_happy_before_comes_back_alone_and_matching_on_it_helps(self):
        blind, seeing = [], []
        for n in range(60):
            pairs = world(n, chance=rather_the_formerly_happy)
            seeing.append(recovery.compare(pairs).effect.value)
            blind.append(recovery.compare(forget_kind(pairs)).effect.value)
        self.assertGreater(fmean(blind), 10)
        self.assertAlmostEqual(fmean(seeing), 0, delta=4)


@tagged("post_install", "-at_install")
class TestRecoveryAtItsEdges(TransactionCase):
    def test_where_all_of_a_side_answer_alike_the_interval_is_no_point(self):
        pairs = [Pair("nps", 3, 9, True)] * 12 + [Pair("nps", 3, 3, False)] * 12
        found = recovery.compare(pairs)
        self.assertEqual(found.effect.value, 200)
        self.assertLess(found.effect.low, 190)
        self.assertLess(found.treated.net_change.low, 195)

    def test_no_interval_on_the_net_score_leaves_what_is_possible(self):
        pairs = [Pair("nps", 3, 9, True)] * 12 + [Pair("nps", 3, 3, False)] * 12
        found = recovery.compare(pairs)
        self.assertEqual(found.effect.high, 200)
        self.assertEqual(found.treated.net_change.high, 200)

    def test_nine_on_a_side_have_no_effect_and_ten_have_one(self):
        controls = [Pair("nps", 3, score, False) for score in range(10)] * 4
        treated = [Pair("nps", 3, score, True) for score in range(10)]
        self.assertIsNone(recovery.compare(controls + treated[:9]).effect)
        self.assertIsNotNone(recovery.compare(controls + treated).effect)

    def test_first_scores_are_never_mixed(self):
        pairs = [Pair("nps", 0, 9, True)] * 20 + [Pair("nps", 6, 9, False)] * 20
        found = recovery.compare(pairs)
        self.assertIsNone(found.effect)
        self.assertEqual((found.alone, found.matched.total), (20, 0))

    def test_who_stays_silent_is_counted_and_changes_no_mean(self):
        pairs = [Pair("nps", 3, 9, True)] * 6 + [Pair("nps", 3, None, True)] * 4
        found = recovery.compare(pairs).treated
        self.assertEqual((found.answered.hits, found.answered.total), (6, 10))
        self.assertEqual(found.net_change.value, 200)
