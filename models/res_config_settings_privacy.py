from odoo import api, fields, models
from odoo.exceptions import UserError


class ResConfigSettings(models.TransientModel):
    """How long it is kept who was asked; what that would erase is said before."""

    _inherit = "res.config.settings"

    # No related field: that would store the number before anybody confirmed it.
    nps_retention_months = fields.Integer(string="Erase Personal Data After")
    nps_retention_preview = fields.Char(
        compute="_compute_nps_retention_preview", export_string_translation=False
    )
    nps_retention_asks = fields.Boolean(
        compute="_compute_nps_retention_preview", export_string_translation=False
    )
    nps_retention_confirmed = fields.Boolean(
        string="Erase them. I know that it cannot be undone."
    )

    @api.depends("nps_retention_months", "company_id")
    @api.depends_context("lang")
    def _compute_nps_retention_preview(self):
        for settings in self:
            months = max(settings.nps_retention_months, 0)
            stored = settings.company_id.nps_retention_months
            settings.nps_retention_asks = months and (not stored or months < stored)
            settings.nps_retention_preview = months and settings._nps_preview(months)

    def _nps_preview(self, months):
        company = self.company_id
        # How many there are is no secret of who was asked.
        invitations_sudo = self.env["nps.invitation"].sudo()
        domain = invitations_sudo._nps_outdated_domain(
            company, company._nps_retention_limit(months)
        )
        lang = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        number = lang.format("%d", invitations_sudo.search_count(domain), grouping=True)
        return self.env._("Interactions that would be erased now: %s", number)

    @api.model
    def get_values(self):
        months = self.env.company.nps_retention_months
        return {**super().get_values(), "nps_retention_months": months}

    def set_values(self):
        if self.nps_retention_asks and not self.nps_retention_confirmed:
            raise UserError(
                self.env._(
                    "Settings, NPS, Privacy: tick that the personal data of older "
                    "interactions may be erased. It cannot be undone."
                )
            )
        result = super().set_values()
        if self.nps_retention_months != self.company_id.nps_retention_months:
            self.company_id.nps_retention_months = self.nps_retention_months
        return result
