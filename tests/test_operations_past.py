import runpy

from odoo.tests import tagged
from odoo.tools.misc import file_path

from .test_operations import COLUMNS, OperationsCommon

SCRIPT = "nps/migrations/19.0.1.4.0/post-operations.py"


@tagged("post_install", "-at_install")
class TestThePast(OperationsCommon):
    """An upgrade tells of earlier tickets what is known of them."""

    def track(self, stage, hours, ticket=None):
        tracked = (ticket or self.ticket).with_context(
            tracking_disable=False, mail_notrack=False
        )
        self.move(stage, hours, tracked)
        # Stages are tracked when a transaction ends.
        with self.after(hours):
            self.env.cr.flush()

    def forget(self):
        """Be as the version before was: without these columns."""
        self.env.flush_all()
        columns = ", ".join(f"{name} = NULL" for name in COLUMNS)
        self.env.cr.execute(f"UPDATE nps_invitation SET {columns}")
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET nps_first_stage_change_at = NULL"
        )
        self.env.invalidate_all(flush=False)

    def upgrade(self):
        self.forget()
        runpy.run_path(file_path(SCRIPT))["migrate"](self.env.cr, "19.0.1.3.0")
        self.env.invalidate_all(flush=False)

    def known(self, invitation):
        return [
            hours if hours is False else round(hours, 3)
            for hours in (invitation.hours_to_first_change, invitation.hours_to_close)
        ]

    def test_the_tracked_stages_tell_the_times(self):
        open_still = self.pick_after(1)
        self.track(self.busy, 2)
        self.track(self.closed, 10)
        closed = self.pick_after(12)
        self.track(self.busy, 14)
        reopened = self.pick_after(15)
        self.track(self.closed, 20)
        asked = (open_still, closed, reopened)
        lived = [self.known(invitation) for invitation in asked]
        self.upgrade()
        self.assertEqual([self.known(invitation) for invitation in asked], lived)
        self.assertEqual(lived, [[2, 10], [2, 10], [2, 20]])

    def test_the_date_of_the_ticket_tells_where_no_move_is_known(self):
        self.track(self.closed, 7)
        invitation = self.pick_after(8)
        self.env["mail.tracking.value"].search(
            [("mail_message_id", "in", self.ticket.message_ids.ids)]
        ).unlink()
        self.upgrade()
        self.assertEqual(self.known(invitation), [False, 7])

    def test_a_ticket_that_never_moved_stays_unknown(self):
        invitation = self.pick_after(8)
        self.upgrade()
        self.assertEqual(self.known(invitation), [False, False])
        self.assertFalse(invitation.priority)

    def test_messages_up_to_the_outcome_are_counted(self):
        for hours in (1, 2, 9):
            with self.after(hours):
                self.ticket.message_post(
                    body="Hello",
                    message_type="comment",
                    subtype_xmlid="mail.mt_comment",
                )
        invitation = self.pick_after(10)
        with self.after(11):
            self.ticket.message_post(body="Later", message_type="email")
        contact = self.pick(self.customer)
        self.upgrade()
        self.assertEqual(invitation.message_count, 3)
        self.assertIs(contact.message_count, False)

    def test_what_was_noted_already_is_kept(self):
        self.track(self.closed, 7)
        invitation = self.pick_after(8)
        self.forget()
        invitation.hours_to_close = 5
        self.env.flush_all()
        runpy.run_path(file_path(SCRIPT))["migrate"](self.env.cr, "19.0.1.3.0")
        self.env.invalidate_all(flush=False)
        self.assertEqual(invitation.hours_to_close, 5)
