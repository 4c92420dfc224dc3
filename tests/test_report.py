import random

from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ..models.nps_invitation_suppress import AGENT_REASONS
from ..tools import intervals, metrics
from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestReport(NpsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_agent("other", cls.sales)

    def ask(self, user, scores, unanswered=0):
        for score in scores:
            self.answer(self.pick(user=user), score)
        for _silent in range(unanswered):
            self.pick(user=user)._on_handed_over()

    def measure(self, aggregates, groupby=()):
        agents = self.agent | self.other
        return self.env["nps.report"]._read_group(
            [("user_id", "in", agents.ids)], groupby, aggregates
        )

    def test_ten_nine_and_seven_make_a_net_score_of_two_thirds(self):
        self.ask(self.agent, [10, 9, 7])
        ((score,),) = self.measure(["net_score:avg"])
        self.assertAlmostEqual(score, 200 / 3)

    def test_the_silent_and_the_worst_are_not_the_same(self):
        self.ask(self.agent, [10], unanswered=2)
        ((score, mean, rate),) = self.measure(
            ["net_score:avg", "score:avg", "response_rate:avg"]
        )
        self.assertEqual((score, mean), (100, 10))
        self.assertAlmostEqual(rate, 100 / 3)

    def test_a_score_of_zero_counts_as_the_worst_answer(self):
        self.ask(self.agent, [0])
        ((score, mean, answers),) = self.measure(
            ["net_score:avg", "score:avg", "answered:sum"]
        )
        self.assertEqual((score, mean, answers), (-100, 0, 1))

    def test_without_answers_there_is_no_number(self):
        self.ask(self.agent, [], unanswered=1)
        ((score, mean),) = self.measure(["net_score:avg", "score:avg"])
        self.assertFalse(score)
        self.assertFalse(mean)

    def test_who_was_not_asked_is_not_in_the_response_rate(self):
        self.ask(self.agent, [9])
        self.customer.email = False
        self.pick()
        ((asked, rate),) = self.measure(["invited:sum", "response_rate:avg"])
        self.assertEqual((asked, rate), (1, 100))

    def test_a_corrected_answer_counts_once_with_its_last_score(self):
        invitation = self.pick()
        self.answer(invitation, 10)
        self.answer(invitation, 2, change=True)
        ((score, answers),) = self.measure(["net_score:avg", "answered:sum"])
        self.assertEqual((score, answers), (-100, 1))

    def test_the_interval_of_every_group_and_of_the_total_comes_from_its_own_counts(
        self,
    ):
        self.ask(self.agent, [10] * 9 + [0] * 2)
        self.ask(self.other, [7] * 4 + [9] * 6 + [3] * 3)
        expected = {self.agent: (9, 0, 2), self.other: (6, 4, 3)}
        ends = ["net_low:avg", "net_high:avg"]
        for user, low, high in self.measure(ends, ["user_id"]):
            with self.subTest(user=user.login):
                wanted = intervals.adjusted_wald(*expected[user])
                self.assertAlmostEqual(low, wanted[0], places=6)
                self.assertAlmostEqual(high, wanted[1], places=6)
        ((low, high),) = self.measure(ends)
        wanted = intervals.adjusted_wald(15, 4, 5)
        self.assertAlmostEqual(low, wanted[0], places=6)
        self.assertAlmostEqual(high, wanted[1], places=6)

    def test_a_single_answer_has_no_interval(self):
        self.ask(self.agent, [0])
        row = self.env["nps.report"].search([("user_id", "=", self.agent.id)])
        self.assertEqual((row.net_score, row.net_low, row.net_high), (-100, 0, 0))
        self.env.cr.execute(
            SQL("SELECT net_low, net_high FROM (%s) q", row._table_query)
        )
        self.assertEqual(set(self.env.cr.fetchall()), {(None, None)})

    def test_below_ten_answers_there_is_no_interval(self):
        self.ask(self.agent, [10] * 9)
        ((low, high),) = self.measure(["net_low:avg", "net_high:avg"])
        self.assertFalse(low or high)

    def test_the_total_is_not_the_mean_of_its_parts(self):
        self.ask(self.agent, [10, 10, 10])
        self.ask(self.other, [0])
        rows = dict(self.measure(["net_score:avg"], ["user_id"]))
        self.assertEqual(rows, {self.agent: 100, self.other: -100})
        ((total,),) = self.measure(["net_score:avg"])
        self.assertEqual(total, 50)

    def test_every_level_equals_a_naive_recount(self):
        dice = random.Random(7)
        given = {
            user: [dice.randint(0, 10) for _n in range(12)]
            for user in (self.agent, self.other)
        }
        for user, scores in given.items():
            self.ask(user, scores, unanswered=3)
        for user, score in self.measure(["net_score:avg"], ["user_id"]):
            with self.subTest(user=user.login):
                categories = [metrics.category("nps", s) for s in given[user]]
                counts = [categories.count(c) for c in metrics.CATEGORIES]
                self.assertAlmostEqual(score, intervals.net_score(*counts), places=9)


@tagged("post_install", "-at_install")
class TestFairAsking(NpsCommon):
    """The share asked, who was held back, and by whom."""

    def measure(self, *aggregates, domain=()):
        mine = [("user_id", "=", self.agent.id), *domain]
        return self.env["nps.report"]._read_group(mine, [], aggregates)[0]

    def test_the_share_asked_is_of_all_interactions(self):
        self.answer(self.pick(), 9)
        self.pick()._on_handed_over()
        self.pick(suppress="agent_spam")
        self.customer.email = False
        self.pick()
        self.assertEqual(self.measure("ask_rate:avg", "interactions:sum"), (50, 4))

    def test_who_still_waits_is_neither_asked_nor_not_asked(self):
        self.pick()._on_handed_over()
        self.pick()
        self.assertEqual(self.measure("ask_rate:avg", "interactions:sum"), (100, 2))

    def test_held_back_is_who_was_not_asked_by_the_agents_choice(self):
        call = self.env.ref("mail.mail_activity_data_call")
        self.make_outcome("nobody", survey_id=False)
        self.make_outcome("later", survey_id=False, callback_activity_type_id=call.id)
        for suppress in AGENT_REASONS[:-1]:
            self.pick(suppress=suppress)
        self.pick(code="nobody")
        self.pick(code="later")
        self.pick()
        self.customer.email = False
        self.pick()
        self.assertEqual(self.measure("held_back:sum"), (4,))

    def test_giving_an_outcome_a_callback_later_rewrites_no_past(self):
        nobody = self.make_outcome("nobody", survey_id=False)
        self.pick(code="nobody")
        nobody.callback_activity_type_id = self.env.ref("mail.mail_activity_data_call")
        self.assertEqual(self.measure("held_back:sum"), (1,))

    def test_the_gap_is_of_rows_with_both_a_guess_and_an_answer(self):
        self.answer(self.pick(guess=9), 6)
        self.answer(self.pick(guess=0), 0)
        self.answer(self.pick(), 1)
        self.pick(guess=10)
        self.assertEqual(self.measure("gap:avg"), (1.5,))

    def test_a_row_without_both_has_no_gap_and_one_with_both_may_have_none_at_all(self):
        self.answer(self.pick(guess=7), 7)
        self.pick(guess=10)
        rows = self.env["nps.report"].search([("user_id", "=", self.agent.id)])
        gaps = rows.sorted("guess").mapped("gap")
        self.assertEqual(gaps, [0, False])
        self.assertIs(gaps[1], False)

    def test_filters_tell_zero_from_nothing(self):
        self.answer(self.pick(guess=7), 7)
        self.pick(guess=10)
        self.pick(suppress="agent_spam")
        counts = [
            ("ask_rate", "=", 0, 1),
            ("ask_rate", "=", 100, 1),
            ("ask_rate", "=", False, 1),
            ("gap", "=", 0, 1),
            ("gap", ">", -1, 1),
            ("gap", "=", False, 2),
            ("hours_open", "=", 0, 0),
        ]
        for *condition, count in counts:
            domain = [("user_id", "=", self.agent.id), tuple(condition)]
            with self.subTest(condition=condition):
                self.assertEqual(self.env["nps.report"].search_count(domain), count)

    def test_the_favorite_that_shows_the_reasons_works(self):
        self.pick(suppress="agent_spam")
        favorite = self.env.ref("nps.nps_report_fair_filter_reasons")
        context = safe_eval(favorite.context)
        groups = self.env["nps.report"]._read_group(
            [("user_id", "=", self.agent.id), *safe_eval(favorite.domain)],
            context["pivot_row_groupby"] + context["pivot_column_groupby"],
            [f"{name}:sum" for name in context["pivot_measures"]],
        )
        self.assertEqual(groups, [(self.agent, "agent_spam", 1)])

    def test_the_reasons_of_agents_have_words_in_reports(self):
        labels = self.env["nps.report"].fields_get(["suppression_reason"])
        known = dict(labels["suppression_reason"]["selection"])
        self.assertLessEqual(set(AGENT_REASONS), set(known))
