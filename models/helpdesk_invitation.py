from odoo import fields, models


class NpsInvitation(models.Model):
    """What an invitation keeps of a helpdesk ticket."""

    _inherit = "nps.invitation"

    team_id = fields.Many2one(
        "helpdesk.ticket.team", readonly=True, index="btree_not_null"
    )
    channel_id = fields.Many2one("helpdesk.ticket.channel", readonly=True)
    category_id = fields.Many2one(
        "helpdesk.ticket.category", string="Ticket Category", readonly=True
    )
