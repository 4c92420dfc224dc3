from odoo import api, fields, models
from odoo.fields import Domain


class HelpdeskTicket(models.Model):
    """The customer of a ticket, as an agent sees him before he reads it."""

    _inherit = "helpdesk.ticket"

    nps_customer_category = fields.Selection(
        string="Customer's Last Answer",
        related="partner_id.nps_category",
        groups="nps.nps_group_user",
        help="The customer's own last answer, to whatever he was asked about.",
    )
    nps_customer_badge = fields.Json(
        compute="_compute_nps_customer_badge",
        groups="nps.nps_group_user",
        export_string_translation=False,
    )

    @api.depends("partner_id", "partner_id.nps_badge")
    @api.depends_context("allowed_company_ids")
    def _compute_nps_customer_badge(self):
        # Who may read the ticket may know its customer's score.
        badges = self.sudo().partner_id._nps_badges()
        for ticket in self:
            ticket.nps_customer_badge = badges.get(ticket.sudo().partner_id.id, False)


class ResPartner(models.Model):
    """The open tickets of a customer, on his score card."""

    _inherit = "res.partner"

    def nps_score_card(self):
        """Add ``tickets``: how many tickets are open of those the user may read."""
        return {**super().nps_score_card(), "tickets": self._nps_open_tickets()}

    def _nps_open_tickets(self):
        tickets = self.env["helpdesk.ticket"]
        if not tickets.has_access("read"):
            return 0
        is_open = Domain("closed", "=", False)
        his = Domain("partner_id", "child_of", self.ids)
        return tickets.search_count(is_open & his)
