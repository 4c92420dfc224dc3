from odoo import fields, models


class HelpdeskTicket(models.Model):
    """Notes when a closed ticket is opened again: its customer is not served yet."""

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

    def write(self, vals):
        closed_before = self.filtered("closed") if "stage_id" in vals else self.browse()
        open_before = self - closed_before
        result = super().write(vals)
        if "stage_id" in vals:
            closed_before.filtered(lambda t: not t.closed)._nps_on_reopened()
            open_before.filtered("closed")._nps_on_closed_again()
        return result

    def _nps_on_reopened(self):
        """Note that tickets were opened again."""
        # Whoever reopens a ticket need not have the right to write these columns.
        for ticket_sudo in self.sudo():
            ticket_sudo.nps_reopen_count += 1
            ticket_sudo.nps_reopened_at = fields.Datetime.now()

    def _nps_on_closed_again(self):
        """Note that reopened tickets are settled."""
        self.sudo().filtered("nps_reopened_at").nps_reopened_at = False
