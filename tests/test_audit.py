import random
from datetime import timedelta
from math import comb

from odoo import fields
from odoo.tests import Form, TransactionCase, tagged

from ..tools import audit, exact_test
from .common import NpsCommon

SEEDS = (1, 2, 3, 4, 5)
HONEST = 200


def interaction(dice, hold):
    """Return how one invented interaction went.

    :param hold: function of "went badly" that gives the chance to be held back
    """
    trouble = dice.gauss(0, 1)
    late = trouble + dice.gauss(0, 0.5) > 1.1
    reopened = dice.random() < (0.15 if trouble > 1 else 0.03)
    guesses = dice.random() < 0.4
    return audit.Course(
        held_back=dice.random() < hold(late or reopened),
        late=late,
        reopened=reopened,
        hours=2 ** (2 + trouble + dice.gauss(0, 0.7)),
        low_guess=trouble + dice.gauss(0, 0.7) > 0.9 if guesses else None,
    )


def agent(dice, hold):
    """Return a quarter of one agent's interactions."""
    return [interaction(dice, hold) for _n in range(dice.randint(120, 300))]


def world(seed):
    """Return a company: a cherry-picker, and 200 who hold back few or many.

    How many they hold back differs, from 1 in 50 to 1 in 3, but never because of how
    it went.
    """
    dice = random.Random(seed)
    company = {"picker": agent(dice, lambda badly: 0.7 if badly else 0.05)}
    for number in range(HONEST):
        share = dice.choice((0.02, 0.05, 0.1, 0.33))
        company[number] = agent(dice, lambda _badly, share=share: share)
    return company


@tagged("post_install", "-at_install")
class TestAuditArithmetic(TransactionCase):
    """The audit finds who picks his customers and leaves the others in peace."""

    def test_fishers_test_is_the_sum_over_all_tables_at_least_as_uneven(self):
        dice = random.Random(3)
        for _n in range(200):
            n, m = dice.randint(1, 60), dice.randint(1, 60)
            a, b = dice.randint(0, n), dice.randint(0, m)
            ways = sum(
                comb(n, k) * comb(m, a + b - k)
                for k in range(a, min(n, a + b) + 1)
                if a + b - k <= m
            )
            with self.subTest(table=(a, n, b, m)):
                exact = ways / comb(n + m, a + b)
                self.assertAlmostEqual(exact_test.fisher_greater(a, n, b, m), exact)

    def test_large_counts_neither_overflow_nor_lose_their_meaning(self):
        even = exact_test.fisher_greater(20_000, 100_000, 60_000, 300_000)
        uneven = exact_test.fisher_greater(21_000, 100_000, 60_000, 300_000)
        self.assertAlmostEqual(even, 0.5, delta=0.01)
        self.assertLess(uneven, 1e-9)

    def test_one_picker_among_200_is_found_and_hardly_anybody_else(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                results = audit.audit(world(seed))
                self.assertTrue(results.pop("picker").marked)
                wrongly = [a for a, result in results.items() if result.marked]
                self.assertLessEqual(len(wrongly), 0.05 * HONEST)

    def test_among_honest_agents_alone_nearly_nobody_is_marked(self):
        marked = 0
        for seed in SEEDS:
            company = world(seed)
            del company["picker"]
            marked += sum(result.marked for result in audit.audit(company).values())
        self.assertLessEqual(marked, 0.05 * len(SEEDS) * HONEST / 10)

    def test_who_holds_back_much_but_evenly_is_not_marked(self):
        for seed in SEEDS:
            dice = random.Random(seed)
            company = {n: agent(dice, lambda _badly: 0.6) for n in range(20)}
            with self.subTest(seed=seed):
                results = audit.audit(company).values()
                self.assertFalse(any(result.marked for result in results))

    def test_who_holds_back_those_with_whom_it_went_well_is_not_marked(self):
        dice = random.Random(1)
        company = {"odd": agent(dice, lambda badly: 0.0 if badly else 0.5)}
        self.assertFalse(audit.audit(company)["odd"].marked)

    def test_each_sign_alone_is_enough(self):
        signs = {
            "late": [{"late": False}, {"late": True}],
            "reopened": [{"reopened": False}, {"reopened": True}],
            "low_guess": [{"low_guess": False}, {"low_guess": True}],
            "long": [{"hours": 1.0}, {"hours": 50.0}],
        }
        for factor, (well, badly) in signs.items():
            courses = [audit.Course(False, **well)] * 60
            courses += [audit.Course(True, **badly)] * 12
            with self.subTest(factor=factor):
                result = audit.audit({"one": courses})["one"]
                self.assertTrue(result.marked)
                self.assertEqual(result.strongest.factor, factor)

    def test_a_few_interactions_prove_nothing_and_nobody_is_judged_by_them(self):
        held = [audit.Course(True, late=True)] * 9
        asked = [audit.Course(False, late=False)] * 10
        few, enough = held + asked, held + asked + asked[:1]
        results = audit.audit({"few": few, "enough": enough})
        self.assertIsNone(results["few"].adjusted)
        self.assertFalse(results["few"].marked)
        self.assertTrue(results["enough"].marked)

    def test_who_cannot_be_judged_makes_it_no_harder_to_find_the_others(self):
        picker = [audit.Course(True, late=True)] * 6
        picker += [audit.Course(n < 4, late=False) for n in range(40)]
        alone = audit.audit({"picker": picker})["picker"]
        crowd = {n: [audit.Course(True)] * 50 for n in range(100)}
        among = audit.audit({**crowd, "picker": picker})["picker"]
        self.assertEqual(alone, among)


@tagged("post_install", "-at_install")
class TestAuditScreen(NpsCommon):
    """What managers see of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")
        cls.fair = cls.make_agent("fair", cls.sales)
        cls.ticket = cls.make_ticket()
        cls.outcomes = {
            "ask": cls.outcome,
            "callback": cls.make_outcome(
                "later",
                survey_id=False,
                callback_activity_type_id=cls.env.ref(
                    "mail.mail_activity_data_call"
                ).id,
            ),
            "nobody": cls.make_outcome("nobody", survey_id=False),
        }

    def happen(self, number, user=None, late=False, outcome="ask", **values):
        """Let interactions end as they would; quicker than picking them one by one."""
        user = user or self.agent
        held = values.get("suppression_reason")
        invitations = self.env["nps.invitation"].sudo()
        [values_of_pick] = invitations._values_list_for(
            self.ticket, self.outcomes[outcome], user
        )
        row = dict(
            values_of_pick,
            was_late=late,
            state="suppressed" if held or outcome != "ask" else "expired",
            suppression_reason=held or (outcome != "ask" and "no_survey"),
            sent_at=False if held or outcome != "ask" else fields.Datetime.now(),
        )
        return invitations.create([{**row, **values} for _n in range(number)])

    def pick_cherries(self, user=None):
        self.happen(12, user, late=True, suppression_reason="agent_spam")
        self.happen(3, user, late=True)
        self.happen(45, user)

    def audit(self, user=None, **values):
        audits = self.env["nps.ask.audit"].with_user(user or self.analyst)
        return audits.create(values)

    def line(self, agent=None, **values):
        lines = self.audit(**values).line_ids
        return lines.filtered(lambda line: line.user_id == (agent or self.agent))

    # === WHAT IT FINDS === #

    def test_who_holds_back_the_late_ones_is_marked_in_plain_words(self):
        self.pick_cherries()
        line = self.line()
        self.assertTrue(line.marked)
        self.assertEqual((line.verdict, line.factor), ("talk", "late"))
        self.assertEqual((line.interactions, line.held_back), (60, 12))
        self.assertEqual((line.badly_share, line.well_share), (80, 0))
        self.assertEqual(
            line.sentence,
            "Held back 12 of 15 that were late (80 %), but 0 of the 45 others (0 %).",
        )

    def test_a_p_value_is_never_shown_as_nothing(self):
        self.pick_cherries()
        self.happen(60, self.fair)
        self.happen(20, self.fair, late=True)
        self.assertEqual(self.line().adjusted_text, "< 0.001")
        self.assertEqual(self.line(self.fair).adjusted_text, "1.000")

    def test_who_holds_back_evenly_is_not_marked(self):
        for late in (True, False):
            self.happen(10, late=late, suppression_reason="agent_spam")
            self.happen(20, late=late)
        line = self.line()
        self.assertEqual(line.verdict, "nothing")
        self.assertEqual(line.sentence, "Held back 20 of 60; no pattern found.")

    def test_who_holds_nobody_back_is_told_so(self):
        self.happen(10, late=True)
        self.happen(20)
        line = self.line()
        self.assertEqual(line.sentence, "Held nobody back in 30 interactions.")
        self.assertIs(line.badly_share, False)

    def test_too_few_interactions_have_no_number(self):
        self.happen(9, late=True, suppression_reason="agent_spam")
        self.happen(10)
        line = self.line()
        self.assertEqual(line.verdict, "few")
        self.assertEqual(line.sentence, "19 of 20 interactions: too few to say.")
        for name in ("p", "adjusted", "badly_share", "well_share"):
            self.assertIs(line[name], False)

    def test_interactions_of_which_nothing_is_known_have_no_number(self):
        self.happen(30, hours_open=False)
        self.assertIn("Too little is known of how the 30", self.line().sentence)

    def test_without_a_ticket_nobody_counts_as_not_late(self):
        self.pick_cherries()
        self.happen(200, hours_open=False)
        self.assertEqual(self.line().well, 45)

    def test_a_low_guess_is_one_that_expects_a_detractor(self):
        self.happen(12, guess=6, suppression_reason="agent_abusive", hours_open=False)
        self.happen(40, guess=7, hours_open=False)
        line = self.line()
        self.assertEqual((line.factor, line.badly, line.well), ("low_guess", 12, 40))

    def test_an_outcome_that_asks_nobody_holds_back_and_a_callback_does_not(self):
        self.happen(20, late=True, outcome="nobody")
        self.happen(20, late=True, outcome="callback")
        self.happen(20)
        line = self.line()
        self.assertEqual((line.interactions, line.held_back), (40, 20))

    def test_who_could_not_be_asked_was_not_held_back(self):
        self.happen(20, late=True, suppression_reason="no_address")
        self.happen(20)
        line = self.line()
        self.assertEqual((line.interactions, line.held_back), (40, 0))

    # === THE SCREEN === #

    def test_the_marked_come_first_and_those_with_too_few_data_last(self):
        self.happen(5, self.make_agent("new", self.phone))
        self.happen(60, self.fair)
        self.happen(20, self.fair, late=True)
        self.pick_cherries()
        self.assertEqual(
            self.audit().line_ids.mapped("verdict")[:2], ["talk", "nothing"]
        )
        self.assertEqual(self.audit().line_ids[-1].verdict, "few")

    def test_only_the_period_counts_and_another_period_is_one_choice_away(self):
        old = fields.Datetime.now() - timedelta(days=100)
        self.happen(12, late=True, suppression_reason="agent_spam", picked_at=old)
        self.happen(60)
        audit_of_quarter = self.audit()
        self.assertEqual(audit_of_quarter.line_ids.interactions, 60)
        with Form(audit_of_quarter) as form:
            form.period = "180"
        self.assertEqual(audit_of_quarter.line_ids.interactions, 72)
        self.assertTrue(audit_of_quarter.line_ids.marked)

    def test_the_summary_says_how_many_of_how_many(self):
        self.assertIn("Nobody has enough interactions", self.audit().summary)
        self.pick_cherries()
        self.assertIn("1 of 1 agents with enough data", self.audit().summary)

    def test_the_menu_opens_a_filled_audit(self):
        self.pick_cherries()
        action = self.env["nps.ask.audit"].with_user(self.analyst).action_open()
        opened = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(opened.line_ids.user_id, self.agent)

    def test_a_line_opens_exactly_the_interactions_that_were_compared(self):
        self.pick_cherries()
        self.happen(4, outcome="callback")
        action = self.line().action_open_interactions()
        rows = self.env[action["res_model"]].with_user(self.analyst)
        self.assertEqual(rows.search_count(action["domain"]), 60)

    def test_the_department_is_the_last_one_the_agent_worked_for(self):
        earlier = fields.Datetime.now() - timedelta(days=3)
        self.happen(30, department_id=self.sales.id, picked_at=earlier)
        self.happen(30)
        self.assertEqual(self.line().department_id, self.phone)

    # === WHO SEES WHAT === #

    def test_a_team_manager_audits_his_department_and_below(self):
        manager = self.make_agent(
            "manager", self.support, groups="nps.nps_group_team_manager"
        )
        self.support.manager_id = manager.employee_id
        self.pick_cherries()
        self.pick_cherries(self.fair)
        self.assertEqual(self.audit(manager).line_ids.user_id, self.agent)
        self.assertEqual(self.audit().line_ids.user_id, self.agent | self.fair)

    def test_nobody_reads_the_audit_of_another(self):
        self.pick_cherries()
        done = self.audit()
        other = self.make_agent("other", groups="nps.nps_group_analyst")
        for records in (done, done.line_ids):
            found = self.env[records._name].with_user(other)
            self.assertFalse(found.search([("id", "in", records.ids)]))
