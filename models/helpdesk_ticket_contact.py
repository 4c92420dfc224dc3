from odoo import models


class HelpdeskTicket(models.Model):
    """Tickets are looked up by their customer, for each silent account."""

    _inherit = "helpdesk.ticket"

    # Not on the field itself: an index of another addon's field outlives this one.
    _nps_partner_idx = models.Index("(partner_id) WHERE partner_id IS NOT NULL")
