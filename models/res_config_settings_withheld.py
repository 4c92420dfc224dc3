from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Below how many answers they are hidden."""

    _inherit = "res.config.settings"

    nps_fewest_shown = fields.Integer(
        related="company_id.nps_fewest_shown", readonly=False
    )
