import io

import openpyxl

from odoo.tests import freeze_time, tagged

from .common_target import SOURCE, TargetCase

DAYS = {"period": {"start": "2026-03-01", "end": "2026-03-31"}}


class TargetInsightCase(TargetCase):
    """An analyst looks at March; nobody else's targets are there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")
        cls.insight = cls.env["nps.insight"].with_user(analyst)
        cls.env["nps.target"].search([]).unlink()
        cls.env["nps.benchmark"].search([]).unlink()

    @classmethod
    def say(cls, scores, user=None, on="2026-03-10"):
        """Let customers answer on a day."""
        with freeze_time(f"{on} 10:00:00"):
            for score in scores:
                invitation = cls.pick(user=user or cls.agent)
                invitation._on_handed_over()
                cls.answer(invitation, score)

    @classmethod
    def aim(cls, value, **values):
        return cls.env["nps.target"].create(
            {"value": value, "date_from": "2026-01-01", **values}
        )

    def scorecard(self, domain=(), **options):
        return self.insight.get_scorecard(list(domain), {**DAYS, **options})

    def targets(self, card):
        rows = [*card["rows"], card["total"]]
        return {row["name"]: row["target"]["text"] for row in rows if row.get("target")}

    def trend(self, domain=(), **options):
        return self.insight.get_trend(list(domain), {**DAYS, **options})


@tagged("post_install", "-at_install")
class TestTargetScorecard(TargetInsightCase):
    """A row of the scorecard says whether its target is reached."""

    def verdict(self, target, scores):
        self.say(scores)
        self.aim(target, department_id=self.support.id)
        return self.targets(self.scorecard(axis="organogram"))["Support"]

    def test_a_target_is_reached_when_the_whole_interval_lies_above(self):
        self.assertEqual(self.verdict(0, [10] * 20), "Target 0: reached")

    def test_a_target_is_missed_when_the_whole_interval_lies_below(self):
        self.assertEqual(self.verdict(40, [0] * 20), "Target 40: missed")

    def test_a_target_within_the_interval_cannot_be_told_yet(self):
        scores = [10] * 6 + [0] * 6
        self.assertEqual(self.verdict(0, scores), "Target 0: cannot be told yet")

    def test_few_answers_tell_nothing_of_a_target(self):
        self.assertEqual(self.verdict(40, [10] * 9), "Target 40: too few answers")

    def test_a_department_below_is_not_judged_by_the_target_above(self):
        self.say([10] * 20)
        self.aim(40, department_id=self.support.id)
        self.assertEqual(
            list(self.targets(self.scorecard(axis="organogram"))), ["Support"]
        )

    def test_the_rows_of_one_department_alone_have_no_target_of_its_whole_tree(self):
        self.say([10] * 20, user=self.make_agent("above", self.support))
        self.aim(40, department_id=self.support.id)
        self.assertEqual(self.targets(self.scorecard(axis="department")), {})

    def test_the_company_and_the_total_have_the_target_of_the_company(self):
        self.say([10] * 20)
        self.aim(40)
        found = self.targets(self.scorecard(axis="company"))
        self.assertEqual(set(found), {self.company.name, "Total"})

    def test_agents_and_countries_have_no_target(self):
        self.say([10] * 20)
        self.aim(40)
        for axis in ("agent", "country"):
            self.assertEqual(list(self.targets(self.scorecard(axis=axis))), ["Total"])

    def test_what_is_filtered_by_something_else_has_no_target(self):
        self.say([10] * 20)
        self.aim(40)
        card = self.scorecard([("user_id", "=", self.agent.id)])
        self.assertEqual(self.targets(card), {})

    def test_the_total_of_a_department_has_its_target(self):
        self.say([10] * 20)
        self.aim(40)
        self.aim(30, department_id=self.support.id)
        card = self.scorecard([("department_id", "child_of", self.support.id)])
        self.assertIn("Target 30", self.targets(card)["Total"])

    def test_the_departments_beside_the_screen_have_their_targets(self):
        self.say([10] * 20)
        self.aim(30, department_id=self.support.id)
        path = self.env["nps.department.path"].search(
            [("department_id", "=", self.support.id)]
        )
        for condition in (
            ("department_path_id", "child_of", path.id),
            ("department_now_id", "child_of", self.support.id),
        ):
            total = self.scorecard([condition])["total"]
            self.assertEqual(total["target"]["text"], "Target 30: reached")

    def test_a_group_has_its_target(self):
        axis = self.env["nps.group"].create({"name": "Moments"})
        group = self.env["nps.group"].create(
            {
                "name": "Fixed",
                "parent_id": axis.id,
                "domain": "[('outcome_id.code', '=', 'fixed')]",
            }
        )
        self.say([10] * 20)
        group._sort(self.env["nps.invitation"].search([]))
        self.env.flush_all()
        self.aim(40, group_id=group.id)
        found = self.targets(self.scorecard(axis=f"group:{axis.id}"))
        self.assertEqual(found, {"Fixed": "Target 40: reached"})

    def test_a_month_has_the_target_of_its_time(self):
        self.say([10] * 20, on="2026-02-10")
        self.say([10] * 20, on="2026-03-10")
        self.aim(30, date_to="2026-02-28")
        self.aim(40, date_from="2026-03-01")
        card = self.scorecard(
            axis="month", period={"start": "2026-02-01", "end": "2026-03-31"}
        )
        texts = [row["target"]["text"] for row in card["rows"]]
        self.assertEqual(sorted(texts), ["Target 30: reached", "Target 40: reached"])

    def test_a_target_is_drawn_on_the_bar_and_explained_below(self):
        self.say([10] * 20)
        self.aim(40)
        card = self.scorecard(axis="company")
        mark = {"value": 40, "label": "Target 40: reached"}
        self.assertIn(mark, card["total"]["marks"])
        self.assertIn("A target is reached when", " ".join(card["method"]))

    def test_the_total_has_a_mark_for_each_benchmark_with_its_source_below(self):
        self.say([10] * 20)
        self.env["nps.benchmark"].create(SOURCE)
        card = self.scorecard(axis="company")
        mark = {"value": 32, "label": "Hotels, Europe (n = 1200)"}
        self.assertEqual(card["total"]["marks"], [mark])
        self.assertIn("Trade association", " ".join(card["method"]))

    def test_an_agent_sees_no_target(self):
        self.say([10] * 20)
        self.aim(40)
        card = self.insight.with_user(self.agent).get_scorecard([], DAYS)
        self.assertEqual(self.targets(card), {})


@tagged("post_install", "-at_install")
class TestTargetTrend(TargetInsightCase):
    """The trend has a line for each target and benchmark of its time."""

    def test_the_trend_has_the_target_of_the_company_and_the_benchmarks(self):
        self.say([10] * 20)
        self.aim(40)
        self.env["nps.benchmark"].create(SOURCE)
        lines = self.trend()["lines"]
        self.assertEqual(
            [(line["name"], line["value"], line["from"], line["to"]) for line in lines],
            [
                (f"Target of {self.company.name}", 40, "2026-01-01", False),
                ("Hotels, Europe (n = 1200)", 32, "2026-01-01", "2026-12-31"),
            ],
        )

    def test_the_trend_of_a_department_has_its_target(self):
        self.say([10] * 20)
        self.aim(40)
        self.aim(30, department_id=self.support.id)
        lines = self.trend([("department_id", "child_of", self.phone.id)])["lines"]
        self.assertEqual([line["name"] for line in lines], ["Target of Support"])

    def test_the_trend_of_anything_else_has_benchmarks_alone(self):
        self.say([10] * 20)
        self.aim(40)
        self.env["nps.benchmark"].create(SOURCE)
        for domain in (
            [("user_id", "=", self.agent.id)],
            [
                "|",
                ("department_id", "child_of", self.support.id),
                ("department_id", "child_of", self.sales.id),
            ],
        ):
            kinds = [line["kind"] for line in self.trend(domain)["lines"]]
            self.assertEqual(kinds, ["benchmark"])

    def test_the_source_of_a_benchmark_stands_below_the_trend(self):
        self.env["nps.benchmark"].create(SOURCE | {"licence": "CC BY 4.0"})
        method = " ".join(self.trend()["method"])
        self.assertIn("hotel survey 2026, CC BY 4.0", method)


@tagged("post_install", "-at_install")
class TestTargetGroup(TargetInsightCase):
    """Groups of interactions have targets of their own."""

    def test_a_target_is_for_a_department_or_for_a_group(self):
        group = self.env["nps.group"].create({"name": "Moments"})
        with self.assertRaisesRegex(Exception, "not for both"):
            self.aim(40, group_id=group.id, department_id=self.support.id)

    def test_targets_of_groups_do_not_overlap(self):
        group = self.env["nps.group"].create({"name": "Moments"})
        self.aim(40)
        self.aim(40, group_id=group.id)
        with self.assertRaisesRegex(Exception, "Moments already"):
            self.aim(50, group_id=group.id)

    def test_the_lines_of_a_group_are_its_own_targets(self):
        group = self.env["nps.group"].create({"name": "Moments"})
        self.aim(40)
        self.aim(50, group_id=group.id)
        lines = self.env["nps.target"]._lines("nps", self.company, group=group)
        self.assertEqual([line["value"] for line in lines], [50])


@tagged("post_install", "-at_install")
class TestTargetFiles(TargetInsightCase):
    """What leaves the house says of targets what the screen says."""

    def sheet(self):
        options = {**DAYS, "axis": "company"}
        content = self.insight._scorecard_xlsx([], options)
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        head, *rows = list(sheet.values)
        return head, {row[0]: dict(zip(head, row, strict=True)) for row in rows}

    def test_the_spreadsheet_has_the_targets(self):
        self.say([10] * 20)
        self.aim(40)
        _head, rows = self.sheet()
        self.assertEqual(rows["Total"]["Target"], 40)
        self.assertEqual(rows["Total"]["Target reached?"], "Target 40: reached")

    def test_the_spreadsheet_has_no_column_for_targets_that_nobody_set(self):
        self.say([10] * 20)
        self.assertNotIn("Target", self.sheet()[0])

    def test_the_paper_says_whether_a_target_is_reached(self):
        self.say([10] * 20)
        self.aim(40)
        row = self.scorecard(axis="company")["total"]
        card = {"shown_share": False, "is_time": False, "before": False}
        bar = dict.fromkeys(("start", "width", "low", "spread"), 0)
        paper = self.env["ir.qweb"]._render(
            "nps.scorecard_document_row",
            {
                "row": row,
                "card": card,
                "bar": lambda _row: {**bar, "kind": "promoter", "marks": []},
                "say": str,
            },
        )
        self.assertIn("Target 40: reached", str(paper))
