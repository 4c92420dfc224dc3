from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The rules of following up, one set for each company."""

    _inherit = "res.config.settings"

    nps_case_grace_minutes = fields.Integer(
        related="company_id.nps_case_grace_minutes", readonly=False
    )
    nps_case_allows_rated_agent = fields.Boolean(
        related="company_id.nps_case_allows_rated_agent", readonly=False
    )
    nps_case_shields_company = fields.Boolean(
        related="company_id.nps_case_shields_company", readonly=False
    )
    nps_reask_days = fields.Integer(related="company_id.nps_reask_days", readonly=False)
