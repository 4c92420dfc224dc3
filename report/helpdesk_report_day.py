from odoo import api, models


class NpsReportDay(models.Model):
    """The numbers of a day by what is known of tickets."""

    _inherit = "nps.report.day"

    @api.model
    def _parts(self):
        parts = super()._parts()
        return {**parts, "outcome": [*parts["outcome"], "team_id", "channel_id"]}
