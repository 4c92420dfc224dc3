import doctest

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import targets
from .common_target import TargetCase


@tagged("post_install", "-at_install")
class TestTarget(TargetCase):
    """What a company or department aims at, and when."""

    def test_the_examples_of_verdicts_hold(self):
        result = doctest.testmod(targets)
        self.assertEqual((result.failed, result.attempted > 0), (0, True))

    def test_zero_is_a_target(self):
        self.assertEqual(self.make_target(0).value, 0)

    @mute_logger("odoo.sql_db")
    def test_a_target_needs_its_number(self):
        with self.assertRaises(psycopg2.errors.NotNullViolation):
            self.make_target(False)

    @mute_logger("odoo.sql_db")
    def test_a_target_lies_within_the_scale(self):
        with self.assertRaises(psycopg2.errors.CheckViolation):
            self.make_target(101)

    def test_a_target_ends_after_it_begins(self):
        with self.assertRaisesRegex(ValidationError, "ends before it begins"):
            self.make_target(start="2026-05-01", end="2026-04-30")

    def test_two_targets_of_the_same_do_not_overlap(self):
        self.make_target()
        with self.assertRaisesRegex(ValidationError, "End that one before"):
            self.make_target(50, start="2026-12-31", end=False)

    def test_a_target_that_is_open_overlaps_all_that_comes_later(self):
        self.make_target(end=False)
        with self.assertRaisesRegex(ValidationError, "until further notice"):
            self.make_target(50, start="2030-01-01", end="2030-12-31")

    def test_a_target_begins_the_day_after_another_ended(self):
        self.make_target()
        self.assertTrue(self.make_target(50, start="2027-01-01", end=False))

    def test_departments_and_metrics_have_targets_of_their_own(self):
        self.make_target()
        self.make_target(department_id=self.support.id)
        self.make_target(metric="csat")
        self.assertEqual(self.env["nps.target"].search_count([]), 3)

    def test_an_archived_target_is_in_nobodys_way_until_it_comes_back(self):
        old = self.make_target()
        old.active = False
        self.make_target(50)
        self.make_target(60, active=False)
        with self.assertRaisesRegex(ValidationError, "End that one before"):
            old.active = True

    def test_a_department_of_another_company_has_no_target_of_this_one(self):
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self.env["hr.department"].create(
            {"name": "Foreign", "company_id": other.id}
        )
        with self.assertRaisesRegex(UserError, "Foreign"):
            self.make_target(department_id=foreign.id)

    def test_a_target_is_called_by_metric_number_and_whose_it_is(self):
        target = self.make_target(-5, department_id=self.support.id)
        self.assertEqual(target.display_name, "NPS target −5: Support")


@tagged("post_install", "-at_install")
class TestTargetRoles(TargetCase):
    """Administrators set targets, managers read them."""

    def assertMay(self, user, allowed):
        for model in ("nps.target", "nps.benchmark"):
            may = [
                operation
                for operation in ("read", "write", "create", "unlink")
                if self.env[model].with_user(user).has_access(operation)
            ]
            self.assertEqual(may, allowed, model)

    def test_an_agent_reads_none(self):
        self.assertMay(self.agent, [])

    def test_a_manager_reads_them(self):
        self.assertMay(self.manager, ["read"])

    def test_an_administrator_sets_them(self):
        self.assertMay(self.admin, ["read", "write", "create", "unlink"])

    def test_nobody_sees_the_targets_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        target = self.make_target(company_id=other.id)
        benchmark = self.make_benchmark(company_id=other.id)
        for record in (target, benchmark):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(self.admin).read(["value"])

    def test_a_benchmark_of_no_company_is_for_all(self):
        benchmark = self.make_benchmark(company_id=False)
        self.assertEqual(benchmark.with_user(self.manager).value, 32)


@tagged("post_install", "-at_install")
class TestTargetLines(TargetCase):
    """The lines beside a score."""

    def test_nothing_set_draws_no_line(self):
        self.assertEqual(self.lines(), [])

    def test_a_company_has_its_target_and_the_benchmarks(self):
        self.make_target(0)
        self.make_benchmark()
        self.assertEqual(
            self.lines(),
            [
                (f"Target of {self.company.name}", 0, "target"),
                ("Hotels, Europe", 32, "benchmark"),
            ],
        )

    def test_a_department_has_its_own_target(self):
        self.make_target(40)
        self.make_target(45, department_id=self.support.id)
        self.make_target(50, department_id=self.phone.id)
        self.assertEqual(self.lines(self.phone), [("Target of Phone", 50, "target")])

    def test_a_department_without_target_has_that_of_the_next_above(self):
        self.make_target(40)
        self.make_target(45, department_id=self.support.id)
        self.assertEqual(self.lines(self.phone), [("Target of Support", 45, "target")])

    def test_a_department_with_none_above_has_that_of_the_company(self):
        self.make_target(40)
        self.make_target(45, department_id=self.support.id)
        name = f"Target of {self.company.name}"
        self.assertEqual(self.lines(self.sales), [(name, 40, "target")])

    def test_lines_are_those_that_hold_on_some_day_of_the_period(self):
        self.make_target(40, end="2026-03-01")
        self.make_target(50, start="2026-03-02", end=False)
        self.make_benchmark(date_from="2026-04-01")
        values = [value for _name, value, _kind in self.lines()]
        self.assertEqual(values, [40, 50])

    def test_without_a_period_all_are_lines(self):
        self.make_target(40, end="2026-03-01")
        self.make_target(50, start="2026-03-02", end=False)
        self.assertEqual(len(self.lines(start=None, end=None)), 2)

    def test_a_benchmark_is_a_line_only_where_it_is_to_be_shown(self):
        self.make_benchmark(is_shown=False)
        self.make_benchmark(name="Effort", metric="ces")
        self.assertEqual(self.lines(), [])

    def test_who_may_read_no_target_gets_no_line(self):
        self.make_target()
        self.assertEqual(self.lines(user=self.agent), [])

    def test_a_line_says_where_it_comes_from_and_of_how_many_answers(self):
        self.make_target()
        self.make_benchmark()
        target, benchmark = self.env["nps.target"]._lines("nps", self.company)
        self.assertEqual((target["n"], target["source"]), (None, False))
        self.assertEqual(benchmark["n"], 1200)
        self.assertEqual(benchmark["source"], "Trade association, hotel survey 2026")
