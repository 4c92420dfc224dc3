from odoo import api, models


class NpsInsight(models.AbstractModel):
    """What can become of a scorecard: a printed page, a regular mail."""

    _inherit = "nps.insight"

    @api.model
    @api.readonly
    def get_scorecard(self, domain, options=None):
        return {
            **super().get_scorecard(domain, options),
            "can_print": self._can_print(),
            "can_send": self.env["nps.scorecard.mail"].has_access("create"),
        }

    @api.model
    def _can_print(self):
        """Tell whether the program that makes PDF files is installed."""
        state = self.env["ir.actions.report"].get_wkhtmltopdf_state()
        return state not in ("install", "broken")
