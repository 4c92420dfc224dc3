from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged

from ..tools import intervals
from .common_insight_tabs import MANAGER, InsightTabsCommon


@tagged("post_install", "-at_install")
class TestInsightTrend(InsightTabsCommon):
    """One point for each month, and what may be said of them."""

    def trend(self, **options):
        return self.ask("get_trend", **{"period": "12_months", **options})

    def points(self, **options):
        return {point["key"]: point for point in self.trend(**options)["points"]}

    # === POINTS === #

    def test_a_month_has_its_own_score_and_interval(self):
        self.month(1, [10] * 9 + [8] * 4 + [2] * 3)
        point = self.points()["2026-05-01"]
        self.assertEqual((point["score"], point["answers"]), ("+38", 16))
        low, high = intervals.net_interval(9, 4, 3)
        self.assertEqual((point["low"], point["high"]), (low, high))

    def test_a_month_with_nine_answers_is_counted_and_not_drawn(self):
        self.month(1, [10] * 9)
        point = self.points()["2026-05-01"]
        self.assertEqual((point["answers"], point["value"]), (9, None))

    def test_every_month_of_the_period_is_there_also_without_answers(self):
        self.month(3, [10] * 10)
        first, *between, last = self.points()
        self.assertEqual((first, last), ("2025-06-01", "2026-06-01"))
        self.assertEqual(len(between), 11)

    def test_of_all_time_the_months_between_the_first_and_the_last_are_there(self):
        self.month(30, [10])
        self.month(27, [10])
        keys = list(self.points(period="all"))
        self.assertEqual(len(keys), 4)

    def test_a_month_that_the_period_cuts_says_so_and_ends_with_it(self):
        self.month(1, [10] * 10)
        points = self.points()
        first, last = points["2025-06-01"], points["2026-06-01"]
        self.assertEqual((first["start"], first["end"]), ("2025-06-16", "2025-06-30"))
        self.assertEqual((last["start"], last["end"]), ("2026-06-01", "2026-06-15"))
        self.assertIn("not all", first["name"])
        self.assertNotIn("not all", points["2026-05-01"]["name"])

    def test_weeks_can_be_chosen(self):
        self.give(date(2026, 6, 3), [10] * 10)
        points = self.points(unit="week", period="90_days")
        drawn = [point for point in points.values() if point["answers"]]
        self.assertEqual([point["answers"] for point in drawn], [10])
        self.assertTrue(12 <= len(points) <= 15)

    def test_another_unit_is_an_error_that_names_it(self):
        with self.assertRaisesRegex(UserError, "fortnight"):
            self.trend(unit="fortnight")

    def test_the_domain_of_a_point_finds_its_answers(self):
        self.month(1, [10] * 3, silent=4)
        self.month(2, [10] * 5)
        point = self.points()["2026-05-01"]
        self.assertEqual(self.env["nps.report"].search_count(point["domain"]), 3)

    def test_without_answers_there_is_nothing_but_a_next_step(self):
        trend = self.trend()
        self.assertEqual(trend["points"], [])
        self.assertIn("Choose a longer one", trend["empty"])

    def test_the_answers_of_all_points_are_those_of_the_period(self):
        for months_ago in (0, 1, 5, 11):
            self.month(months_ago, [10] * 3)
        self.month(14, [10])
        self.assertEqual(sum(p["answers"] for p in self.points().values()), 12)

    # === LINES === #

    def test_there_are_no_lines_unless_somebody_adds_them(self):
        self.assertEqual(self.trend()["lines"], [])

    # === TREND === #

    def test_a_clear_rise_is_called_so_with_its_interval(self):
        for months_ago in range(6):
            good = 20 - 3 * months_ago
            self.month(months_ago, [10] * good + [3] * (20 - good))
        verdict = self.trend()["verdict"]
        self.assertEqual((verdict["key"], verdict["sure"]["key"]), ("rising", "real"))
        self.assertRegex(verdict["text"], r"NPS rises: \+.* points a month, 95 % .*120")

    def test_a_clear_fall_is_called_so(self):
        for months_ago in range(6):
            good = 5 + 3 * months_ago
            self.month(months_ago, [10] * good + [3] * (20 - good))
        self.assertEqual(self.trend()["verdict"]["key"], "falling")

    def test_equal_months_are_no_trend(self):
        for months_ago in range(6):
            self.month(months_ago, [10] * 8 + [8] * 5 + [3] * 7)
        verdict = self.trend()["verdict"]
        self.assertEqual(verdict["key"], "none")
        self.assertIn("No clear trend", verdict["text"])

    def test_two_months_make_no_trend(self):
        self.month(1, [10] * 20)
        self.month(2, [3] * 20)
        self.assertEqual(self.trend()["verdict"]["key"], "")

    # === WHAT STANDS OUT === #

    def test_a_month_unlike_the_others_is_marked_and_told_of(self):
        for months_ago in range(1, 6):
            self.month(months_ago, [10] * 14 + [3] * 6)
        self.month(6, [10] * 2 + [3] * 18)
        trend = self.trend()
        marked = {p["key"]: p["mark"] for p in trend["points"] if p["mark"]}
        self.assertEqual(marked, {"2025-12-01": "below"})
        [mark] = trend["marks"]
        self.assertRegex(mark["text"], "December 2025 was lower.*20 answers.*real")

    def test_months_that_differ_by_chance_are_not_marked(self):
        for months_ago, good in enumerate((9, 11, 10, 12, 8, 10)):
            self.month(months_ago, [10] * good + [3] * (20 - good))
        self.assertEqual(self.trend()["marks"], [])

    # === POWER === #

    def test_it_says_how_small_a_change_can_be_seen(self):
        for months_ago in range(12):
            self.month(months_ago, [10] * 10 + [8] * 6 + [3] * 4)
        first, *needed = self.trend()["resolution"]
        self.assertIn("about 20 answers a month", first)
        self.assertRegex(first, "below ±[0-9]+ points")
        self.assertEqual(len(needed), 2)
        self.assertIn("10 points takes about", needed[0])

    def test_of_hardly_any_answers_it_says_that_nothing_can_be_seen(self):
        self.month(5, [10])
        [sentence] = self.trend()["resolution"]
        self.assertIn("too few answers", sentence)

    # === METHOD === #

    def test_the_method_is_printed_without_what_only_the_scorecard_does(self):
        method = " ".join(self.trend()["method"])
        self.assertIn("least squares", method)
        self.assertIn("Counted: all answers", method)
        self.assertNotIn("Order: ", method)

    # === RIGHTS AND QUERIES === #

    def test_everybody_sees_the_trend_of_the_answers_he_may_read(self):
        self.month(1, [10] * 12)
        self.month(1, [3] * 15, agent=self.other)
        boss = self.make_agent("boss", groups=MANAGER)
        self.support.manager_id = boss.employee_id
        seen = {
            user.login: sum(
                point["answers"] for point in self.ask("get_trend", user=user)["points"]
            )
            for user in (self.agent, self.other, boss, self.analyst)
        }
        self.assertEqual(seen, {"agent": 12, "other": 15, "boss": 12, "analyst": 27})

    def test_the_latest_answer_of_each_customer_is_said_to_shift_the_months(self):
        self.month(1, [10] * 12)
        self.month(2, [10] * 12)
        trend = self.trend(counting="latest")
        self.assertEqual(sum(p["answers"] for p in trend["points"]), 1)
        self.assertIn("latest answer is", trend["method"][-1])

    def test_the_trend_takes_one_query(self):
        self.month(1, [10] * 12)
        self.trend()
        self.env.flush_all()
        question = self.env["nps.insight"]._question(
            Domain(self.only), {"period": "12_months"}
        )
        insight = self.env["nps.insight"]
        # And one that asks whether days are counted.
        with self.assertQueryCount(2):
            insight._trend_spans(question, "month")
