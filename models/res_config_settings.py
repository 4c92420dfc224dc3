from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The rules of asking, one set for each company."""

    _inherit = "res.config.settings"

    nps_cooldown_asked_days = fields.Integer(
        related="company_id.nps_cooldown_asked_days", readonly=False
    )
    nps_cooldown_answered_days = fields.Integer(
        related="company_id.nps_cooldown_answered_days", readonly=False
    )
    nps_bounce_limit = fields.Integer(
        related="company_id.nps_bounce_limit", readonly=False
    )
    nps_requires_consent = fields.Boolean(
        related="company_id.nps_requires_consent", readonly=False
    )
