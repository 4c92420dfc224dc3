from odoo import api, fields, models
from odoo.tools import SQL


class NpsReport(models.Model):
    """What reports know of helpdesk tickets."""

    _inherit = "nps.report"

    team_id = fields.Many2one("helpdesk.ticket.team", readonly=True)
    channel_id = fields.Many2one("helpdesk.ticket.channel", readonly=True)
    category_id = fields.Many2one(
        "helpdesk.ticket.category", string="Ticket Category", readonly=True
    )

    @api.model
    def _select(self):
        return SQL("%s, i.team_id, i.channel_id, i.category_id", super()._select())
