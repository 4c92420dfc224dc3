from odoo import api, models


class NpsInsight(models.AbstractModel):
    """Whether this server can print, for the screen to say so."""

    _inherit = "nps.insight"

    @api.model
    @api.readonly
    def get_scorecard(self, domain, options=None):
        return {
            **super().get_scorecard(domain, options),
            "can_print": self._can_print(),
        }

    @api.model
    def _can_print(self):
        """Tell whether the program that makes PDF files is installed."""
        state = self.env["ir.actions.report"].get_wkhtmltopdf_state()
        return state not in ("install", "broken")
