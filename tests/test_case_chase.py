from datetime import datetime

from odoo.tests import freeze_time, tagged

from .common import NpsCaseCommon, NpsMailCommon

MONDAY = datetime(2026, 3, 2, 8, 0)


@tagged("post_install", "-at_install")
class TestCaseChase(NpsCaseCommon):
    """An overdue case: the owner is reminded, then managers are told, one by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.nps_case_grace_minutes = 0
        cls.rule = cls.env.ref("nps.nps_case_rule_detractor")
        cls.company.resource_calendar_id = False
        for user in (cls.boss, cls.head):
            user.employee_id.resource_calendar_id = False
        cls.rule.write({"contact_hours": 4, "close_hours": 24, "escalate_hours": 2})
        cls.division = cls.make_department("Division")
        cls.support.parent_id = cls.division
        manager = "nps.nps_group_team_manager"
        cls.top = cls.make_agent("top", cls.division, groups=manager)
        cls.division.manager_id = cls.top.employee_id

    def setUp(self):
        super().setUp()
        with freeze_time(MONDAY):
            invitation = self.ask_and_answer(3)
            self.run_case_cron()
            self.case = invitation.case_ids

    def chase(self, hour, minute=0):
        """Run the cron at an hour after the opening."""
        with freeze_time(MONDAY.replace(hour=8 + hour, minute=minute)):
            self.run_chase_cron()

    def test_nothing_happens_before_the_deadline(self):
        self.chase(3, 59)
        self.assertEqual(self.case.chase_steps, 0)

    def test_first_the_owner_is_reminded(self):
        self.chase(4)
        self.assertEqual(self.case.chase_steps, 1)
        self.assertIn(f"{self.boss.name} was reminded", self.log_of(self.case))
        told = self.env["mail.message"].search(
            [
                ("model", "=", "nps.case"),
                ("partner_ids", "in", self.boss.partner_id.ids),
            ]
        )
        self.assertIn("Overdue", told.mapped("subject")[0])

    def test_then_the_managers_are_told_one_after_the_other(self):
        told = []
        for hour in (4, 6, 8, 10, 12):
            self.chase(hour)
            told.append(self.case.told_ids)
        self.assertEqual(
            told, [told[0].browse(), self.head, self.head | self.top] + [told[4]] * 2
        )
        self.assertIn(f"escalated to {self.head.name}", self.log_of(self.case))
        self.assertIn(f"escalated to {self.top.name}", self.log_of(self.case))
        self.assertIn("no further manager", self.log_of(self.case))
        self.assertFalse(self.case.chase_at)

    def test_two_runs_at_the_same_hour_take_one_step(self):
        self.chase(4)
        self.chase(4, 10)
        self.assertEqual(self.case.chase_steps, 1)

    def test_a_manager_who_was_told_follows_and_has_a_to_do(self):
        self.chase(4)
        self.chase(6)
        self.assertIn(self.head.partner_id, self.case.message_partner_ids)
        self.assertIn(self.head, self.case.activity_ids.user_id)
        self.assertEqual(self.case.with_user(self.head).state, "new")

    def test_the_first_contact_begins_anew_with_the_next_deadline(self):
        self.chase(4)
        self.chase(6)
        with freeze_time(MONDAY.replace(hour=15)):
            self.case.action_reached()
        self.assertEqual(self.case.chase_steps, 0)
        self.assertEqual(self.case.chase_at, self.case.close_due_at)
        self.assertEqual(self.case.activity_ids.user_id, self.boss)

    def test_a_closed_case_is_left_alone(self):
        self.close(self.case)
        self.chase(10)
        self.assertEqual(self.case.chase_steps, 0)
        self.assertFalse(self.case.chase_at)

    def test_a_case_without_an_owner_goes_to_the_manager_at_once(self):
        self.case.user_id = False
        self.chase(4)
        self.assertEqual(self.case.told_ids, self.boss)

    def test_an_overdue_case_is_late(self):
        self.chase(4, 1)
        self.assertEqual(self.case.punctuality, "late")

    def test_the_rated_agent_is_never_told(self):
        self.support.manager_id = self.agent.employee_id
        self.chase(4)
        self.chase(6)
        self.assertEqual(self.case.told_ids, self.top)

    def test_the_cron_is_woken_at_the_deadline(self):
        with self.capture_triggers("nps.ir_cron_nps_case_chase") as captured:
            self.case.action_reached()
        self.assertIn(self.case.close_due_at, captured.records.mapped("call_at"))


@tagged("post_install", "-at_install")
class TestCaseMails(NpsCaseCommon, NpsMailCommon):
    """Whoever works on a case never waits for the mail server."""

    def test_the_notices_of_a_case_are_left_to_the_mail_queue(self):
        (self.boss | self.head).notification_type = "email"
        self.company.nps_case_grace_minutes = 0
        with self.mail_server(down=True):
            case = self.case_of(2)
            case.user_id = self.head
            case.write({"promise": "A new one", "promise_date": "2030-01-01"})
            case._remind_owner()
            case._escalate_to(self.boss)
            self.flush_tracking()
            self.env.cr.postcommit.run()
        mails = self.env["mail.mail"].search([("model", "=", "nps.case")])
        self.assertGreaterEqual(len(mails), 4)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
