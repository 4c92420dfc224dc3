from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestCourse(NpsCommon):
    """How an interaction went is frozen when its outcome is picked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stages = cls.env["helpdesk.ticket.stage"].search([])
        cls.closed = stages.filtered("closed")[0]
        cls.open = (stages - stages.filtered("closed"))[0]
        cls.ticket = cls.make_ticket(stage_id=cls.open.id)

    def plan(self, days):
        """Plan an activity of the ticket, so many days from today."""
        return self.ticket.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=fields.Date.today() + timedelta(days=days),
            user_id=self.env.ref("base.user_admin").id,
        )

    # === LATE === #

    def test_a_ticket_with_an_overdue_activity_is_late(self):
        self.plan(days=3)
        self.assertFalse(self.pick(self.ticket).was_late)
        self.plan(days=-3)
        self.assertTrue(self.pick(self.ticket).was_late)

    def test_an_activity_that_was_done_makes_nobody_late(self):
        self.plan(days=-3).action_done()
        self.assertFalse(self.pick(self.ticket).was_late)

    def test_settling_it_later_changes_nothing(self):
        activity = self.plan(days=-3)
        invitation = self.pick(self.ticket)
        activity.action_done()
        self.env.invalidate_all()
        self.assertTrue(invitation.was_late)

    def test_the_time_agreed_for_tickets_decides_where_it_is_known(self):
        self.plan(days=-3)
        for expired in (False, True):
            with self.subTest(expired=expired), self.agreed_time(expired):
                self.assertIs(self.ticket._nps_is_late(), expired)

    @contextmanager
    def agreed_time(self, expired):
        """Give tickets the field that ``helpdesk_mgmt_sla`` gives them."""
        tickets = self.env.registry["helpdesk.ticket"]
        known = {**tickets._fields, "sla_expired": fields.Boolean()}
        with (
            patch.object(tickets, "_fields", known),
            patch.object(tickets, "sla_expired", expired, create=True),
        ):
            yield

    # === REOPENED === #

    def test_a_ticket_that_was_opened_again_says_so(self):
        self.assertFalse(self.pick(self.ticket).was_reopened)
        for stage in (self.closed, self.open):
            self.ticket.stage_id = stage
        self.assertTrue(self.pick(self.ticket).was_reopened)

    def test_reopening_it_later_changes_nothing(self):
        invitation = self.pick(self.ticket)
        for stage in (self.closed, self.open):
            self.ticket.stage_id = stage
        self.env.invalidate_all()
        self.assertFalse(invitation.was_reopened)

    # === HOW LONG === #

    def test_the_hours_count_from_the_ticket_to_the_outcome(self):
        later = self.ticket.create_date + timedelta(hours=30, minutes=30)
        with freeze_time(later):
            invitation = self.pick(self.ticket)
        self.assertAlmostEqual(invitation.hours_open, 30.5, places=3)

    def test_no_time_at_all_is_not_an_unknown_time(self):
        with freeze_time(self.ticket.create_date):
            at_once = self.pick(self.ticket)
        on_contact = self.pick(self.customer)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertIsNot(at_once.hours_open, False)
        self.assertEqual(at_once.hours_open, 0)
        self.assertIs(on_contact.hours_open, False)
        unknown = self.env["nps.invitation"].search([("hours_open", "=", False)])
        self.assertIn(on_contact, unknown)
        self.assertNotIn(at_once, unknown)
        both = at_once | on_contact
        self.assertEqual(both.filtered_domain([("hours_open", "=", False)]), on_contact)

    def test_an_unknown_time_that_is_written_stays_unknown(self):
        invitation = self.pick(self.ticket)
        for hours in (0.0, False, 1.5, None):
            invitation.hours_open = hours
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(hours=hours):
                self.assertEqual(invitation.hours_open, hours or False)
                unknown = hours is None or hours is False
                self.assertIs(invitation.hours_open is False, unknown)

    def test_averages_skip_an_unknown_time(self):
        with freeze_time(self.ticket.create_date + timedelta(hours=10)):
            self.pick(self.ticket)
        self.pick(self.customer)
        ((hours,),) = self.env["nps.report"]._read_group(
            [("user_id", "=", self.agent.id)], [], ["hours_open:avg"]
        )
        self.assertAlmostEqual(hours, 10, places=3)

    # === WHETHER IT GOES ON === #

    def test_a_planned_callback_is_remembered_when_the_outcome_changes(self):
        call = self.env.ref("mail.mail_activity_data_call")
        self.outcome.callback_activity_type_id = call
        with_callback = self.pick()
        self.outcome.callback_activity_type_id = False
        without = self.pick()
        self.assertTrue(with_callback.plans_callback)
        self.assertFalse(without.plans_callback)
