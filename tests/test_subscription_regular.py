from datetime import datetime
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import html2plaintext, mute_logger

from .common_subscription import SubscriptionCase

REGULAR = "odoo.addons.nps.models.nps_subscription_regular"


@tagged("post_install", "-at_install")
class TestRegular(SubscriptionCase):
    """One message a day or a week to each user, about whole periods."""

    def answer_at(self, moment, *scores, **values):
        self.at(moment)
        return [self.answer_of(score, **values) for score in scores]

    def send(self, moment="2026-03-07 07:00:30"):
        self.at(moment)
        self.run_cron("subscription_regular")

    def text(self, user=None):
        """Return the plain text of the only mail of a user."""
        [mail] = self.mails(user)
        return html2plaintext(mail.body_html, include_references=False)

    # === WHEN === #

    def test_it_tells_of_the_day_up_to_its_hour(self):
        self.subscribe(frequency="daily")
        self.answer_at("2026-03-06 06:59:59", 1, comment="before")
        self.answer_at("2026-03-06 07:00:00", 2, comment="first")
        self.answer_at("2026-03-07 06:59:59", 3, comment="last")
        self.answer_at("2026-03-07 07:00:00", 4, comment="after")
        self.send()
        text = self.text()
        for word, is_in in (("before", 0), ("first", 1), ("last", 1), ("after", 0)):
            self.assertEqual(word in text, bool(is_in), word)

    def test_it_is_sent_once(self):
        subscription = self.subscribe(frequency="daily")
        self.answer_of(2)
        self.send()
        self.run_cron("subscription_regular")
        self.assertEqual(len(self.mails()), 1)
        self.assertEqual(subscription.next_at, datetime(2026, 3, 8, 7))

    def test_without_news_there_is_no_mail(self):
        subscription = self.subscribe(frequency="daily")
        self.send()
        self.assertFalse(self.mails())
        self.assertEqual(subscription.told_until, datetime(2026, 3, 7, 7))

    def test_who_wants_it_gets_it_also_without_news(self):
        self.subscribe(frequency="daily", is_sent_empty=True)
        self.send()
        self.assertIn("No answers came in this time", self.text())

    def test_after_days_without_a_cron_one_mail_tells_of_all(self):
        self.subscribe(frequency="daily")
        self.answer_at("2026-03-06 12:00:00", 2, comment="friday")
        self.answer_at("2026-03-08 12:00:00", 3, comment="sunday")
        self.send("2026-03-09 09:00:00")
        text = self.text()
        self.assertIn("friday", text)
        self.assertIn("sunday", text)
        self.assertIn("3/6/26, 8:00", text)

    def test_eight_stays_eight_when_the_clock_changes(self):
        subscription = self.subscribe(frequency="daily")
        self.send("2026-03-28 07:00:00")
        self.assertEqual(subscription.next_at, datetime(2026, 3, 29, 6))
        self.answer_at("2026-03-29 05:59:00", 2, comment="early")
        self.send("2026-03-29 06:00:00")
        self.assertIn("early", self.text())

    def test_two_subscriptions_of_one_user_make_one_mail(self):
        self.subscribe(frequency="daily", department_ids=[(6, 0, self.support.ids)])
        self.subscribe(frequency="daily", wants_detractors=True)
        self.answer_of(2)
        self.send()
        text = self.text()
        self.assertIn("All answers of Support, daily", text)
        self.assertIn("Detractors, daily", text)
        self.assertEqual(self.mails().subject, "Your customers' answers: 2 new")

    def test_a_daily_and_a_weekly_one_are_two_mails(self):
        self.subscribe(frequency="daily")
        self.subscribe(frequency="weekly", weekday="sat")
        self.answer_of(2)
        self.send()
        self.assertEqual(len(self.mails()), 2)

    # === WHAT === #

    def test_numbers_stand_for_the_department_and_not_for_the_chosen_answers(self):
        self.subscribe(frequency="daily", wants_detractors=True)
        for score in [10] * 8 + [7] * 2 + [0] * 2:
            self.answer_of(score)
        self.send()
        text = self.text()
        self.assertIn("50.0", text)
        self.assertIn("of 12 answers, with 95 % certainty between", text)
        self.assertEqual(self.mails().subject, "Detractors, daily: 2 new")

    def test_the_score_is_the_one_of_the_analysis(self):
        subscription = self.subscribe(frequency="daily")
        for score in (10, 10, 9, 9, 8, 8, 7, 6, 5, 0):
            self.answer_of(score)
        end = datetime(2026, 3, 7, 7)
        [figure] = subscription._figures(datetime(2026, 3, 6, 7), end, end)
        [(net, low, high)] = self.env["nps.report"]._read_group(
            [("department_id", "=", self.phone.id)],
            [],
            ["net_score:avg", "net_low:avg", "net_high:avg"],
        )
        self.assertEqual(figure["value"], f"{net:.1f}")
        self.assertIn(f"between {low:.1f} and {high:.1f}", figure["interval"])

    def test_who_was_asked_again_after_a_case_is_listed_and_no_part_of_the_score(self):
        self.subscribe(frequency="daily")
        for _index in range(12):
            self.answer_of(10)
        invitation = self.pick()
        invitation.is_reask = True
        self.answer(invitation, 0, comment="still angry")
        self.send()
        self.assertIn("100.0", self.text())
        self.assertIn("of 12 answers", self.text())
        self.assertIn("still angry", self.text())

    def test_below_five_answers_only_their_number_is_told(self):
        self.subscribe(frequency="daily")
        for score in (10, 9, 2, 3):
            self.answer_of(score)
        self.send()
        text = self.text()
        self.assertIn("4 answers*: too few for a score", text)
        self.assertNotIn("Promoter *2*", text)

    def test_below_ten_their_kinds_are_told_too(self):
        self.subscribe(frequency="daily")
        for score in (10, 9, 2, 3, 7):
            self.answer_of(score)
        self.send()
        text = self.text()
        self.assertIn("5 answers*: too few for a score", text)
        self.assertIn("Promoter *2*", text)

    def test_chance_is_not_called_a_change(self):
        self.subscribe(frequency="daily")
        self.answer_at("2026-03-05 12:00:00", *[10] * 5, *[0] * 7)
        self.answer_at("2026-03-06 12:00:00", *[10] * 7, *[0] * 5)
        self.send()
        self.assertIn("No clear change: -16.7 in the period before", self.text())

    def test_a_clear_change_is_told_in_points(self):
        self.subscribe(frequency="daily")
        self.answer_at("2026-03-05 12:00:00", *[10] * 2, *[0] * 10)
        self.answer_at("2026-03-06 12:00:00", *[10] * 12)
        self.send()
        self.assertIn("Better by 166.7 points", self.text())

    def test_a_small_period_before_is_not_compared(self):
        self.subscribe(frequency="daily")
        self.answer_at("2026-03-05 12:00:00", 0, 0)
        self.answer_at("2026-03-06 12:00:00", *[10] * 12)
        self.send()
        self.assertIn(
            "Not compared: too few answers in the period before (2)", self.text()
        )

    def test_effort_and_satisfaction_have_their_own_headlines(self):
        for metric, score in (("ces", 6), ("csat", 4)):
            survey = self.make_survey(metric)
            code = f"code_{metric}"
            self.make_outcome(code, survey_id=survey.id)
            for _index in range(12):
                self.answer(self.pick(code=code), score)
            user = self.make_reader(f"reader_{metric}")
            self.subscribe(user, frequency="daily", survey_ids=[(6, 0, survey.ids)])
        self.send()
        self.assertIn("100.0 % easy", self.text(self.user_of("reader_ces")))
        self.assertIn("mean 6.0", self.text(self.user_of("reader_ces")))
        self.assertIn("100.0 % satisfied", self.text(self.user_of("reader_csat")))
        self.assertNotIn("mean", self.text(self.user_of("reader_csat")))

    def user_of(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    def test_unhappy_words_come_first_and_then_praise(self):
        self.subscribe(frequency="daily")
        for score, words in ((9, "praise"), (2, ""), (3, "anger"), (8, "meh")):
            self.answer_of(score, comment=words)
        self.send()
        text = self.text()
        places = [text.index(w) for w in ("anger", "Without words", "meh", "praise")]
        self.assertEqual(places, sorted(places))

    def test_ten_unhappy_answers_are_shown_and_the_rest_is_counted(self):
        self.subscribe(frequency="daily")
        for number in range(13):
            self.answer_of(2, comment=f"anger {number}")
        self.send()
        text = self.text()
        self.assertEqual(text.count("anger"), 10)
        self.assertIn("and 3 more", text)

    def test_it_says_how_many_were_asked(self):
        self.subscribe(frequency="daily")
        for score in (2, None, None, None):
            invitation = self.pick()
            invitation._on_handed_over()
            if score is not None:
                self.answer(invitation, score)
        self.send()
        self.assertIn("4 customers were asked in this time; 1 of them", self.text())

    def test_no_number_holds_what_the_reader_may_not_read(self):
        seller = self.make_agent("seller", self.sales, tz="Europe/Berlin")
        self.subscribe(seller, frequency="daily")
        for _index in range(12):
            self.answer_of(0, comment="foreign")
            self.answer_of(10, agent=seller, comment="own")
        self.send()
        text = self.text(seller)
        self.assertIn("100.0", text)
        self.assertNotIn("foreign", text)

    def test_an_accepted_answer_counts_when_it_is_accepted(self):
        self.subscribe(frequency="daily")
        [response] = self.answer_at("2026-03-04 12:00:00", 2, comment="late news")
        response.state = "suspect"
        self.at("2026-03-06 12:00:00")
        response.with_user(self.reader).action_accept()
        self.send()
        self.assertIn("late news", self.text())

    def test_in_odoo_it_is_a_notification(self):
        self.subscribe(frequency="daily", channel="inbox")
        self.answer_of(2, comment="anger")
        self.send()
        self.assertFalse(self.mails())
        self.assertIn("anger", self.in_odoo().body)

    def test_each_way_carries_what_was_asked_for_there(self):
        self.subscribe(frequency="daily", channel="inbox", wants_promoters=True)
        self.subscribe(frequency="daily", channel="mail", wants_detractors=True)
        self.answer_of(2)
        self.answer_of(9)
        self.send()
        self.assertIn("Detractors, daily", self.text())
        self.assertNotIn("Promoters, daily", self.text())
        self.assertIn("Promoters, daily", self.in_odoo().body)
        self.assertNotIn("Detractors, daily", self.in_odoo().body)

    def test_what_customers_wrote_is_no_html(self):
        self.subscribe(frequency="daily")
        self.answer_of(2, comment="<script>alert(1)</script>")
        self.send()
        self.assertNotIn("<script>", self.mails().body_html)

    # === BAD DAYS === #

    def test_an_archived_user_gets_nothing_and_it_stops(self):
        subscription = self.subscribe(frequency="daily")
        self.answer_of(2)
        self.reader.active = False
        self.send()
        self.assertFalse(self.mails())
        self.assertEqual(subscription.stop_reason, "archived")
        self.assertFalse(subscription.next_at)

    def test_who_left_the_company_gets_nothing_and_it_stops(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.reader.company_ids += other
        subscription = self.subscribe(frequency="daily", company_id=other.id)
        self.reader.company_ids -= other
        self.send()
        self.assertEqual(subscription.stop_reason, "no_access")

    def test_one_broken_user_keeps_nobody_else_waiting(self):
        broken = self.make_reader("broken")
        self.subscribe(broken, frequency="daily")
        self.subscribe(frequency="daily")
        self.answer_of(2, comment="anger")
        model = type(self.env["nps.subscription"])
        section = model._section

        def fail(subscription, now):
            if subscription.user_id == broken:
                raise ValueError("broken")
            return section(subscription, now)

        with mute_logger(REGULAR), patch.object(model, "_section", fail):
            self.send()
        self.assertEqual(len(self.mails()), 1)
        self.assertFalse(self.mails(broken))
        self.send("2026-03-07 07:20:00")
        self.assertIn("anger", self.text(broken))
        self.assertEqual(len(self.mails()), 1)

    def test_what_stays_broken_is_told_with_the_next_mail(self):
        self.subscribe(frequency="daily")
        self.answer_of(2, comment="anger")
        broken = patch.object(
            type(self.env["nps.subscription"]), "_section", side_effect=ValueError("x")
        )
        with mute_logger(REGULAR), broken:
            for minute in range(0, 59, 5):
                self.send(f"2026-03-07 08:{minute:02}:00")
        self.assertFalse(self.mails())
        self.send("2026-03-08 09:00:00")
        self.assertIn("anger", self.text())
