import doctest
import importlib
import pkgutil
import random
from datetime import datetime, timedelta

from odoo.tests import TransactionCase, tagged

from .. import tools
from ..tools import differences, intervals, metrics, periods


def _modules_of(package):
    """Return every file of a package, so that none has to be named."""
    found = pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    return [importlib.import_module(each.name) for each in found]


@tagged("post_install", "-at_install")
class TestArithmetic(TransactionCase):
    def test_every_example_in_the_docstrings_of_tools_holds(self):
        for module in _modules_of(tools):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertEqual(result.failed, 0)
                self.assertGreater(result.attempted, 0)

    def test_a_net_score_is_the_mean_of_the_net_values(self):
        scores = [0, 3, 6, 7, 8, 9, 10, 10]
        categories = [metrics.category("nps", score) for score in scores]
        mean = sum(metrics.NET_VALUES[c] for c in categories) / len(scores)
        counts = [categories.count(c) for c in metrics.CATEGORIES]
        self.assertEqual(mean, intervals.net_score(*counts))

    def test_a_net_interval_holds_the_score_and_stays_in_range(self):
        for counts in ((1, 0, 0), (0, 0, 1), (0, 9, 0), (4, 3, 2), (90, 5, 5)):
            with self.subTest(counts=counts):
                low, high = intervals.net_interval(*counts)
                score = intervals.net_score(*counts)
                self.assertTrue(-100 <= low <= score + 1e-9)
                self.assertTrue(score - 1e-9 <= high <= 100)

    def test_the_strict_interval_of_only_promoters_ends_at_100(self):
        self.assertEqual(intervals.net_interval(20, 0, 0, strict=True)[1], 100)

    def test_the_strict_interval_mirrors_when_promoters_and_detractors_swap(self):
        low, high = intervals.net_interval(7, 2, 4, strict=True)
        mirrored = intervals.net_interval(4, 2, 7, strict=True)
        self.assertAlmostEqual(low, -mirrored[1], places=9)
        self.assertAlmostEqual(high, -mirrored[0], places=9)

    def test_the_t_quantile_is_as_exact_as_it_says(self):
        tables = {4: 2.776445, 7: 2.364624, 9: 2.262157, 29: 2.045230, 999: 1.962341}
        for freedom, quantile in tables.items():
            error = 0.001 if freedom < 7 else 0.0001
            with self.subTest(freedom=freedom):
                self.assertAlmostEqual(intervals.t95(freedom), quantile, delta=error)

    def test_the_interval_of_a_mean_of_equal_values_is_the_value(self):
        self.assertEqual(intervals.mean_interval(5, 2.0, 0.0), (2.0, 2.0))

    def test_a_score_off_the_scale_has_no_category(self):
        for metric, score in (("nps", 11), ("nps", -1), ("ces", 0), ("csat", 6)):
            with self.subTest(metric=metric, score=score):
                with self.assertRaises(ValueError):
                    metrics.category(metric, score)

    def test_a_clear_difference_needs_no_gap_between_the_intervals(self):
        before, now = (300, 400, 300), (345, 400, 255)
        top = intervals.net_interval(*before)[1]
        self.assertLess(intervals.net_interval(*now)[0], top)
        self.assertTrue(differences.net_difference(before, now).is_clear)

    def test_a_difference_mirrors_when_its_sides_swap(self):
        there = differences.net_difference((5, 3, 4), (9, 1, 2))
        back = differences.net_difference((9, 1, 2), (5, 3, 4))
        self.assertAlmostEqual(there.points, -back.points)
        self.assertAlmostEqual(there.low, -back.high)

    def test_of_equal_worlds_about_one_in_twenty_looks_different(self):
        rng = random.Random(4)
        found = 0
        for _index in range(4000):
            sides = [
                rng.choices(metrics.CATEGORIES, (5, 3, 2), k=40) for _side in range(2)
            ]
            counts = [[s.count(c) for c in metrics.CATEGORIES] for s in sides]
            found += differences.net_difference(*counts).is_clear
        self.assertTrue(0.03 < found / 4000 < 0.06, found)

    def test_each_day_of_a_year_has_one_mail_whatever_the_clock_does(self):
        for hour in (0, 2.5, 8, 23.5):
            rhythm = periods.Rhythm(periods.EVERY_DAY, hour)
            moment, moments = datetime(2026, 1, 1, 12), []
            for _day in range(365):
                moment = periods.next_due(rhythm, moment, "Europe/Berlin")
                moments.append(moment)
                before = moment - timedelta(seconds=1)
                self.assertEqual(
                    periods.last_due(rhythm, moment, "Europe/Berlin"), moment
                )
                self.assertEqual(
                    periods.next_due(rhythm, before, "Europe/Berlin"), moment
                )
            with self.subTest(hour=hour):
                gaps = {b - a for a, b in zip(moments, moments[1:], strict=False)}
                self.assertTrue(
                    gaps <= {timedelta(hours=h) for h in (23, 23.5, 24, 24.5, 25)}, gaps
                )
