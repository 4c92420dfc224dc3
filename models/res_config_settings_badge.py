from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How long an answer says how a customer feels now."""

    _inherit = "res.config.settings"

    nps_old_after_months = fields.Integer(
        related="company_id.nps_old_after_months", readonly=False
    )
