from odoo import fields, models


class ResCompany(models.Model):
    """Who is told of a happy customer's words."""

    _inherit = "res.company"

    nps_praise_to = fields.Selection(
        selection=[
            ("both", "Agent and manager"),
            ("agent", "Only the agent"),
            ("nobody", "Nobody"),
        ],
        string="Pass Praise On To",
        default="both",
        required=True,
        help="Who gets a message when a promoter writes some words.",
    )
