from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import tagged

from .test_many import ManyCommon


@tagged("post_install", "-at_install")
class TestSendTime(ManyCommon):
    """The send cron makes way for other jobs when its time is over; nothing is lost."""

    def run_for(self, seconds):
        """Run the send cron; Odoo says after each batch that so much time is left.

        :return: list of (invitations done, how many are left) that it reported
        """
        reported = []

        def commit(_cron, processed=0, *, remaining=None, **_how):
            reported.append((processed, remaining))
            return seconds

        cron = type(self.env["ir.cron"])
        with self.mail_server(), patch.object(cron, "_commit_progress", commit):
            self.env["nps.invitation"]._cron_send(batch_size=5)
        return reported

    def test_it_stops_after_a_batch_and_says_how_many_are_left(self):
        self.ask(self.make_tickets(12))
        self.assertEqual(self.run_for(0), [(5, 7)])

    def test_it_goes_on_where_it_stopped_until_nothing_is_left(self):
        invitations = self.ask(self.make_tickets(12))
        reported = [report for _run in range(3) for report in self.run_for(0)]
        self.assertEqual(reported, [(5, 7), (5, 2), (2, 0)])
        self.assertEqual(set(invitations.mapped("state")), {"sent"})

    def test_it_takes_all_batches_while_there_is_time(self):
        self.ask(self.make_tickets(12))
        self.assertEqual(self.run_for(9), [(5, 7), (5, 2), (2, 0)])


@tagged("post_install", "-at_install")
class TestWrittenOnce(ManyCommon):
    """What is known when the outcome is picked is stored with the interaction."""

    def updates_of(self, action):
        """Return the statements of an action that change stored invitations."""
        execute, updates = Cursor.execute, []

        def note(cursor, query, *args, **kwargs):
            text = getattr(query, "code", query)
            updates.extend([text] if 'UPDATE "nps_invitation"' in text else [])
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", note):
            action()
            self.env.flush_all()
        return updates

    def test_a_mail_that_leaves_at_once_needs_no_second_write(self):
        tickets = self.make_tickets(5)
        self.assertEqual(self.updates_of(tickets._nps_pick_by_stage), [])
        asked = self.env["nps.invitation"].search(
            [("res_model", "=", tickets._name), ("res_id", "in", tickets.ids)]
        )
        self.assertEqual(asked.mapped("scheduled_at"), asked.mapped("picked_at"))

    def test_a_delayed_mail_keeps_its_time(self):
        self.outcome.delay_hours = 2
        for invitation in self.ask(self.make_tickets(2)):
            waits = invitation.scheduled_at - invitation.picked_at
            self.assertEqual(waits.total_seconds(), 2 * 3600)

    def test_who_is_not_asked_is_not_scheduled(self):
        tickets = self.make_tickets(2)
        tickets.partner_id.active = False
        for invitation in self.ask(tickets):
            self.assertEqual(invitation.state, "suppressed")
            self.assertFalse(invitation.scheduled_at)
