from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_insight import InsightCase


@tagged("post_install", "-at_install")
class TestInsightQuestion(InsightCase):
    """What is asked, of which days, and whose answers count."""

    TABS = (
        "get_scorecard",
        "get_trend",
        "get_change",
        "get_associations",
        "get_silence",
    )

    def ask(self, domain=(), **options):
        return self.insight._question([*self.ours, *domain], options)

    def days(self, period):
        return tuple(map(str, period))

    def test_without_options_it_is_the_nps_of_six_months(self):
        question = self.ask()
        self.assertEqual((question.metric, question.counting), ("nps", "all"))
        self.assertEqual(self.days(question.period), ("2025-09-16", "2026-03-15"))
        self.assertEqual(self.days(question.before), ("2025-03-16", "2025-09-15"))

    def test_every_choice_of_the_toolbar_can_be_asked(self):
        for option, choices in self.insight.get_choices().items():
            for value, _label in choices:
                with self.subTest(option=option, value=value):
                    self.ask(**{option: value})

    def test_an_option_that_does_not_exist_is_refused_in_words(self):
        for name in ("metric", "axis", "period", "compare", "counting"):
            with self.subTest(option=name):
                with self.assertRaisesRegex(UserError, "is not possible"):
                    self.ask(**{name: "nonsense"})

    def test_options_that_are_none_are_refused_in_words(self):
        for options in ([1], "x", 1):
            for method in self.TABS:
                with self.subTest(options=options, method=method):
                    with self.assertRaisesRegex(UserError, "Open the screen"):
                        getattr(self.insight, method)(self.ours, options)

    def test_days_farther_away_than_any_interaction_are_refused_in_words(self):
        for start, end in (
            ("0001-01-01", "9999-12-31"),
            ("0001-01-01", "2026-01-01"),
            ("2026-01-01", "9999-12-31"),
        ):
            for compare in ("previous", "year", False):
                with self.subTest(start=start, compare=compare):
                    with self.assertRaisesRegex(UserError, "Choose days from"):
                        period = {"start": start, "end": end}
                        self.ask(period=period, compare=compare)

    def test_the_earliest_days_can_be_asked_on_every_tab(self):
        period = {"start": "1970-01-01", "end": "2199-12-31"}
        self.say([9])
        for method in self.TABS:
            for compare in ("previous", "year"):
                options = {"period": period, "compare": compare}
                getattr(self.insight, method)(self.ours, options)

    def test_last_month_is_compared_with_the_whole_month_before(self):
        question = self.ask(period="last_month")
        self.assertEqual(self.days(question.period), ("2026-02-01", "2026-02-28"))
        self.assertEqual(self.days(question.before), ("2026-01-01", "2026-01-31"))

    def test_a_month_under_way_is_compared_with_as_many_days(self):
        question = self.ask(period="this_month")
        self.assertEqual(self.days(question.period), ("2026-03-01", "2026-03-15"))
        self.assertEqual(self.days(question.before), ("2026-02-14", "2026-02-28"))

    def test_a_year_before_is_the_same_days_of_that_year(self):
        question = self.ask(period="last_quarter", compare="year")
        self.assertEqual(self.days(question.period), ("2025-10-01", "2025-12-31"))
        self.assertEqual(self.days(question.before), ("2024-10-01", "2024-12-31"))

    def test_days_of_ones_own_are_included_on_both_ends(self):
        self.say([9], on="2026-01-05")
        self.say([9], on="2026-01-06")
        self.say([9], on="2026-01-07")
        days = {"start": "2026-01-05", "end": "2026-01-06"}
        self.assertEqual(self.card(period=days)["total"]["n"], 2)

    def test_days_that_are_none_or_the_wrong_way_round_are_refused_in_words(self):
        for start, end in (("2026-02-02", "2026-02-01"), ("soon", "later"), ("", "")):
            with self.subTest(start=start):
                with self.assertRaisesRegex(UserError, "Choose a first and a last"):
                    self.ask(period={"start": start, "end": end})

    def test_a_search_for_dates_is_not_compared_and_says_why(self):
        for field in ("local_date", "picked_at"):
            with self.subTest(field=field):
                card = self.card([(field, ">=", "2026-01-01")])
                self.assertFalse(card["before"])
                self.assertIn("your search limits the dates", card["note"])

    def test_all_time_is_not_compared_and_says_why(self):
        card = self.card(period="all")
        self.assertFalse(card["before"])
        self.assertIn("before all time", card["note"])

    def test_periods_that_overlap_are_not_compared_on_any_tab_and_it_says_why(self):
        self.say([9] * 5, on="2024-03-10")
        self.say([9] * 4, on="2025-03-10")
        days = {"start": "2024-01-01", "end": "2025-12-31"}
        for method in self.TABS:
            for axis in ("month", "week", "agent"):
                with self.subTest(method=method, axis=axis):
                    options = {"period": days, "compare": "year", "axis": axis}
                    found = getattr(self.insight, method)(self.ours, options)
                    self.assertIsNone(found["before"])
                    self.assertIn("Choose at most a year", found["note"])
        card = self.card(period=days, compare="year", axis="month")
        for row in [*card["rows"], card["total"]]:
            self.assertIsNone(row["change"])

    def test_several_years_can_be_compared_with_the_period_before(self):
        self.say([9] * 5, on="2024-03-10")
        self.say([9] * 4, on="2025-03-10")
        days = {"start": "2025-01-01", "end": "2026-12-31"}
        card = self.card(period=days, compare="previous")
        self.assertEqual(card["total"]["change"]["before"]["n"], 5)
        self.assertEqual((card["total"]["n"], card["note"]), (4, ""))

    def test_who_wants_no_comparison_gets_no_note(self):
        card = self.card(compare=False)
        self.assertEqual((card["before"], card["note"]), (None, ""))
        self.assertIsNone(card["total"]["change"])

    def test_where_the_search_bar_asks_for_a_metric_it_decides(self):
        self.assertEqual(self.ask([("metric", "=", "ces")]).metric, "ces")
        both = [("metric", "in", ["ces", "csat"])]
        self.assertEqual(self.ask(both, metric="csat").metric, "csat")

    def test_a_metric_that_is_negated_or_one_of_several_ways_does_not_decide(self):
        ces = ("metric", "=", "ces")
        for domain in (
            ["!", ces],
            ["|", ces, ("local_hour", ">", 3)],
            ["!", "&", ces, ("local_hour", ">", 3)],
            [("metric", "=", False)],
        ):
            with self.subTest(domain=domain):
                self.assertEqual(self.ask(domain, metric="csat").metric, "csat")
                self.assertEqual(self.ask(domain).metric, "nps")

    def test_two_metrics_never_meet_in_one_number(self):
        easy = self.make_survey("ces")
        self.make_outcome("easy", survey_id=easy.id)
        self.say([9, 9, 9])
        self.say([1, 1], code="easy")
        self.assertEqual(self.card()["total"]["n"], 3)
        self.assertEqual(self.card(metric="ces")["total"]["n"], 2)


@tagged("post_install", "-at_install")
class TestInsightCounting(InsightCase):
    """All answers, or the latest of each customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.make_customer("Ann", "ann@bluesky.example")
        cls.bob = cls.make_customer("Bob", "bob@bluesky.example")
        cls.say([0], record=cls.ann, on="2026-03-01")
        cls.say([10], record=cls.ann, user=cls.seller, on="2026-03-02", silent=1)
        cls.say([9], record=cls.bob, on="2026-03-03")

    def test_of_each_customer_only_the_latest_answer_counts(self):
        total = self.card(counting="latest")["total"]
        self.assertEqual(total["n"], 2)
        self.assertEqual(self.card()["total"]["n"], 3)

    def test_a_group_loses_an_answer_that_was_given_again_in_another(self):
        card = self.card(counting="latest", axis="agent")
        found = {row["name"]: row["n"] for row in card["rows"]}
        self.assertEqual(found, {self.agent.name: 1, self.seller.name: 1})

    def test_rows_and_total_agree_whatever_counts(self):
        for counting in ("all", "latest"):
            with self.subTest(counting=counting):
                card = self.card(counting=counting, axis="agent")
                self.assertEqual(
                    sum(row["n"] for row in card["rows"]), card["total"]["n"]
                )

    def test_the_response_rate_counts_all_answers(self):
        total = self.card(counting="latest")["total"]
        self.assertEqual((total["responded"], total["invited"]), (3, 4))

    def test_the_latest_is_the_latest_of_the_period(self):
        card = self.card(
            counting="latest", period={"start": "2026-03-01", "end": "2026-03-01"}
        )
        self.assertEqual(card["total"]["n"], 1)

    def test_who_has_no_contact_is_known_by_his_address(self):
        invitations = self.say([5, 9], on="2026-03-04")
        invitations.write({"partner_id": False, "email": "Same@x.example"})
        invitations[0].email = "same@X.example"
        self.assertEqual(self.card(counting="latest")["total"]["n"], 3)

    def test_the_method_says_which_answers_count_and_of_which_days(self):
        method = " ".join(self.card(counting="latest", period="last_month")["method"])
        self.assertIn("the latest answer of each customer", method)
        self.assertIn("02/01/2026 to 02/28/2026", method)
        self.assertIn("Counted: all answers", " ".join(self.card()["method"]))

    def test_the_method_warns_of_surveys_after_cases(self):
        self.assertIn("Surveys after cases", " ".join(self.card()["method"]))
        ordinary = self.card([("is_reask", "=", False)])
        self.assertNotIn("Surveys after cases", " ".join(ordinary["method"]))
