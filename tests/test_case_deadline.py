from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NpsCaseCommon

MONDAY = datetime(2026, 3, 2, 8, 0)
"""Nine o'clock in Brussels, in winter."""


@tagged("post_install", "-at_install")
class TestCaseDeadline(NpsCaseCommon):
    """Deadlines are counted in the working hours of the owner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.make_calendar("Office", "Europe/Brussels", range(5))
        cls.boss.employee_id.resource_calendar_id = cls.calendar
        cls.boss.employee_id.tz = "Europe/Brussels"
        cls.rule = cls.env.ref("nps.nps_case_rule_detractor")
        cls.rule.write({"contact_hours": 4, "close_hours": 24})

    @classmethod
    def make_calendar(cls, name, zone, days):
        """Make a calendar of days from 9 to 17 o'clock, without a break."""
        return cls.env["resource.calendar"].create(
            {
                "name": name,
                "tz": zone,
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": "Day",
                                "dayofweek": str(day),
                                "hour_from": 9,
                                "hour_to": 17,
                                "day_period": "full_day",
                            }
                        )
                        for day in days
                    ),
                ],
            }
        )

    def open_at(self, moment):
        """Open a case at a moment (UTC)."""
        with freeze_time(moment):
            self.company.nps_case_grace_minutes = 0
            invitation = self.ask_and_answer(2)
            self.run_case_cron()
        return invitation.case_ids

    def test_within_the_day(self):
        case = self.open_at(MONDAY)
        self.assertEqual(case.contact_due_at, MONDAY + timedelta(hours=4))

    def test_over_the_night(self):
        case = self.open_at(MONDAY + timedelta(hours=6))
        # Two hours on Monday until 17 o'clock, two on Tuesday from 9 o'clock on.
        self.assertEqual(case.contact_due_at, datetime(2026, 3, 3, 10, 0))

    def test_over_the_weekend(self):
        case = self.open_at(datetime(2026, 3, 6, 14, 0))
        self.assertEqual(case.contact_due_at, datetime(2026, 3, 9, 10, 0))

    def test_an_answer_at_night_waits_for_the_morning(self):
        case = self.open_at(datetime(2026, 3, 3, 1, 0))
        self.assertEqual(case.contact_due_at, datetime(2026, 3, 3, 12, 0))

    def test_over_a_public_holiday(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.calendar.id,
                "date_from": datetime(2026, 3, 2, 23, 0),
                "date_to": datetime(2026, 3, 3, 22, 59),
            }
        )
        case = self.open_at(MONDAY + timedelta(hours=6))
        self.assertEqual(case.contact_due_at, datetime(2026, 3, 4, 10, 0))

    def test_over_the_owners_own_day_off(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Day off",
                "calendar_id": self.calendar.id,
                "resource_id": self.boss.employee_id.resource_id.id,
                "date_from": datetime(2026, 3, 2, 23, 0),
                "date_to": datetime(2026, 3, 3, 22, 59),
            }
        )
        case = self.open_at(MONDAY + timedelta(hours=6))
        self.assertEqual(case.contact_due_at, datetime(2026, 3, 4, 10, 0))

    def test_over_the_night_in_which_the_clock_is_put_forward(self):
        case = self.open_at(datetime(2026, 3, 27, 14, 0))
        # Friday 15 o'clock in winter time, then Monday 9 to 11 o'clock in summer time.
        self.assertEqual(case.contact_due_at, datetime(2026, 3, 30, 9, 0))

    def test_over_the_night_in_which_the_clock_is_put_back(self):
        case = self.open_at(datetime(2026, 10, 23, 13, 0))
        self.assertEqual(case.contact_due_at, datetime(2026, 10, 26, 10, 0))

    def test_through_a_night_shift_that_loses_an_hour(self):
        night = self.env["resource.calendar"].create(
            {
                "name": "Nights",
                "tz": "Europe/Brussels",
                "attendance_ids": [
                    Command.clear(),
                    Command.create(
                        {
                            "name": "Sunday",
                            "dayofweek": "6",
                            "hour_from": 0,
                            "hour_to": 8,
                            "day_period": "full_day",
                        }
                    ),
                ],
            }
        )
        self.boss.employee_id.resource_calendar_id = night
        case = self.open_at(datetime(2026, 3, 28, 22, 0))
        # From midnight, four hours of work: at 5 o'clock, as 2 to 3 does not exist.
        self.assertEqual(case.contact_due_at, datetime(2026, 3, 29, 3, 0))

    def test_who_has_no_calendar_works_round_the_clock(self):
        self.boss.employee_id.resource_calendar_id = False
        self.company.resource_calendar_id = False
        case = self.open_at(datetime(2026, 3, 7, 22, 0))
        self.assertEqual(case.contact_due_at, datetime(2026, 3, 8, 2, 0))

    def test_a_calendar_without_hours_gives_a_deadline_all_the_same(self):
        empty = self.make_calendar("Empty", "UTC", ())
        self.boss.employee_id.resource_calendar_id = empty
        case = self.open_at(MONDAY)
        self.assertEqual(case.contact_due_at, MONDAY + timedelta(days=30))

    def test_a_new_owner_brings_his_own_calendar(self):
        case = self.open_at(datetime(2026, 3, 6, 14, 0))
        every_day = self.make_calendar("Every day", "Europe/Brussels", range(7))
        self.head.employee_id.write(
            {"resource_calendar_id": every_day.id, "tz": "Europe/Brussels"}
        )
        with freeze_time(datetime(2026, 3, 6, 15, 0)):
            case.user_id = self.head
        self.assertEqual(case.contact_due_at, datetime(2026, 3, 7, 10, 0))

    # === WHAT IS DUE NEXT, AND WHETHER IT WAS ON TIME === #

    def test_after_the_contact_the_end_of_the_case_is_due(self):
        case = self.open_at(MONDAY)
        self.assertEqual(case.due_at, case.contact_due_at)
        with freeze_time(MONDAY + timedelta(hours=1)):
            case.action_reached()
        self.assertEqual(case.due_at, datetime(2026, 3, 4, 16, 0))

    def test_hours_are_those_that_were_worked(self):
        case = self.open_at(MONDAY + timedelta(hours=6))
        with freeze_time(datetime(2026, 3, 3, 9, 30)):
            case.action_reached()
        self.assertAlmostEqual(case.hours_to_contact, 3.5)
        with freeze_time(datetime(2026, 3, 9, 9, 0)):
            self.close(case)
        self.assertAlmostEqual(case.hours_to_close, 2 + 4 * 8 + 1)

    def test_a_case_in_time_is_on_time_and_only_when_it_is_closed(self):
        case = self.open_at(MONDAY)
        with freeze_time(MONDAY + timedelta(hours=1)):
            case.action_reached()
            self.assertFalse(case.punctuality)
            self.assertIs(case.on_time, False)
            self.close(case)
        self.assertEqual((case.punctuality, case.on_time), ("on_time", 100))

    def test_a_late_contact_makes_the_case_late_for_good(self):
        case = self.open_at(MONDAY)
        with freeze_time(MONDAY + timedelta(hours=5)):
            case.action_reached()
            self.close(case)
        self.assertEqual((case.punctuality, case.on_time), ("late", 0))

    def test_overdue_cases_are_found(self):
        case = self.open_at(MONDAY)
        cases = self.env["nps.case"]
        for hours, expected in ((3, False), (5, True)):
            with freeze_time(MONDAY + timedelta(hours=hours)):
                case.invalidate_recordset(["is_overdue"])
                self.assertEqual(case.is_overdue, expected)
                found = cases.search([("is_overdue", "=", True), ("id", "=", case.id)])
                self.assertEqual(bool(found), expected)

    def test_the_share_on_time_leaves_out_what_is_undecided(self):
        on_time, late, undecided = (self.open_at(MONDAY) for _index in range(3))
        with freeze_time(MONDAY + timedelta(hours=1)):
            on_time.action_reached()
            self.close(on_time)
        with freeze_time(MONDAY + timedelta(hours=5)):
            self.close(late)
        cases = on_time | late | undecided
        [[share]] = self.env["nps.case"]._read_group(
            [("id", "in", cases.ids)], [], ["on_time:avg"]
        )
        self.assertEqual(share, 50)

    def test_handing_a_late_case_over_makes_it_not_on_time(self):
        case = self.open_at(MONDAY)
        missed = case.contact_due_at
        empty = self.make_calendar("Empty", "UTC", ())
        self.head.employee_id.resource_calendar_id = empty
        with freeze_time(MONDAY + timedelta(hours=5)):
            case.user_id = self.head
            self.assertEqual(case.contact_due_at, missed)
            self.close(case)
        self.assertEqual(case.punctuality, "late")

    def test_a_case_that_is_opened_again_gets_new_deadlines(self):
        case = self.open_at(MONDAY)
        with freeze_time(MONDAY + timedelta(hours=5)):
            self.close(case)
        later = datetime(2026, 4, 6, 8, 0)
        with freeze_time(later):
            case.action_reopen()
            self.assertFalse(case.is_overdue or case.punctuality)
            self.assertEqual(case.reopened_at, later)
        with freeze_time(later + timedelta(hours=3)):
            self.close(case)
        self.assertAlmostEqual(case.hours_to_close, 3)
        self.assertEqual(case.punctuality, "on_time")

    def test_a_withdrawn_case_counts_in_no_average(self):
        case = self.open_at(MONDAY)
        case.sudo().state = "withdrawn"
        self.assertIs(case.hours_to_close, False)
        self.assertFalse(case.punctuality)
