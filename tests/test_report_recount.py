from collections import defaultdict
from itertools import product

from odoo.tests import tagged

from ..tools import intervals
from .common_random import RandomCommon

MEASURES = [
    "net_score:avg",
    "net_low:avg",
    "net_high:avg",
    "answered:sum",
    "promoters:sum",
    "passives:sum",
    "detractors:sum",
    "score:avg",
    "promoter_share:avg",
    "invited:sum",
    "response_rate:avg",
    "gap:avg",
    "hours_to_answer:avg",
]


@tagged("post_install", "-at_install")
class TestReportRecount(RandomCommon):
    """Random answers, recounted one by one: each surface says the same numbers."""

    def recount(self, rows):
        """Return the measures of some rows, in the order of MEASURES."""
        scores = [row["score"] for row in rows if row["score"] is not None]
        up = sum(score >= 9 for score in scores)
        down = sum(score <= 6 for score in scores)
        low, high = (
            intervals.adjusted_wald(up, len(scores) - up - down, down)
            if len(scores) >= 10
            else (None, None)
        )
        asked = [row for row in rows if row["asked"]]
        answered = [row for row in rows if row["score"] is not None]
        gaps = [r["guess"] - r["score"] for r in answered if r["guess"] is not None]
        return [
            self.mean([100 * (s >= 9) - 100 * (s <= 6) for s in scores]),
            low,
            high,
            len(scores),
            up,
            len(scores) - up - down,
            down,
            self.mean(scores),
            self.mean([100 * (s >= 9) for s in scores]),
            len(asked),
            self.mean([100 * (row["score"] is not None) for row in asked]),
            self.mean(gaps),
            self.mean([row["hours"] for row in answered]),
        ]

    def mean(self, values):
        return sum(values) / len(values) if values else None

    def recounted(self, *keys):
        """Return dict of the keys' values -> measures."""
        found = defaultdict(list)
        for row in self.rows:
            found[tuple(row[key] for key in keys)].append(row)
        return {group: self.recount(rows) for group, rows in found.items()}

    def assertSame(self, seen, expected):
        for measure, left, right in zip(MEASURES, seen, expected, strict=True):
            with self.subTest(measure=measure):
                if right is None:
                    # Odoo tells "nothing" as False, in some places as None.
                    self.assertIn(left, (None, False))
                    self.assertIsNot(left, 0)
                else:
                    self.assertAlmostEqual(left, right, places=9)

    def assertGroups(self, seen, expected):
        self.assertEqual(seen.keys(), expected.keys())
        for key in expected:
            with self.subTest(group=key):
                self.assertSame(seen[key], expected[key])

    def formatted(self, row):
        return [row[measure] for measure in MEASURES]

    def test_a_total_is_the_recount_of_all_rows(self):
        (seen,) = self.env["nps.report"]._read_group(self.domain, [], MEASURES)
        self.assertSame(seen, self.recount(self.rows))

    def test_server_code_groups_rightly(self):
        rows = self.env["nps.report"]._read_group(
            self.domain, ["department_id", "local_date:month"], MEASURES
        )
        seen = {(d, month.strftime("%Y-%m")): row for d, month, *row in rows}
        self.assertGroups(seen, self.recounted("department", "month"))

    def test_lists_and_remote_programs_group_rightly(self):
        rows = self.env["nps.report"].formatted_read_group(
            self.domain, ["department_id"], MEASURES
        )
        seen = {
            (self.env["hr.department"].browse(row["department_id"][0]),): (
                self.formatted(row)
            )
            for row in rows
        }
        self.assertGroups(seen, self.recounted("department"))

    def test_a_pivot_has_right_totals_at_each_level_of_the_department_tree(self):
        levels = ["department_1_id", "department_2_id", "department_3_id"]
        sets = [levels[:depth] for depth in range(4)]
        answer = self.env["nps.report"].formatted_read_grouping_sets(
            self.domain, sets, MEASURES
        )
        for depth, rows in enumerate(answer):
            expected = self.recounted_levels(depth)
            seen = {
                tuple(row[level] and row[level][0] for level in levels[:depth]): (
                    self.formatted(row)
                )
                for row in rows
            }
            with self.subTest(depth=depth):
                self.assertGroups(seen, expected)

    def recounted_levels(self, depth):
        chains = {
            self.support: [self.support],
            self.phone: [self.support, self.phone],
            self.agents[2].employee_id.department_id: [
                self.support,
                self.phone,
                self.agents[2].employee_id.department_id,
            ],
            self.sales: [self.sales],
        }
        found = defaultdict(list)
        for row in self.rows:
            chain = [department.id for department in chains[row["department"]]]
            found[tuple((chain + [False] * 3)[:depth])].append(row)
        return {group: self.recount(rows) for group, rows in found.items()}

    def test_the_cells_of_a_pivot_are_right_too(self):
        sets = list(product([[], ["department_id"]], [[], ["local_date:month"]]))
        answer = self.env["nps.report"].formatted_read_grouping_sets(
            self.domain, [rows + columns for rows, columns in sets], MEASURES
        )
        for (rows, columns), found in zip(sets, answer, strict=True):
            keys = ["department"] * len(rows) + ["month"] * len(columns)
            with self.subTest(keys=keys):
                self.assertEqual(len(found), len(self.recounted(*keys)))
                total = self.recount(self.rows)
                if not keys:
                    self.assertSame(self.formatted(found[0]), total)

    def test_a_pivot_says_the_same_where_its_levels_are_not_added_up(self):
        sets = [["department_id"], ["department_id", "local_date:month"]]
        without_total = self.env["nps.report"]._read_grouping_sets(
            self.domain, sets, [*MEASURES, "score:max"]
        )
        added_up = self.env["nps.report"]._read_grouping_sets(
            self.domain, sets, MEASURES
        )
        for groupby, left, right in zip(sets, without_total, added_up, strict=True):
            keys = len(groupby)
            expected = {row[:keys]: row[keys:-1] for row in left}
            seen = {row[:keys]: row[keys:] for row in right}
            with self.subTest(groupby=groupby):
                self.assertGroups(seen, expected)

    def test_the_rows_of_an_export_add_up_to_the_number(self):
        rows = self.env["nps.report"].search(self.domain)
        data = rows.export_data(["net_score", "category"])["datas"]
        values = [float(value) for value, category in data if category]
        self.assertAlmostEqual(
            sum(values) / len(values), self.recount(self.rows)[0], places=9
        )
        self.assertEqual(len(data), len(self.rows))

    def test_rows_are_found_by_their_number(self):
        worst = self.env["nps.report"].search([*self.domain, ("net_score", "<", 0)])
        self.assertEqual(len(worst), self.recount(self.rows)[6])

    def test_an_unanswered_row_holds_nothing_and_no_zero(self):
        silent = self.env["nps.report"].search([*self.domain, ("answered", "=", 0)])
        self.assertTrue(silent)
        numbers = [("net_score", "in", [-100, 0, 100])]
        self.assertFalse(silent.search([("id", "in", silent.ids), *numbers]))
        self.assertEqual(set(silent.mapped("net_score")), {False})
