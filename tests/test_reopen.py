from odoo.tests import tagged

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestReopen(NpsCommon):
    """A closed ticket that is opened again says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stages = cls.env["helpdesk.ticket.stage"].search([])
        cls.closed = stages.filtered("closed")[0]
        cls.open = (stages - stages.filtered("closed"))[0]
        cls.ticket = cls.make_ticket(stage_id=cls.open.id)

    def test_a_ticket_that_was_closed_once_was_never_reopened(self):
        self.ticket.stage_id = self.closed
        self.assertEqual(self.ticket.nps_reopen_count, 0)
        self.assertFalse(self.ticket.nps_reopened_at)

    def test_opening_a_closed_ticket_counts_and_is_dated(self):
        self.ticket.stage_id = self.closed
        self.ticket.stage_id = self.open
        self.assertEqual(self.ticket.nps_reopen_count, 1)
        self.assertTrue(self.ticket.nps_reopened_at)

    def test_closing_it_again_keeps_the_count_and_clears_the_date(self):
        for stage in (self.closed, self.open, self.closed):
            self.ticket.stage_id = stage
        self.assertEqual(self.ticket.nps_reopen_count, 1)
        self.assertFalse(self.ticket.nps_reopened_at)
