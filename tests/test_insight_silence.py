from datetime import timedelta

from odoo.tests import tagged

from ..tools.counts import Counts
from .common_insight_tabs import InsightTabsCommon


@tagged("post_install", "-at_install")
class TestInsightSilence(InsightTabsCommon):
    """What those who did not answer could make of the score."""

    def silence(self, **options):
        return self.ask("get_silence", **{"axis": "agent", **options})

    # === BOUNDS === #

    def test_the_bounds_are_those_of_silent_who_all_think_alike(self):
        self.month(1, [10] * 10 + [8] * 6 + [3] * 4, silent=20)
        total = self.silence()["total"]
        self.assertEqual((total["asked"], total["responded"]), (40, 20))
        self.assertEqual(total["bounds"], (-35.0, 65.0))
        self.assertEqual(total["rate"], "50.0 % (35.2 to 64.8)")

    def test_it_is_told_in_sentences(self):
        self.month(1, [10] * 10 + [8] * 6 + [3] * 4, silent=20)
        sentences = self.silence()["sentences"]
        self.assertEqual(
            sentences,
            [
                "20 of 40 who were asked answered: 50.0 % (35.2 to 64.8).",
                "The net score is +30. That of all who were asked lies between −35, if "
                "all the silent were detractors, and +65, if all were promoters.",
                "It would be 0 or less if the net score of the silent were −30 or "
                "less.",
            ],
        )

    def test_a_score_that_the_silent_cannot_turn_is_said_to_be_safe(self):
        self.month(1, [10] * 20, silent=5)
        self.assertIn("it is above 0", self.silence()["sentences"][-1])

    def test_who_can_answer_still_is_counted_apart(self):
        self.month(1, [10] * 10, silent=4)[-1].state = "sent"
        self.assertIn("1 of the silent can answer still.", self.silence()["sentences"])

    def test_below_ten_answers_there_are_no_bounds(self):
        self.month(1, [10] * 9, silent=5)
        total = self.silence()["total"]
        self.assertEqual((total["bounds"], total["figure"]["score"]), (None, None))

    def test_who_was_asked_twice_was_asked_twice(self):
        self.month(1, [10] * 12, silent=3)
        total = self.silence(counting="latest")["total"]
        self.assertEqual((total["asked"], total["figure"]["answers"]), (15, 12))

    def test_when_nobody_was_asked_there_is_a_next_step(self):
        answer = self.silence()
        self.assertEqual((answer["rows"], answer["sentences"]), ([], []))
        self.assertIn("Nobody was asked", answer["empty"])

    def test_one_line_for_below_a_total(self):
        words = self.env["nps.insight"]._silence_words(Counts(10, 6, 4, 40, 20))
        self.assertIn("Response rate 50.0 % (35.2 to 64.8)", words)
        self.assertIn("between −35", words)
        self.assertEqual(self.env["nps.insight"]._silence_words(Counts()), "")

    def test_it_stands_under_the_scorecard(self):
        self.month(1, [10] * 10 + [8] * 6 + [3] * 4, silent=20)
        first = self.ask("get_scorecard")["method"][0]
        self.assertIn("between −35, if all of them were detractors", first)

    def test_of_latest_answers_the_scorecard_says_nothing_of_the_silent(self):
        self.month(1, [10] * 10, silent=20)
        method = self.ask("get_scorecard", counting="latest")["method"]
        self.assertNotIn("silent", " ".join(method))

    # === GROUPS === #

    def test_each_group_has_its_rate_and_the_most_silent_come_first(self):
        self.month(1, [10] * 10, silent=2)
        self.month(1, [10] * 10, silent=30, agent=self.other)
        rows = self.silence()["rows"]
        self.assertEqual(
            [(row["name"], row["responded"], row["asked"]) for row in rows],
            [("other", 10, 40), ("agent", 10, 12)],
        )

    def test_the_domain_of_a_group_finds_who_was_asked(self):
        self.month(1, [10] * 10, silent=2)
        self.month(1, [], silent=3, sent_at=False, state="suppressed")
        [row] = self.silence()["rows"]
        self.assertEqual(self.env["nps.report"].search_count(row["domain"]), 12)

    # === EARLY AND LATE === #

    def test_late_answers_that_are_worse_hint_at_unhappy_silent(self):
        self.month(1, [10] * 30 + [3] * 5, hours=2)
        self.month(1, [10] * 5 + [3] * 30, hours=60)
        moments = self.silence()["moments"]
        self.assertEqual(
            [(row["key"], row["answers"]) for row in moments["rows"]],
            [("early", 35), ("late", 35)],
        )
        self.assertEqual(moments["sure"]["key"], "real")
        self.assertIn("less happy", moments["hint"])
        self.assertIn("Within 24 hours: +71 (35 answers). Later: −71", moments["text"])

    def test_late_answers_like_early_ones_prove_nothing(self):
        self.month(1, [10] * 10 + [3] * 10, hours=2)
        self.month(1, [10] * 10 + [3] * 10, hours=60)
        self.assertIn("no proof", self.silence()["moments"]["hint"])

    def test_few_late_answers_are_not_compared(self):
        self.month(1, [10] * 10, hours=2)
        self.month(1, [3] * 9, hours=60)
        moments = self.silence()["moments"]
        self.assertIsNone(moments["sure"])
        self.assertIn("9 later", moments["text"])

    def test_answers_after_the_reminder_stand_apart(self):
        invitations = self.month(1, [10] * 3, hours=100)
        invitations.reminded_at = invitations[0].sent_at + timedelta(hours=90)
        self.env.flush_all()
        [row] = self.silence()["moments"]["rows"]
        self.assertEqual((row["key"], row["answers"]), ("reminded", 3))

    # === RIGHTS AND QUERIES === #

    def test_an_agent_sees_whom_he_had_asked_only(self):
        self.month(1, [10] * 10, silent=2)
        self.month(1, [10] * 10, silent=30, agent=self.other)
        asked = {
            user.login: self.ask("get_silence", user=user)["total"]["asked"]
            for user in (self.agent, self.other, self.analyst)
        }
        self.assertEqual(asked, {"agent": 12, "other": 40, "analyst": 52})

    def test_more_groups_take_no_more_queries(self):
        self.month(1, [10] * 10, silent=2)
        few = self.queries("get_silence", axis="agent")
        self.month(1, [10] * 10, silent=2, agent=self.other)
        self.assertEqual(self.queries("get_silence", axis="agent"), few)
        self.assertLessEqual(few, 10)
