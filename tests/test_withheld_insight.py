from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common_withheld import WithheldCommon

METHODS = (
    "get_scorecard",
    "get_trend",
    "get_change",
    "get_associations",
    "get_silence",
)
AXES = ("agent", "organogram", "organogram_now", "month", "outcome", "department")


class InsightCommon(WithheldCommon):
    """Everything that the insight screen gives to a user."""

    def insights(self, user, axes=AXES):
        """Return (method, axis, counting) -> what the user gets, as text."""
        insight = self.env["nps.insight"].with_user(user)
        found = {}
        for method in METHODS:
            for axis in axes:
                for counting in ("all", "latest"):
                    self.settle()
                    options = {"metric": "nps", "axis": axis, "counting": counting}
                    result = getattr(insight, method)([], options)
                    found[method, axis, counting] = repr(result)
        return found

    def answer_otherwise(self, agent):
        """Let the customers of an agent have answered something else."""
        for response, (score, category) in zip(
            self.of(agent).sudo(),
            ((10, "promoter"), (8, "passive"), (9, "promoter")),
            strict=False,
        ):
            response.write({"score": score, "category": category, "comment": "Kind"})


@tagged("post_install", "-at_install")
class TestWithheldInsight(InsightCommon):
    def test_other_scores_of_the_withheld_change_nothing_on_any_tab(self):
        before = self.insights(self.manager)
        self.answer_otherwise(self.few)
        after = self.insights(self.manager)
        for key, text in before.items():
            with self.subTest(key=key):
                self.assertEqual(after[key], text)

    def test_an_analyst_would_have_seen_the_difference(self):
        before = self.insights(self.analyst, ("agent",))
        self.answer_otherwise(self.few)
        after = self.insights(self.analyst, ("agent",))
        key = ("get_scorecard", "agent", "all")
        self.assertNotEqual(after[key], before[key])

    def test_the_method_says_how_many_are_withheld(self):
        sentence = "3 answers are withheld"
        key = ("get_scorecard", "agent", "all")
        self.assertIn(sentence, self.insights(self.manager, ("agent",))[key])
        self.assertNotIn(sentence, self.insights(self.analyst, ("agent",))[key])


@tagged("post_install", "-at_install")
class TestWithheldRate(InsightCommon):
    """One response rate on every surface, also where answers are withheld."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for score in (10, 9, 10, 8):
            cls.give(cls.agent, score)
        for _silent in range(3):
            cls.pick(user=cls.few)._on_handed_over()
        cls.both = [("user_id", "in", (cls.agent | cls.few).ids)]
        cls.settle()

    def get(self, method, user=None, **options):
        self.settle()
        insight = self.env["nps.insight"].with_user(user or self.manager)
        return getattr(insight, method)(self.both, {"axis": "agent", **options})

    def pivot_rate(self, domain):
        report = self.env["nps.report"].with_user(self.manager)
        [(rate,)] = report._read_group(domain, [], ["response_rate:avg"])
        return rate

    def test_scorecard_and_silence_have_the_rate_of_the_pivot(self):
        rate = self.pivot_rate(self.both)
        self.assertAlmostEqual(rate, 100 * 13 / 16)
        for counting in ("all", "latest"):
            total = self.get("get_scorecard", counting=counting)["total"]
            self.assertAlmostEqual(total["rate"], rate)
            self.assertEqual((total["responded"], total["invited"]), (13, 16))
        silence = self.get("get_silence")["total"]
        self.assertEqual((silence["responded"], silence["asked"]), (13, 16))
        self.assertIn("81.2 %", silence["rate"])

    def test_who_answered_without_a_mail_is_asked_in_every_rate_too(self):
        self.of(self.few, "nps.invitation").sudo().write({"sent_at": False})
        rate = self.pivot_rate(self.both)
        self.assertEqual(rate, 100)
        self.assertAlmostEqual(self.get("get_scorecard")["total"]["rate"], rate)

    def test_a_regular_mail_has_this_rate(self):
        subscription = (
            self.env["nps.subscription"]
            .with_user(self.manager)
            .create({"user_id": self.manager.id, "frequency": "weekly"})
        )
        self.settle()
        now = fields.Datetime.now()
        days = (now - timedelta(days=1), now + timedelta(days=1))
        self.assertEqual(subscription._asked(*days), (16, 13))

    def test_the_bounds_take_the_withheld_for_anything(self):
        total = self.get("get_silence")["total"]
        # Of sixteen asked ten are known, six promoters and a detractor; six are not.
        self.assertEqual(total["bounds"], (100 * (5 - 6) / 16, 100 * (5 + 6) / 16))

    def test_the_words_say_that_the_withheld_are_not_silent(self):
        words = "also the customers of 3 withheld answers"
        self.assertIn(words, " ".join(self.get("get_silence")["sentences"]))
        card = self.get("get_scorecard")
        self.assertIn(words, card["method"][0])
        method = " ".join(card["method"])
        self.assertIn("in no number here but the response rate", method)
        self.assertNotIn("taken for silent", method)

    def test_where_nothing_is_withheld_nothing_is_said_of_it(self):
        found = self.get("get_silence", self.analyst)
        self.assertNotIn("withheld", repr(found))

    def test_the_rows_of_the_file_tell_who_answered(self):
        self.settle()
        report = self.env["nps.report"].with_user(self.manager)
        insight = self.env["nps.insight"].with_user(self.manager)
        question = insight._question(self.both, {})
        answered = dict(insight._row_columns(question, False))["Answered"]
        rows = report.search([*self.both, ("invited", "=", 1)])
        self.assertEqual(sum(answered(row, 1) for row in rows), 13)


@tagged("post_install", "-at_install")
class TestInsightAccess(InsightCommon):
    """Each method answers with the rights of its user."""

    def test_answers_outside_the_own_tree_change_nothing_for_a_manager(self):
        self.company.nps_fewest_shown = 0
        stranger = self.make_agent("stranger", self.sales)
        for score in (0, 1, 2):
            self.give(stranger, score)
        before = self.insights(self.manager)
        self.answer_otherwise(stranger)
        self.assertEqual(self.insights(self.manager), before)

    def test_answers_of_colleagues_change_nothing_for_an_agent(self):
        self.company.nps_fewest_shown = 0
        before = self.insights(self.few, ("agent", "organogram"))
        self.answer_otherwise(self.agent)
        self.assertEqual(self.insights(self.few, ("agent", "organogram")), before)
