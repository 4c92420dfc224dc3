import doctest

from odoo.tests import TransactionCase, tagged

from ..tools import (
    audit,
    backoff,
    colors,
    exact_test,
    intervals,
    matching,
    metrics,
    personal_links,
    placeholders,
    private_headers,
    recovery,
    risk,
    robots,
    smtp,
    spreadsheets,
    tokens,
    windows,
)


@tagged("post_install", "-at_install")
class TestArithmetic(TransactionCase):
    def test_every_example_in_the_docstrings_of_tools_holds(self):
        modules = [audit, backoff, colors, exact_test, intervals, matching, metrics]
        modules += [personal_links, placeholders, private_headers, recovery, risk]
        modules += [robots, smtp, spreadsheets, tokens, windows]
        for module in modules:
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
