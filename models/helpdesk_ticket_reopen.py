from odoo import api, fields, models


class HelpdeskTicket(models.Model):
    """Notes when a closed ticket is opened again: its customer is not served yet.

    What was to be asked about such a ticket is withdrawn, as it is for one that is
    archived (so does merging tickets) or deleted.
    """

    _inherit = "helpdesk.ticket"

    nps_reopen_count = fields.Integer(
        string="Reopened", readonly=True, copy=False, help="How often it was reopened."
    )
    nps_reopened_at = fields.Datetime(
        string="Reopened At",
        readonly=True,
        copy=False,
        help="When it was last reopened; empty once it is closed again.",
    )

    _nps_reopened_idx = models.Index(
        "(nps_reopened_at) WHERE nps_reopened_at IS NOT NULL"
    )

    # === CRUD METHODS === #

    def write(self, vals):
        closed_before = self.filtered("closed") if "stage_id" in vals else self.browse()
        open_before = self - closed_before
        result = super().write(vals)
        if "stage_id" in vals:
            closed_before.filtered(lambda t: not t.closed)._nps_on_reopened()
            open_before.filtered("closed")._nps_on_closed_again()
        if "active" in vals and not vals["active"]:
            self._nps_withdraw("ticket_archived", "ticket_gone")
        return result

    @api.ondelete(at_uninstall=False)
    def _nps_withdraw_before_unlink(self):
        self._nps_withdraw("ticket_deleted", "ticket_gone")

    # === BUSINESS METHODS === #

    def _nps_on_reopened(self):
        """Note that tickets were opened again, and ask nothing about them."""
        # Whoever reopens a ticket need not have the right to write these columns.
        for ticket_sudo in self.sudo():
            ticket_sudo.nps_reopen_count += 1
            ticket_sudo.nps_reopened_at = fields.Datetime.now()
        self._nps_withdraw("ticket_reopened", "reopened")

    def _nps_on_closed_again(self):
        """Note that reopened tickets are settled."""
        self.sudo().filtered("nps_reopened_at").nps_reopened_at = False

    def _nps_withdraw(self, reason, reminder_reason):
        """Cancel what was not sent yet about these tickets, and the reminders.

        :param str reason: a key of ``nps.invitation.cancel_reason``
        :param str reminder_reason: a key of ``nps.invitation.reminder_stop_reason``
        """
        # It follows from the ticket, whatever else its mover may do.
        invitations_sudo = self.env["nps.invitation"].sudo()
        asked_sudo = invitations_sudo.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("state", "in", ["queued", "failed", "sent"]),
            ]
        )
        asked_sudo._cancel_unsent(reason)
        asked_sudo._stop_reminder(reminder_reason)
