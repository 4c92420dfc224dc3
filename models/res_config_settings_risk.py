from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """When a customer counts as silent."""

    _inherit = "res.config.settings"

    nps_ignored_asks = fields.Integer(
        related="company_id.nps_ignored_asks", readonly=False
    )
    nps_silent_months = fields.Integer(
        related="company_id.nps_silent_months", readonly=False
    )
