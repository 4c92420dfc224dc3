from odoo import fields, models


class HelpdeskTicket(models.Model):
    """Tickets are looked up by their customer, for each silent account."""

    _inherit = "helpdesk.ticket"

    partner_id = fields.Many2one(index="btree_not_null")
