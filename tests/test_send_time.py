from unittest.mock import patch

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
