from odoo.tests import tagged

from .common_insight_tabs import InsightTabsCommon


@tagged("post_install", "-at_install")
class TestInsightAssociations(InsightTabsCommon):
    """What goes with a better score."""

    def factors(self, **options):
        found = self.ask("get_associations", **options)["factors"]
        return {factor["key"]: factor for factor in found}

    def give_hours(self, hours, good, bad, **values):
        self.month(1, [10] * good + [3] * bad, hours_open=hours, **values)

    # === BANDS === #

    def test_times_are_put_into_bands_with_round_edges(self):
        for hours in (0.5, 1, 3.9, 24, 80, 1000):
            self.give_hours(hours, 1, 0)
        bands = self.factors()["hours_open_band"]["bands"]
        self.assertEqual(
            [(band["name"], band["answers"]) for band in bands],
            [
                ("under 1 hour", 1),
                ("1 to 4 hours", 2),
                ("1 to 3 days", 1),
                ("3 to 7 days", 1),
                ("7 days and more", 1),
            ],
        )

    def test_numbers_of_messages_are_put_into_bands(self):
        for count in (0, 1, 2, 4, 20):
            self.give_hours(1, 1, 0, message_count=count)
        bands = self.factors()["message_count_band"]["bands"]
        self.assertEqual(
            [band["name"] for band in bands],
            [
                "0 messages",
                "1 message",
                "2 messages",
                "3 to 4 messages",
                "9 messages and more",
            ],
        )

    def test_a_time_that_nobody_knows_is_in_no_band(self):
        self.month(1, [10] * 4)
        self.give_hours(2, 3, 0)
        self.assertEqual(self.factors()["hours_open_band"]["answers"], 3)

    def test_the_domain_of_a_band_finds_its_answers(self):
        self.give_hours(2, 3, 0, silent=5)
        self.give_hours(30, 4, 0)
        [band, _other] = self.factors()["hours_open_band"]["bands"]
        self.assertEqual(self.env["nps.report"].search_count(band["domain"]), 3)

    def test_a_band_below_ten_answers_has_no_score(self):
        self.give_hours(2, 9, 0)
        [band] = self.factors()["hours_open_band"]["bands"]
        self.assertEqual((band["answers"], band["score"]), (9, None))

    def test_yes_and_no_are_told_apart(self):
        self.give_hours(2, 12, 0, was_late=False)
        self.give_hours(2, 0, 12, was_late=True)
        bands = self.factors()["was_late"]["bands"]
        self.assertEqual(
            [(band["name"], band["score"]) for band in bands],
            [("Late: no", "+100"), ("Late: yes", "−100")],
        )

    def test_yes_and_no_are_not_said_of_interactions_without_a_ticket(self):
        self.give_hours(0, 12, 0, was_late=False)
        self.give_hours(2, 3, 0, was_late=False)
        self.give_hours(2, 0, 12, was_late=True)
        self.month(1, [10] * 7)
        found = self.factors()
        for key, answers in (("was_late", [15, 12]), ("was_reopened", [27])):
            with self.subTest(key=key):
                bands = found[key]["bands"]
                self.assertEqual([band["answers"] for band in bands], answers)
                self.assertEqual(found[key]["answers"], 27)
                for band in bands:
                    rows = self.env["nps.report"].search_count(band["domain"])
                    self.assertEqual(rows, band["answers"])

    def test_where_there_are_no_tickets_nothing_is_said_of_late_ones(self):
        self.month(1, [10] * 7)
        self.assertFalse(self.factors().keys() & {"was_late", "was_reopened"})

    # === VERDICTS === #

    def test_a_clear_difference_is_told_as_association_with_its_interval(self):
        self.give_hours(0.5, 30, 5)
        self.give_hours(30, 20, 15)
        self.give_hours(200, 5, 30)
        factor = self.factors()["hours_open_band"]
        self.assertEqual(factor["sure"]["key"], "real")
        self.assertIn("“under 1 hour” goes with a net score 143 points", factor["text"])
        self.assertRegex(factor["text"], r"95 % interval \+.* to \+")
        self.assertIn("The more, the lower", factor["text"])

    def test_nothing_is_said_to_be_a_cause(self):
        self.give_hours(0.5, 30, 5)
        self.give_hours(200, 5, 30)
        answer = self.ask("get_associations")
        for factor in answer["factors"]:
            self.assertNotRegex(factor["text"], "cause|because|leads|makes it")
        self.assertIn("need not be cause", answer["caution"])

    def test_what_is_clearest_comes_first(self):
        for hours in (0.5, 200):
            self.give_hours(hours, 15, 0, was_late=False)
            self.give_hours(hours, 0, 15, was_late=True)
        first, *_others, last = self.factors()
        self.assertEqual(first, "was_late")
        self.assertNotEqual(last, "hours_open_band")

    def test_equal_bands_are_no_difference(self):
        for hours in (0.5, 30, 200):
            self.give_hours(hours, 12, 8)
        factor = self.factors()["hours_open_band"]
        self.assertEqual(factor["sure"]["key"], "noise")
        self.assertIn("No difference that chance does not make", factor["text"])

    def test_too_few_to_compare_have_no_verdict(self):
        self.give_hours(0.5, 20, 0)
        self.give_hours(200, 0, 9)
        factor = self.factors()["hours_open_band"]
        self.assertIsNone(factor["sure"])
        self.assertIn("Too few answers", factor["text"])

    def test_without_answers_there_is_a_next_step(self):
        answer = self.ask("get_associations")
        self.assertEqual(answer["factors"], [])
        self.assertIn("Choose a longer one", answer["empty"])

    # === COUNTING, RIGHTS AND QUERIES === #

    def test_the_latest_answer_of_each_customer_can_be_counted(self):
        self.month(3, [10] * 5, hours_open=2)
        self.month(1, [3], hours_open=2)
        factor = self.factors(counting="latest")["hours_open_band"]
        self.assertEqual(factor["answers"], 1)

    def test_an_agent_sees_his_own_answers_only(self):
        self.give_hours(2, 3, 0)
        self.give_hours(2, 5, 0, agent=self.other)
        answers = {
            user.login: self.ask("get_associations", user=user)["factors"][0]["answers"]
            for user in (self.agent, self.other, self.analyst)
        }
        self.assertEqual(answers, {"agent": 3, "other": 5, "analyst": 8})

    def test_all_factors_take_one_query(self):
        self.give_hours(2, 3, 0)
        insight = self.env["nps.insight"]
        question = insight._question(self.only, {})
        insight._factor_groups(question, insight._factors())
        self.env.flush_all()
        # And one that asks whether days are counted.
        with self.assertQueryCount(2):
            insight._factor_groups(question, insight._factors())
