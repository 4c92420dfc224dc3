from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """When agents hear of the answers to their own work, for each company."""

    _inherit = "res.config.settings"

    nps_tell_answers = fields.Selection(
        related="company_id.nps_tell_answers", readonly=False
    )
