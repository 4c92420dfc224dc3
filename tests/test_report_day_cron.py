from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .common_report_day import MEASURES, ReportDayCommon

LOGGER = "odoo.addons.nps.report.nps_report_day_cron"


@tagged("post_install", "-at_install")
class TestReportDayCron(ReportDayCommon, CronMixinCase):
    """Days are counted where it pays, and counted again every night."""

    @classmethod
    def count(cls):
        """Begin with nothing counted, as a database does."""
        cls.env["nps.report.day"]._clear()

    def run_cron(self, name="ir_cron_nps_report_day"):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"nps.{name}").method_direct_trigger()
        self.env.invalidate_all()

    def use_from(self, interactions):
        self.env["ir.config_parameter"].set_param("nps.rollup_from", interactions)

    def how_many_rows(self):
        self.env.cr.execute("SELECT COUNT(*) FROM nps_report_day")
        return self.env.cr.fetchone()[0]

    def assertSameTotals(self):
        self.assertSameNumbers(
            lambda: self.report()._read_group([], ["local_date:day"], MEASURES)
        )

    def test_few_interactions_are_not_counted_and_leave_no_notes(self):
        self.pick()
        self.assertTrue(self.changed())
        self.run_cron()
        self.assertFalse(self.how_many_rows())
        self.assertFalse(self.changed())

    def test_from_the_set_number_on_all_days_are_counted(self):
        interactions = self.env["nps.invitation"].search_count([])
        self.use_from(interactions + 1)
        self.run_cron()
        self.assertFalse(self.how_many_rows())
        self.use_from(interactions)
        self.run_cron()
        self.assertTrue(self.how_many_rows())
        self.assertFalse(self.changed())
        self.assertSameTotals()

    def test_the_next_run_counts_what_has_changed_since(self):
        self.use_from(1)
        self.run_cron()
        day = self.pick().local_date
        self.assertEqual(self.changed(), [day])
        self.assertSameTotals()
        self.run_cron()
        self.assertFalse(self.changed())
        self.assertSameTotals()

    def test_zero_turns_counting_off(self):
        self.use_from(1)
        self.run_cron()
        self.use_from(0)
        self.run_cron()
        self.assertFalse(self.how_many_rows())

    def test_a_parameter_that_is_no_number_means_the_default(self):
        self.use_from("a lot")
        self.run_cron()
        self.assertFalse(self.how_many_rows())

    def test_days_are_counted_in_steps_and_the_latest_first(self):
        changed = self.env["nps.report.day.changed"]
        changed._note_all()
        days = changed._next(1000)
        self.assertGreater(len(days), 31)
        self.assertEqual(self.env["nps.report.day"]._refresh_some(), 31)
        self.assertEqual(changed._next(1000), days[31:])
        self.assertSameTotals()

    def test_at_night_a_wrong_number_is_reported_with_its_day_and_mended(self):
        self.use_from(1)
        self.run_cron()
        self.env.cr.execute(
            "UPDATE nps_report_day SET promoters_sum = promoters_sum + 1 WHERE id ="
            " (SELECT MIN(id) FROM nps_report_day) RETURNING local_date"
        )
        [day] = self.env.cr.fetchone()
        with self.assertLogs(LOGGER, "ERROR") as logs:
            self.check()
        self.assertIn(str(day), logs.output[0])
        self.assertSameTotals()

    def check(self):
        """Run what runs at night, and what it wakes."""
        with self.capture_triggers("nps.ir_cron_nps_report_day") as capture:
            self.run_cron("ir_cron_nps_report_day_check")
        self.assertTrue(capture.records)
        self.run_cron()

    def test_at_night_days_that_are_missing_or_too_many_are_mended(self):
        self.use_from(1)
        self.run_cron()
        self.env.cr.execute(
            "UPDATE nps_report_day SET local_date = '1999-01-01' WHERE local_date ="
            " (SELECT MIN(local_date) FROM nps_report_day)"
        )
        with self.assertLogs(LOGGER, "ERROR") as logs:
            self.check()
        self.assertIn("1999-01-01", logs.output[0])
        self.assertSameTotals()

    def test_at_night_nothing_is_reported_where_all_is_right(self):
        self.use_from(1)
        self.run_cron()
        before = self.how_many_rows()
        with self.assertNoLogs(LOGGER, "ERROR"):
            self.check()
        self.assertEqual(self.how_many_rows(), before)
        self.assertFalse(self.env["nps.report.day.changed"].search_count([]))

    def test_days_that_are_only_checked_are_read_as_counted(self):
        self.use_from(1)
        self.run_cron()
        self.env["nps.report.day.changed"]._note_checks()
        self.assertFalse(self.changed())
        self.assertSameTotals()

    def test_at_night_nothing_is_done_where_nothing_is_counted(self):
        self.run_cron("ir_cron_nps_report_day_check")
        self.assertFalse(self.env["nps.report.day.changed"].search_count([]))

    def test_a_table_that_is_emptied_at_once_changes_all_days(self):
        self.use_from(1)
        self.run_cron()
        self.env.cr.execute("SELECT DISTINCT local_date FROM nps_report_day")
        counted = [day for (day,) in self.env.cr.fetchall()]
        self.env.flush_all()
        self.env.cr.execute("TRUNCATE nps_response CASCADE")
        self.assertEqual(self.changed(), sorted(counted, reverse=True))

    def test_an_update_counts_anew(self):
        self.use_from(1)
        self.run_cron()
        self.env["nps.report.day"]._make_table()
        self.assertFalse(self.how_many_rows())
        self.run_cron()
        self.assertSameTotals()
