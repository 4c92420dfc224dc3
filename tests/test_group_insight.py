from odoo.tests import tagged

from .common_group import ALL, GroupCase

LOW = "[('note', '=', 'low')]"
HIGH = "[('note', '=', 'high')]"


@tagged("post_install", "-at_install")
class TestGroupInsight(GroupCase):
    """Each tree of groups is an axis of the scorecard."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["nps.invitation"].search([]).unlink()
        cls.axis = cls.make_group("Axis")
        cls.branch = cls.make_group("Branch", parent=cls.axis)
        cls.all = cls.make_group("All", ALL, cls.branch)
        cls.low = cls.make_group("Low", LOW, cls.branch)
        cls.high = cls.make_group("High", HIGH, cls.axis)
        cls.other = cls.make_group("Other", "[('note', '=', 'none')]")
        for note, score in (("low", 2), ("low", 9), ("high", 10)):
            cls.answer(cls.pick(note=note), score)

    def setUp(self):
        super().setUp()
        self.sort()

    def scorecard(self, axis):
        options = {"axis": f"group:{axis.id}", "period": "all"}
        return self.env["nps.insight"].get_scorecard([], options)

    def answers(self, axis):
        """Return name -> (depth, answers) of the rows of a scorecard."""
        rows = self.scorecard(axis)["rows"]
        return {row["name"]: (row["depth"], row["n"]) for row in rows}

    def test_a_row_counts_once_in_each_group_however_many_below_it_is_in(self):
        self.assertEqual(
            self.answers(self.axis),
            {"Branch": (0, 3), "All": (1, 3), "Low": (1, 2), "High": (0, 1)},
        )

    def test_the_total_counts_each_row_once(self):
        self.assertEqual(self.scorecard(self.axis)["total"]["n"], 3)

    def test_what_is_in_no_group_of_the_axis_is_shown_too(self):
        self.assertEqual(self.answers(self.other), {"In none of these groups": (0, 3)})

    def test_each_row_opens_its_answers(self):
        for axis in (self.axis, self.other):
            for row in self.scorecard(axis)["rows"]:
                found = self.env["nps.report"].search_count(row["domain"])
                self.assertEqual(found, row["n"], row["name"])

    def test_axes_are_called_as_their_groups_and_archived_ones_are_gone(self):
        self.other.active = False
        axes = dict(self.env["nps.insight"].get_choices()["axis"])
        self.assertEqual(axes[f"group:{self.axis.id}"], "Axis")
        self.assertNotIn(f"group:{self.other.id}", axes)
        self.assertNotIn(f"group:{self.branch.id}", axes)

    def test_who_may_read_less_counts_less(self):
        stranger = self.make_agent("stranger", self.sales)
        insight = self.env["nps.insight"].with_user(stranger)
        options = {"axis": f"group:{self.axis.id}", "period": "all"}
        self.assertFalse(insight.get_scorecard([], options)["rows"])

    def test_more_groups_that_collect_others_cost_no_query_more(self):
        self.make_deeper(0)
        self.queries_of_scorecard()
        few = self.queries_of_scorecard()
        for number in range(1, 8):
            self.make_deeper(number)
        self.assertLessEqual(self.queries_of_scorecard(), few)
        rows = self.answers(self.axis)
        self.assertEqual(rows["Deeper 7"], (1, 2))
        self.assertEqual(rows["Low 7"], (2, 2))

    def make_deeper(self, number):
        """Make a group with one below it, in the branch."""
        deeper = self.make_group(f"Deeper {number}", parent=self.branch)
        self.make_group(f"Low {number}", LOW, deeper).action_sort_again()
        self.sort()

    def queries_of_scorecard(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.scorecard(self.axis)
        return self.env.cr.sql_log_count - before
