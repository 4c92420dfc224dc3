from odoo.tests import tagged

from .common_insight import TODAY, InsightCase

BEFORE = "2025-06-10"
"""A day of the period before."""


@tagged("post_install", "-at_install")
class TestInsightOpen(InsightCase):
    """A click on a row opens what the row counts, also of who was above and below."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mover = cls.make_agent("mover", cls.support)
        cls.ours = [("user_id", "=", cls.mover.id)]

    def work(self, department, answers, on=TODAY, silent=0):
        """Let the mover be in a department, and customers answer."""
        self.mover.employee_id.department_id = department
        found = self.say([9] * answers, user=self.mover, on=on, silent=silent)
        self.env.flush_all()
        return found

    def get(self, method, **options):
        return getattr(self.insight, method)(self.ours, options)

    def assert_opens(self, rows, count):
        """Check that each row's domain finds as many as the row says."""
        self.assertTrue(rows)
        for row in rows:
            with self.subTest(row=row["name"], key=row["key"]):
                found = self.env["nps.report"].search_count(row["domain"])
                self.assertEqual(found, count(row))

    def test_of_an_agent_who_moved_below_the_scorecard_opens_his_rows_above(self):
        self.work(self.support, 3)
        self.work(self.phone, 2)
        card = self.get("get_scorecard")
        counts = [row["n"] for row in card["rows"] if row["name"] == self.mover.name]
        self.assertEqual(sorted(counts), [2, 3])
        self.assert_opens([*card["rows"], card["total"]], lambda row: row["n"])

    def test_of_an_agent_who_moved_below_the_change_opens_his_rows_above(self):
        for day in (BEFORE, TODAY):
            self.work(self.support, 11, on=day)
            self.work(self.phone, 12, on=day)
        rows = self.get("get_change")["rows"]
        self.assertEqual(len(rows), 2)
        self.assert_opens(rows, lambda row: row["now"]["answers"])

    def test_of_an_agent_who_moved_below_the_silent_open_from_above(self):
        self.work(self.support, 3, silent=1)
        self.work(self.phone, 2, silent=4)
        rows = self.get("get_silence")["rows"]
        self.assertEqual({row["asked"] for row in rows}, {4, 6})
        self.assert_opens(rows, lambda row: row["asked"])

    def test_without_an_agent_opens_only_the_rows_of_its_level(self):
        nobody = self.work(self.support, 3) | self.work(self.phone, 2)
        nobody.write({"user_id": False})
        nobody._counted_response().sudo().write({"user_id": False})
        self.env.flush_all()
        self.ours = [("id", "in", nobody.ids)]
        card = self.get("get_scorecard")
        counts = [row["n"] for row in card["rows"] if row["name"] == "Without an agent"]
        self.assertEqual(sorted(counts), [2, 3])
        self.assert_opens([*card["rows"], card["total"]], lambda row: row["n"])

    def test_as_it_is_now_the_rows_open_too(self):
        self.work(self.support, 3)
        self.work(self.phone, 2)
        card = self.get("get_scorecard", axis="organogram_now")
        self.assert_opens(card["rows"], lambda row: row["n"])
