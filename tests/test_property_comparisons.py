import statistics
from bisect import bisect_right
from itertools import permutations

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged

from ..tools import (
    associations,
    bands,
    change,
    intervals,
    ranks,
    rollup,
    shrinkage,
    tendency,
)
from .common_property import (
    bands as any_bands,
)
from .common_property import (
    examples,
    mirrored,
    some_bands,
    tables,
    times,
)

EPS = 1e-6
p_values = st.lists(st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.01, 1.0])))


@tagged("post_install", "-at_install")
class TestPropertyRanking(TransactionCase):
    """Ordering groups: chance decides nothing, and the order of the rows neither."""

    def assertExpected(self, left, right):
        for one, other in zip(left, right, strict=True):
            self.assertAlmostEqual(one, other, places=6)

    @examples(60)
    @given(tables, st.data())
    def test_what_is_expected_of_a_group_depends_on_no_order(self, groups, data):
        order = data.draw(st.permutations(range(len(groups))))
        there = shrinkage.shrink(groups).groups
        shuffled = shrinkage.shrink([groups[place] for place in order]).groups
        for group, place in zip(shuffled, order, strict=True):
            self.assertExpected(group, there[place])

    @examples(60)
    @given(tables)
    def test_it_lies_between_the_lowest_and_the_highest_raw_score(self, groups):
        raw = [intervals.net_score(*group) for group in groups]
        for group in shrinkage.shrink(groups).groups:
            self.assertTrue(min(raw) - EPS <= group.score <= max(raw) + EPS)
            self.assertTrue(-100 <= group.low <= group.score <= group.high <= 100)
            self.assertGreater(group.deviation, 0)

    @examples(60)
    @given(tables)
    def test_promoters_and_detractors_swapped_mirror_it(self, groups):
        found = shrinkage.shrink(groups).groups
        other = shrinkage.shrink([mirrored(group) for group in groups]).groups
        for left, right in zip(found, other, strict=True):
            self.assertAlmostEqual(left.score, -right.score)
            self.assertAlmostEqual(left.low, -right.high)

    @examples(60)
    @given(tables)
    def test_of_an_unknown_group_the_mean_of_all_is_expected(self, groups):
        found = shrinkage.shrink([*groups, (0, 0, 0)])
        self.assertAlmostEqual(found.groups[-1].score, found.mean)
        self.assertEqual(found.groups[-1].answers, 0)

    @examples(60)
    @given(tables, some_bands)
    def test_a_customers_own_answers_draw_towards_their_own_score(self, groups, own):
        found = shrinkage.shrink(groups)
        expected = found.groups[0]
        drawn = expected.with_own(own, found.variance)
        ends = sorted((expected.score, intervals.net_score(*own)))
        self.assertTrue(ends[0] - EPS <= drawn.score <= ends[1] + EPS)

    @examples(60)
    @given(tables)
    def test_the_order_by_score_is_one_that_the_places_admit(self, groups):
        found = shrinkage.shrink(groups).groups
        places = ranks.ranks(found)
        order = sorted(range(len(found)), key=lambda n: -found[n].score)
        for place, number in enumerate(order, 1):
            best, worst = places[number]
            self.assertTrue(1 <= best <= place <= worst <= len(found))

    @examples(60)
    @given(tables, st.data())
    def test_equal_groups_share_their_places_and_ties_are_mutual(self, groups, data):
        twin = data.draw(st.sampled_from(groups))
        found = shrinkage.shrink([*groups, twin]).groups
        places = ranks.ranks(found)
        self.assertEqual(places[groups.index(twin)], places[-1])
        for left, right in permutations(found, 2):
            self.assertEqual(left.is_tied_with(right), right.is_tied_with(left))

    @examples(60)
    @given(tables)
    def test_without_a_tie_every_group_has_one_place_of_its_own(self, groups):
        found = shrinkage.shrink([times(group, 400) for group in groups]).groups
        assume(not any(a.is_tied_with(b) for a, b in permutations(found, 2)))
        places = ranks.ranks(found)
        count = range(1, len(found) + 1)
        self.assertEqual(sorted(places), [(place, place) for place in count])


@tagged("post_install", "-at_install")
class TestPropertyChange(TransactionCase):
    """Why a score moved: nothing is left over, nothing is made up."""

    moves = st.lists(st.tuples(any_bands, any_bands), min_size=1, max_size=6).filter(
        lambda groups: all(any(map(any, side)) for side in zip(*groups, strict=True))
    )

    @examples(200)
    @given(moves)
    def test_the_parts_sum_exactly_to_the_change_of_the_total(self, groups):
        before, now = (
            [sum(g[side][band] for g in groups) for band in range(3)] for side in (0, 1)
        )
        found = change.split(groups)
        expected = intervals.net_score(*now) - intervals.net_score(*before)
        self.assertAlmostEqual(found.points, expected)
        self.assertAlmostEqual(sum(part.points for part in found.parts), expected)
        self.assertAlmostEqual(found.mix + found.rate, expected)

    @examples()
    @given(moves)
    def test_backwards_every_part_has_the_other_sign(self, groups):
        there = change.split(groups)
        back = change.split([(now, before) for before, now in groups])
        for left, right in zip(there.parts, back.parts, strict=True):
            self.assertAlmostEqual(left.mix, -right.mix)
            self.assertAlmostEqual(left.rate, -right.rate)
        self.assertEqual(there.is_reversed, back.is_reversed)

    @examples()
    @given(tables, st.lists(st.integers(1, 5), min_size=8, max_size=8))
    def test_where_no_group_changed_all_is_mix(self, groups, factors):
        pairs = [(g, times(g, k)) for g, k in zip(groups, factors, strict=False)]
        found = change.split(pairs)
        self.assertAlmostEqual(found.rate, 0)
        self.assertAlmostEqual(found.mix, found.points)

    @examples()
    @given(st.lists(st.tuples(some_bands, st.integers(0, 5)), min_size=1, max_size=6))
    def test_where_all_shares_stay_nothing_is_mix(self, groups):
        # Promoters become detractors: as many answers of each group as before.
        pairs = [
            ((p, s, d), (p - min(k, p), s, d + min(k, p))) for (p, s, d), k in groups
        ]
        self.assertAlmostEqual(change.split(pairs).mix, 0)

    @examples()
    @given(moves)
    def test_it_calls_a_paradox_only_what_is_one(self, groups):
        found = change.split(groups)
        moves = [
            intervals.net_score(*now) - intervals.net_score(*before)
            for before, now in groups
            if any(before) and any(now)
        ]
        if found.is_reversed:
            self.assertTrue(all(move * found.points <= EPS for move in moves))
            self.assertTrue(any(move * found.points < 0 for move in moves))


@tagged("post_install", "-at_install")
class TestPropertyTables(TransactionCase):
    """Adding rows up and sorting into bands."""

    rows = st.lists(
        st.tuples(
            st.tuples(
                st.sampled_from("AB"), st.sampled_from([0, False, 1]), st.integers(1, 3)
            ),
            st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=2, max_size=2),
        ),
        max_size=12,
    )

    @examples()
    @given(rows)
    def test_a_level_above_is_the_same_from_the_rows_and_from_the_level_below(
        self, rows
    ):
        by_two = rollup.roll_up(rows, [0, 1])
        # The hour 0 is not the same as no hour.
        self.assertEqual(len(by_two), len({(v[0], repr(v[1])) for v, _n in rows}))
        self.assertEqual(rollup.roll_up(rows, [0]), rollup.roll_up(by_two, [0]))
        total = rollup.roll_up(rows, [])
        for place in range(2):
            known = [n[place] for _v, n in rows if n[place] is not None]
            if rows:
                self.assertEqual(total[0][1][place], sum(known) if known else None)
        self.assertEqual(bool(total), bool(rows))

    @examples()
    @given(st.sets(st.integers(-50, 50), min_size=1, max_size=6), st.integers(-60, 60))
    def test_every_number_lies_in_exactly_one_band(self, edges, number):
        edges = sorted(edges)
        within = [
            key
            for key, low, high in bands.ends(edges)
            if (low is None or low <= number) and (high is None or number < high)
        ]
        # As PostgreSQL's width_bucket counts.
        self.assertEqual(within, [str(bisect_right(edges, number))])


@tagged("post_install", "-at_install")
class TestPropertyTendency(TransactionCase):
    """A line through ordered groups."""

    lines = st.lists(any_bands, min_size=3, max_size=7)

    def line(self, groups):
        found = tendency.tendency(enumerate(groups))
        assume(found)
        return found

    @examples(60)
    @given(st.lists(st.tuples(*[st.integers(0, 15)] * 3), min_size=3, max_size=7))
    def test_its_slope_is_that_of_the_single_answers(self, groups):
        points = [
            (place, value)
            for place, counts in enumerate(groups)
            for value, count in zip((100, 0, -100), counts, strict=True)
            for _answer in range(count)
        ]
        found = self.line(groups)
        expected, _intercept = statistics.linear_regression(*zip(*points, strict=True))
        self.assertAlmostEqual(found.slope, expected, places=6)
        self.assertEqual(found.answers, len(points))

    @examples()
    @given(lines)
    def test_mirrored_and_backwards_the_slope_turns_round(self, groups):
        found = self.line(groups)
        for other in ([mirrored(group) for group in groups], groups[::-1]):
            turned = self.line(other)
            self.assertAlmostEqual(found.slope, -turned.slope, places=6)
            self.assertAlmostEqual(found.low, -turned.high, places=6)
            self.assertAlmostEqual(found.chance, turned.chance, places=6)

    @examples()
    @given(lines)
    def test_it_is_clear_exactly_when_its_interval_leaves_out_level(self, groups):
        found = self.line(groups)
        assume(abs(found.chance - 0.05) > 1e-9)
        self.assertEqual(found.chance < 0.05, found.low > 0 or found.high < 0)

    @examples()
    @given(tables, st.data())
    def test_whether_groups_differ_depends_on_no_order_and_no_sign(self, groups, data):
        found = associations.groups_chance(groups)
        if len(groups) < 2:
            self.assertIsNone(found)
            return
        self.assertTrue(0 <= found <= 1)
        shuffled = data.draw(st.permutations(groups))
        for other in (shuffled, [mirrored(group) for group in groups]):
            self.assertAlmostEqual(found, associations.groups_chance(other))
        self.assertAlmostEqual(found, associations.groups_chance([*groups, (0, 0, 0)]))

    @examples(60)
    @given(some_bands, st.lists(st.integers(1, 5), min_size=2, max_size=5))
    def test_groups_of_the_same_shares_never_differ(self, counts, factors):
        groups = [times(counts, factor) for factor in factors]
        self.assertAlmostEqual(associations.groups_chance(groups), 1.0)
        for p_value in tendency.standing_out(groups):
            self.assertTrue(p_value is None or p_value > 0.05)
