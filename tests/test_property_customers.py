from itertools import combinations, permutations

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged

from ..tools import audit, matching, metrics, recovery, risk, trends
from .common_property import examples, metric_names, scores_of

unhappy = st.integers(0, 6)
scores = st.integers(0, 10)


def pairs_of(first, later, **sizes):
    """Return lists of customers who gave such answers."""
    kind = st.sampled_from(["", "new"])
    days = st.one_of(st.none(), st.integers(1, 90))
    pair = st.builds(
        recovery.Pair, st.just("nps"), first, later, st.booleans(), kind, days
    )
    return st.lists(pair, **sizes)


pairs = pairs_of(unhappy, st.one_of(st.none(), scores), max_size=60)
comparable_pairs = pairs_of(st.integers(5, 6), scores, min_size=40, max_size=60)
courses = st.lists(
    st.builds(
        audit.Course,
        st.booleans(),
        *[st.one_of(st.none(), st.booleans())] * 2,
        st.one_of(st.none(), st.integers(1, 99)),
        st.one_of(st.none(), st.booleans()),
    ),
    max_size=60,
)
values = st.lists(st.sampled_from([-200, -100, 0, 100, 200]), min_size=1, max_size=20)
cells = st.lists(st.builds(matching.Cell, values, values), min_size=1, max_size=4)


@tagged("post_install", "-at_install")
class TestPropertyRecovery(TransactionCase):
    """Those with a case beside those without."""

    @examples(60)
    @given(pairs, st.data())
    def test_every_customer_is_counted_once_in_whatever_order(self, customers, data):
        found = recovery.compare(customers)
        again = [p for p in customers if p.later is not None]
        with_case = [p for p in customers if p.has_case]
        self.assertEqual(found.treated.answered.total, len(with_case))
        self.assertEqual(found.controls.answered.total, len(customers) - len(with_case))
        self.assertEqual(
            found.matched.total + found.alone, sum(p.has_case for p in again)
        )
        shuffled = recovery.compare(data.draw(st.permutations(customers)))
        self.assertEqual(found.treated.answered, shuffled.treated.answered)
        self.assertEqual(bool(found.effect), bool(shuffled.effect))
        if found.effect:
            self.assertAlmostEqual(found.effect.value, shuffled.effect.value)
            self.assertAlmostEqual(found.effect.low, shuffled.effect.low)

    @examples(60)
    @given(st.lists(st.tuples(unhappy, scores), min_size=12, max_size=40))
    def test_where_both_sides_answered_alike_cases_did_nothing(self, answers):
        both = [
            recovery.Pair("nps", first, later, has_case)
            for first, later in answers
            for has_case in (True, False)
        ]
        found = recovery.compare(both)
        self.assertEqual(found.alone, 0)
        self.assertAlmostEqual(found.matched.percent, found.comparable.percent)
        if found.effect:
            self.assertAlmostEqual(found.effect.value, 0)
            self.assertEqual(found.effect.verdict, "noise")

    @examples(60)
    @given(comparable_pairs)
    def test_who_did_not_answer_again_changes_no_effect(self, customers):
        silent = [recovery.Pair("nps", 3, None, has) for has in (True, False)] * 5
        self.assertEqual(
            recovery.compare(customers).effect,
            recovery.compare([*customers, *silent]).effect,
        )

    @examples(60)
    @given(comparable_pairs)
    def test_an_effect_stays_within_what_an_answer_can_move(self, customers):
        effect = recovery.compare(customers).effect
        assume(effect)
        self.assertTrue(-200 <= effect.low <= effect.value <= effect.high <= 200)

    @examples(60)
    @given(cells, st.integers(-50, 50))
    def test_a_shift_of_all_the_treated_is_found_as_what_it_is(self, groups, shift):
        found = matching.effect(groups)
        assume(found)
        moved = matching.effect(
            [
                cell._replace(treated=[v + shift for v in cell.treated])
                for cell in groups
            ]
        )
        self.assertAlmostEqual(moved.value, found.value + shift)
        self.assertAlmostEqual(moved.high - moved.low, found.high - found.low)

    @examples()
    @given(cells)
    def test_weighting_makes_no_customers(self, groups):
        controls = [value for cell in groups for value in cell.controls]
        number = matching.effective_controls(groups)
        self.assertTrue(0 < number <= len(controls) + 1e-9)
        mean = matching.weighted_mean(groups, "controls")
        self.assertTrue(min(controls) - 1e-9 <= mean <= max(controls) + 1e-9)


@tagged("post_install", "-at_install")
class TestPropertyAudit(TransactionCase):
    """Whom an agent holds back."""

    agents = st.dictionaries(st.sampled_from("abcd"), courses, max_size=4)

    @examples(60)
    @given(agents, st.data())
    def test_a_verdict_depends_on_no_order(self, by_agent, data):
        found = audit.audit(by_agent)
        names = data.draw(st.permutations(sorted(by_agent)))
        turned = audit.audit({name: by_agent[name][::-1] for name in names})
        for name, result in found.items():
            self.assertEqual(result.marked, turned[name].marked)
            self.assertAlmostEqual(result.p or 0, turned[name].p or 0)

    @examples(60)
    @given(agents)
    def test_who_is_marked_held_back_more_when_it_went_badly(self, by_agent):
        for name, result in audit.audit(by_agent).items():
            if result.p is None:
                self.assertFalse(result.marked)
                continue
            self.assertGreaterEqual(len(by_agent[name]), audit.FEWEST)
            self.assertTrue(0 <= result.p <= result.adjusted + 1e-9)
            self.assertLessEqual(result.adjusted, 1)
            if result.marked:
                c = result.strongest
                self.assertGreater(c.badly_held * c.well, c.well_held * c.badly)

    @examples(60)
    @given(courses, st.booleans())
    def test_who_holds_back_nobody_or_everybody_is_never_marked(
        self, all_of_them, held
    ):
        same = [course._replace(held_back=held) for course in all_of_them]
        self.assertFalse(audit.audit({"a": same})["a"].marked)

    @examples(40)
    @given(st.integers(8, 30), st.integers(12, 30))
    def test_who_holds_back_only_when_it_went_badly_is_marked(self, badly, well):
        for held_when in (True, False):
            kinds = [True] * badly + [False] * well
            found = [audit.Course(late == held_when, late=late) for late in kinds]
            self.assertEqual(audit.audit({"a": found})["a"].marked, held_when)

    @examples()
    @given(st.lists(st.one_of(st.none(), st.integers(0, 20)), max_size=40))
    def test_never_more_than_a_quarter_took_long(self, hours):
        found = audit.took_long(hours)
        self.assertLessEqual(4 * found.count(True), len(hours) - found.count(None))
        short = [h for h, long in zip(hours, found, strict=True) if long is False]
        for value, is_long in zip(hours, found, strict=True):
            self.assertEqual(is_long is None, value is None)
            self.assertTrue(not is_long or value > max(short, default=-1))


@tagged("post_install", "-at_install")
class TestPropertyRisk(TransactionCase):
    """The rules of customers at risk, against trying out every order."""

    @examples(60)
    @given(st.lists(scores, max_size=6))
    def test_the_chance_of_a_fall_is_the_share_of_orders_that_fall_as_much(
        self, given_
    ):
        def falls(order):
            return sum(b < a for a, b in combinations(order, 2))

        orders = [falls(order) for order in permutations(given_)]
        share = sum(n >= falls(given_) for n in orders) / len(orders)
        self.assertAlmostEqual(risk.fall_chance(given_), share)

    @examples()
    @given(metric_names, st.data())
    def test_who_does_not_end_in_a_lower_band_is_not_falling(self, metric, data):
        answers = data.draw(scores_of(metric, min_size=1, max_size=8))
        if risk.is_falling(metric, answers):
            first, last = (
                metrics.NET_VALUES[metrics.category(metric, answers[end])]
                for end in (0, -1)
            )
            self.assertLess(last, first)
            self.assertFalse(risk.is_falling(metric, answers[::-1]))

    @examples()
    @given(st.integers(1, 9), st.data())
    def test_the_chance_of_silence_is_the_share_of_ways_to_answer(self, asks, data):
        answered = data.draw(st.integers(0, asks))
        ignored = data.draw(st.integers(0, asks - answered))
        ways = list(combinations(range(asks), answered))
        quiet = sum(all(place < asks - ignored for place in way) for way in ways)
        self.assertAlmostEqual(
            risk.silence_chance(asks, answered, ignored), quiet / len(ways)
        )

    @examples()
    @given(st.integers(1, 40), st.data(), st.integers(0, 10))
    def test_one_more_ask_that_is_ignored_makes_nobody_less_silent(
        self, asks, data, limit
    ):
        answered = data.draw(st.integers(0, asks))
        ignored = data.draw(st.integers(0, asks - answered))
        if risk.is_silent(asks, answered, ignored, limit):
            self.assertTrue(risk.is_silent(asks + 1, answered, ignored + 1, limit))

    @examples()
    @given(metric_names, st.data())
    def test_a_direction_turns_round_with_the_scale(self, metric, data):
        answers = data.draw(scores_of(metric, max_size=8))
        scale = metrics.SCALES[metric]
        turned = [scale.lowest + scale.highest - score for score in answers]
        opposite = {trends.UP: trends.DOWN, trends.DOWN: trends.UP}
        found = trends.direction(metric, answers)
        self.assertEqual(trends.direction(metric, turned), opposite.get(found, found))
        self.assertEqual(found is None, len(answers) < trends.FEWEST)
