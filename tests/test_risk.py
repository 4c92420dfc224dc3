from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .common_risk import NOW, RiskCommon


@tagged("post_install", "-at_install")
class TestUnhappyTwice(RiskCommon):
    def test_two_unhappy_answers_in_a_row_are_a_risk(self):
        self.say(9, 6, 6)
        self.assertRules(self.customer, "unhappy_twice")

    def test_a_passive_answer_between_or_after_is_none(self):
        self.say(6, 7, 6)
        self.assertRules(self.customer)
        self.say(6, 7, customer=self.colleague)
        self.assertRules(self.colleague)

    def test_one_unhappy_answer_is_none(self):
        self.say(0)
        self.assertRules(self.customer)

    def test_answers_to_different_metrics_count_together(self):
        survey = self.make_survey("csat")
        self.make_outcome("rated", survey_id=survey.id)
        self.say(2, code="rated", until=20)
        self.say(4)
        self.assertRules(self.customer, "unhappy_twice")
        self.assertEqual(
            self.risks_of(self.customer).reason,
            "2 of 5 on 05/26/2026 and 4 of 10 on 06/14/2026: two unhappy answers in a "
            "row",
        )

    def test_an_answer_that_does_not_count_any_more_is_none(self):
        _first, last = self.say(3, 2)
        self.assertRules(self.customer, "unhappy_twice")
        self.answer(last, 9, change=True)
        self.assertRules(self.customer)

    def test_an_unhappy_answer_that_is_corrected_to_another_counts_once(self):
        _first, last = self.say(9, 2)
        self.answer(last, 3, change=True)
        self.assertRules(self.customer)

    def test_an_answer_that_is_excluded_is_looked_at_again(self):
        _first, last = self.say(3, 2)
        self.assertRules(self.customer, "unhappy_twice")
        last._counted_response().state = "excluded"
        self.assertRules(self.customer)

    def test_answers_older_than_two_years_say_nothing(self):
        self.say(3, 2, until=725, every=4)
        self.assertRules(self.customer, "unhappy_twice")
        self.say(3, 2, until=727, every=4, customer=self.colleague)
        self.assertRules(self.colleague)

    def test_it_stands_since_the_second_answer_also_after_a_third(self):
        self.say(3, 2, until=20)
        risk = self.risks_of(self.customer)
        self.assertEqual(risk.since, NOW - timedelta(days=20))
        self.say(1)
        self.assertEqual(self.risks_of(self.customer), risk)
        self.assertEqual(risk.since, NOW - timedelta(days=20))
        self.assertIn("1 of 10", risk.reason)

    def test_two_people_of_a_company_in_a_row_are_a_risk_of_the_company(self):
        self.say(9, 2, until=5)
        self.say(4, customer=self.colleague)
        self.assertRules(self.customer)
        risk = self.risks_of(self.customer_company)
        self.assertRecordValues(risk, [{"rule": "unhappy_twice", "scope": "company"}])
        self.assertIn("of two people", risk.reason)

    def test_one_person_alone_is_his_own_risk_and_the_company_shows_it(self):
        self.say(2, 4)
        self.assertRules(self.customer_company)
        company = self.customer_company.with_user(self.agent)
        self.assertTrue(company.nps_is_at_risk)
        self.assertEqual(company.nps_risk_text, "Its people at risk: Carla Customer")

    def test_a_company_with_many_answers_is_not_judged_by_two(self):
        for n in range(7):
            self.say(9, until=20 + n)
        self.say(2, until=5)
        self.say(4, customer=self.colleague)
        self.assertRules(self.customer_company, "unhappy_twice")
        self.say(9, until=30)
        self.assertRules(self.customer_company)


@tagged("post_install", "-at_install")
class TestFalling(RiskCommon):
    def test_four_answers_that_fall_by_a_category_are_a_risk(self):
        self.say(10, 9, 8, 7)
        risk = self.risks_of(self.customer)
        self.assertEqual(risk.rule, "falling")
        self.assertEqual(
            risk.reason,
            "The last 4 answers fall: 10, 9, 8, 7 of 10, from 05/15/2026 to 06/14/2026",
        )

    def test_three_answers_or_a_fall_within_a_category_are_none(self):
        self.say(10, 9, 7)
        self.assertRules(self.customer)
        self.say(6, 5, 4, 3, customer=self.colleague)
        self.assertRules(self.colleague, "unhappy_twice")

    def test_answers_to_another_metric_are_no_part_of_the_trend(self):
        survey = self.make_survey("csat")
        self.make_outcome("rated", survey_id=survey.id)
        self.say(10, 9, 8)
        self.say(3, code="rated", until=0)
        self.assertRules(self.customer)

    def test_what_was_before_the_last_eight_answers_is_forgotten(self):
        self.say(3, 3, 3, 10, 10, 9, 9, 8, 8, 7, 7, every=5)
        self.assertRules(self.customer, "falling")

    def test_a_company_falls_when_ninety_days_are_worse_than_the_year_before(self):
        for score in [9] * 12 + [7] * 5 + [5] * 3:
            self.ask(200, score)
        for score in [9] * 2 + [7] * 3 + [5] * 4:
            self.ask(30, score, self.colleague)
        self.assertRules(self.customer_company)
        self.ask(30, 5, self.colleague)
        risk = self.risks_of(self.customer_company)
        self.assertRecordValues(risk, [{"rule": "falling", "scope": "company"}])
        self.assertEqual(
            risk.reason,
            "The net score (NPS) fell from +45 (20 answers in the year before) to −30 "
            "(10 answers in 90 days)",
        )

    def test_a_company_that_falls_within_what_chance_explains_does_not(self):
        for score in [9] * 12 + [7] * 5 + [5] * 3:
            self.ask(200, score)
        for score in [9] * 3 + [7] * 4 + [5] * 3:
            self.ask(30, score, self.colleague)
        self.assertRules(self.customer_company)


@tagged("post_install", "-at_install")
class TestSilent(RiskCommon):
    def test_who_used_to_answer_and_left_three_asks_unanswered_is_a_risk(self):
        self.say(9, 9, until=100)
        for days in (80, 60, 40):
            self.ask(days)
        risk = self.risks_of(self.customer)
        self.assertEqual(risk.rule, "silent")
        self.assertEqual(risk.since, NOW - timedelta(days=80))
        self.assertEqual(
            risk.reason,
            "Answered 2 of 2 surveys, and none of the 3 after that of 03/07/2026",
        )

    def test_two_ignored_asks_are_none(self):
        self.say(9, 9, 9, until=100)
        for days in (80, 60):
            self.ask(days)
        self.assertRules(self.customer)

    def test_who_answered_once_is_no_formerly_answering_customer(self):
        self.say(9, until=100)
        for days in (90, 80, 60, 40):
            self.ask(days)
        self.assertRules(self.customer)

    def test_who_hardly_ever_answered_is_not_silent_now(self):
        for days in (600, 590, 580, 570, 550, 540):
            self.ask(days)
        self.say(9, 9, until=100)
        for days in (80, 60, 40):
            self.ask(days)
        self.assertRules(self.customer)

    def test_an_ask_that_can_still_be_answered_is_not_ignored_yet(self):
        self.say(9, 9, until=100)
        for days in (80, 60, 1):
            self.ask(days)
        self.assertRules(self.customer)

    def test_it_is_looked_at_when_the_last_ask_expires(self):
        self.say(9, 9, until=100)
        for days in (80, 60, 20):
            self.ask(days)
        self.assertRules(self.customer)
        with freeze_time(NOW + timedelta(days=20)):
            self.assertRules(self.customer)
            self.env["nps.invitation"]._cron_expire()
            self.assertRules(self.customer, "silent")

    def test_an_ask_that_came_back_is_none(self):
        self.say(9, 9, until=100)
        for days in (80, 60):
            self.ask(days)
        self.ask(40).write({"state": "bounced", "failure_reason": "550 no mailbox"})
        self.env["nps.invitation"]._cron_expire()
        self.assertRules(self.customer)

    def test_a_new_answer_ends_the_silence(self):
        self.say(9, 9, until=100)
        for days in (80, 60, 40):
            self.ask(days)
        self.assertRules(self.customer, "silent")
        self.say(10)
        self.assertRules(self.customer)

    def test_a_company_says_how_many_ignored_asks_are_too_many(self):
        self.say(9, 9, until=100)
        for days in (80, 60, 40):
            self.ask(days)
        self.assertRules(self.customer, "silent")
        self.company.nps_ignored_asks = 4
        self.assertRules(self.customer)
        self.company.nps_ignored_asks = 0
        self.assertRules(self.customer)

    def test_a_company_is_silent_when_all_its_people_are(self):
        self.say(9, 9, until=100)
        for days in (80, 60, 40):
            self.ask(days, customer=self.colleague)
        self.assertRules(self.colleague)
        self.assertRules(self.customer)
        self.assertRules(self.customer_company, "silent")


@tagged("post_install", "-at_install")
class TestCaseOverdue(RiskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.make_case(NOW + timedelta(hours=2))

    def test_an_open_case_is_a_risk_when_its_deadline_has_passed(self):
        self.assertRules(self.customer)
        with freeze_time(NOW + timedelta(hours=2)):
            self.assertRules(self.customer)
        with freeze_time(NOW + timedelta(hours=2, seconds=1)):
            risk = self.risks_of(self.customer)
            self.assertEqual(risk.rule, "case_overdue")
            self.assertEqual(risk.since, NOW + timedelta(hours=2))
            self.assertEqual(risk.reason, "A case is open and overdue since 06/15/2026")

    def test_a_closed_case_is_none(self):
        with freeze_time(NOW + timedelta(hours=3)):
            self.assertRules(self.customer, "case_overdue")
            self.case.state = "withdrawn"
            self.assertRules(self.customer)

    def test_a_later_deadline_ends_it(self):
        with freeze_time(NOW + timedelta(hours=3)):
            self.assertRules(self.customer, "case_overdue")
            self.case.contact_due_at = NOW + timedelta(hours=4)
            self.assertRules(self.customer)
        with freeze_time(NOW + timedelta(hours=5)):
            self.assertRules(self.customer, "case_overdue")

    def test_the_oldest_of_several_is_named(self):
        self.make_case(NOW - timedelta(days=3))
        self.make_case(NOW - timedelta(days=5))
        self.assertEqual(
            self.risks_of(self.customer).reason,
            "2 cases are open and overdue, the oldest since 06/10/2026",
        )
