import statistics

from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged

from ..tools import intervals
from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestGuess(NpsCommon):
    """What agents expect, next to what customers answer."""

    def guess(self, pairs, user=None, code="fixed"):
        """Let customers answer; a pair is a guess and the answer."""
        for guess, score in pairs:
            self.answer(self.pick(user=user, guess=guess, code=code), score)

    def row(self, user=None, **values):
        domain = [("user_id", "=", (user or self.agent).id)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["nps.guess.report"].search(domain)

    # === THE NUMBERS === #

    def test_the_gap_is_the_mean_of_guess_minus_answer(self):
        pairs = [(9, 8), (9, 6), (10, 10), (7, 4), (8, 9)]
        self.guess(pairs)
        gaps = [guess - score for guess, score in pairs]
        row = self.row()
        self.assertEqual(row.pairs, 5)
        self.assertAlmostEqual(row.mean_gap, statistics.mean(gaps))
        self.assertAlmostEqual(row.deviation, statistics.stdev(gaps))
        self.assertAlmostEqual(row.mean_guess, 8.6)
        self.assertAlmostEqual(row.mean_score, 7.4)

    def test_the_interval_is_students(self):
        self.guess([(9, 8), (9, 6), (10, 10), (7, 4), (8, 9)])
        row = self.row()
        expected = intervals.mean_interval(5, row.mean_gap, row.deviation)
        self.assertAlmostEqual(row.gap_low, expected[0], places=1)
        self.assertAlmostEqual(row.gap_high, expected[1], places=1)

    def test_a_guess_that_was_always_right_has_a_gap_of_zero_and_not_none(self):
        self.guess([(0, 0)] * 5)
        row = self.row()
        self.assertEqual(
            [row.mean_gap, row.mean_guess, row.gap_low, row.gap_high], [0, 0, 0, 0]
        )
        self.assertIsNot(row.mean_gap, False)

    def test_below_five_pairs_there_is_only_the_count(self):
        self.guess([(10, 0)] * 4)
        row = self.row()
        self.assertEqual(row.pairs, 4)
        for name in ("mean_gap", "mean_guess", "mean_score", "deviation", "gap_low"):
            with self.subTest(name=name):
                self.assertIs(row[name], False)
        self.assertEqual(row.sentence, "4 of 5 pairs: too few to say")

    def test_neither_a_guess_nor_an_answer_alone_is_a_pair(self):
        self.guess([(9, 9)])
        self.pick(guess=3)._on_handed_over()
        self.answer(self.pick(), 2)
        self.assertEqual(self.row().pairs, 1)

    def test_a_corrected_answer_counts_once_with_its_last_score(self):
        invitation = self.pick(guess=5)
        self.answer(invitation, 10)
        self.answer(invitation, 2, change=True)
        self.guess([(5, 2)] * 4)
        self.assertEqual((self.row().pairs, self.row().mean_gap), (5, 3))

    def test_each_metric_has_its_own_row(self):
        self.make_outcome("visited", survey_id=self.make_survey("csat").id)
        self.guess([(9, 8)] * 2)
        self.guess([(5, 3)] * 3, code="visited")
        rows = {row.metric: row.pairs for row in self.row()}
        self.assertEqual(rows, {"nps": 2, "csat": 3})

    def test_an_agent_who_moved_has_a_row_in_each_department(self):
        self.guess([(9, 8)])
        self.agent.employee_id.department_id = self.sales
        self.guess([(9, 8)] * 2)
        rows = {row.department_id: row.pairs for row in self.row()}
        self.assertEqual(rows, {self.phone: 1, self.sales: 2})

    # === IN WORDS === #

    def test_the_agent_reads_in_plain_words_that_he_guesses_too_high(self):
        self.guess([(9, 8), (9, 7), (10, 8), (9, 8), (8, 6)])
        words = self.row().with_user(self.agent).sentence
        self.assertEqual(words, "You guess 1.6 too high on average (0.9…2.3, 5 pairs)")

    def test_his_manager_reads_it_of_him(self):
        self.guess([(8, 9), (7, 9), (8, 10), (8, 9), (6, 8)])
        words = self.row().sentence
        self.assertEqual(words, "Guesses 1.6 too low on average (−2.3…−0.9, 5 pairs)")

    def test_a_gap_that_chance_explains_is_called_neither_high_nor_low(self):
        self.guess([(9, 8), (7, 9), (10, 8), (9, 9), (6, 8)])
        row = self.row()
        self.assertIn("No clear bias (−", row.sentence)
        own = row.with_user(self.agent)
        self.assertIn("Your guesses show no clear bias (−", own.sentence)

    def test_the_dialog_reminds_the_agent_where_he_guesses(self):
        self.guess([(9, 8), (9, 7), (10, 8), (9, 8), (8, 6)])
        action = self.customer.with_user(self.agent).action_nps_pick_outcome()
        dialog = self.env[action["res_model"]].with_user(self.agent)
        with Form(dialog.with_context(**action["context"])) as form:
            form.outcome_id = self.outcome
            self.assertIn("You guess 1.6 too high", form.guess_bias)

    def test_the_dialog_says_nothing_of_too_few_pairs(self):
        self.guess([(9, 8)] * 4)
        dialog = self.env["nps.outcome.pick"].with_user(self.agent)
        values = {"res_model": "res.partner", "res_id": self.customer.id}
        self.assertFalse(dialog.new({**values, "outcome_id": self.outcome}).guess_bias)

    def test_the_interactions_behind_a_row_open(self):
        self.guess([(9, 8)] * 5)
        self.pick(guess=3)
        self.answer(self.pick(), 2)
        action = self.row().with_user(self.agent).action_open_pairs()
        rows = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(rows.mapped("gap"), [1] * 5)


@tagged("post_install", "-at_install")
class TestGuessIsFinal(NpsCommon, HttpCase):
    """Nobody makes himself a better prophet once the answer is known."""

    ROLES = {
        "an agent": "nps.nps_group_user,helpdesk_mgmt.group_helpdesk_user",
        "a manager": "nps.nps_group_team_manager",
        "an analyst": "nps.nps_group_analyst",
        "an administrator": "nps.nps_group_manager,base.group_system",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open = cls.pick(guess=3)
        cls.answered = cls.pick(guess=3)
        cls.answer(cls.answered, 9)
        cls.users = [
            cls.make_agent(f"role{index}", cls.phone, groups=groups)
            for index, groups in enumerate(cls.ROLES.values())
        ] + [cls.agent, cls.env.ref("base.user_admin")]

    def test_no_role_changes_a_guess(self):
        for user in self.users:
            for invitation in (self.answered, self.open):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    invitation.with_user(user).write({"guess": 9})

    def test_no_role_changes_a_guess_by_an_import(self):
        for user in self.users:
            with self.subTest(user=user.login):
                invitations = self.env["nps.invitation"].with_user(user)
                rows = [[str(self.answered.id), "9"]]
                loaded = invitations.load([".id", "guess"], rows)
                self.assertFalse(loaded["ids"])
        self.assertEqual(self.answered.guess, 3)

    def test_no_role_changes_a_guess_through_the_api(self):
        keys_sudo = self.env["res.users.apikeys"].sudo()
        for user in self.users:
            key = keys_sudo.with_user(user).sudo()._generate("rpc", "script", None)
            with self.subTest(user=user.login):
                answer = self.url_open(
                    "/json/2/nps.invitation/write",
                    json={"ids": self.answered.ids, "vals": {"guess": 9}},
                    headers={"Authorization": f"bearer {key}"},
                )
                self.assertEqual(answer.status_code, 403)
        self.answered.invalidate_recordset()
        self.assertEqual(self.answered.guess, 3)

    def test_picking_again_leaves_the_first_guess_alone(self):
        self.pick(guess=9)
        self.assertEqual(self.answered.guess, 3)

    def test_no_role_changes_how_it_went(self):
        names = ("was_late", "was_reopened", "hours_open", "suppression_reason")
        for user in self.users:
            for name in names:
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    self.answered.with_user(user).write({name: False})
