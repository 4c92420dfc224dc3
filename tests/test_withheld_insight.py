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
