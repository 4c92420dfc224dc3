from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Who is told of a happy customer's words, one choice for each company."""

    _inherit = "res.config.settings"

    nps_praise_to = fields.Selection(related="company_id.nps_praise_to", readonly=False)
