import doctest
import random
from datetime import date, timedelta

from odoo.tests import TransactionCase, tagged

from ..tools import (
    counts,
    differences,
    figures,
    ranks,
    reporting_periods,
    shrinkage,
    verdicts,
)


@tagged("post_install", "-at_install")
class TestReportingArithmetic(TransactionCase):
    def test_every_example_in_the_docstrings_holds(self):
        for module in (counts, figures, ranks, reporting_periods, verdicts):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertEqual(result.failed, 0)
                self.assertGreater(result.attempted, 0)

    def test_every_period_is_followed_by_the_next_without_a_gap(self):
        day = date(2023, 12, 25)
        for ahead in range(0, 500, 7):
            today = day + timedelta(days=ahead)
            for key in reporting_periods.PERIODS:
                start, end = reporting_periods.period(key, today)
                if start:
                    with self.subTest(key=key, today=today):
                        before = reporting_periods.before(start, end)
                        self.assertEqual(before[1], start - timedelta(days=1))
                        self.assertLessEqual(before[0], before[1])

    def test_every_period_has_a_year_before_that_does_not_overlap(self):
        day = date(2023, 12, 25)
        for ahead in range(500):
            today = day + timedelta(days=ahead)
            for key in reporting_periods.PERIODS:
                start, end = reporting_periods.period(key, today)
                if start:
                    with self.subTest(key=key, today=today):
                        before = reporting_periods.year_before(start, end)
                        self.assertLess(before[1], start)
                        self.assertLessEqual(before[0], before[1])

    def test_more_than_a_year_has_no_year_before(self):
        start = date(2023, 12, 25)
        for days in range(360, 800):
            end = start + timedelta(days=days)
            is_longer = end > date(2024, 12, 24)
            with self.subTest(end=end):
                before = reporting_periods.year_before(start, end)
                self.assertEqual(before is None, is_longer)

    def test_a_p_value_below_five_percent_is_a_clear_difference(self):
        dice = random.Random(3)
        for _round in range(200):
            sides = [[dice.randint(1, 60) for _band in range(3)] for _side in range(2)]
            moved = differences.net_difference(*map(tuple, sides))
            with self.subTest(sides=sides):
                self.assertEqual(moved.p_value < 0.05, moved.is_clear)

    def test_corrected_p_values_keep_their_order_and_never_fall(self):
        dice = random.Random(4)
        for _round in range(50):
            values = [dice.random() ** 3 for _row in range(20)]
            corrected = verdicts.adjusted(values)
            pairs = sorted(zip(values, corrected, strict=True))
            with self.subTest(values=values):
                self.assertTrue(all(old - 1e-12 <= new <= 1 for old, new in pairs))
                self.assertEqual(
                    [new for _old, new in pairs], sorted(new for _old, new in pairs)
                )

    def test_among_rows_in_which_nothing_happened_few_are_called_real(self):
        dice = random.Random(5)

        def draw():
            kinds = dice.choices(range(3), weights=(5, 3, 2), k=60)
            return tuple(kinds.count(kind) for kind in range(3))

        tables = [
            verdicts.verdicts(
                [differences.net_difference(draw(), draw()) for _row in range(20)]
            )
            for _table in range(100)
        ]
        wrong = sum("noise" != v for table in tables for v in table)
        self.assertLess(wrong, 20)

    def test_there_is_a_place_for_everybody(self):
        dice = random.Random(6)
        groups = [tuple(dice.randint(0, 40) for _band in range(3)) for _n in range(30)]
        places = ranks.ranks(shrinkage.shrink(groups).groups)
        self.assertTrue(all(1 <= best <= worst <= 30 for best, worst in places))
