from odoo import api, models

from .nps_insight_axes import Axis

AXES = {"team": "team_id", "channel": "channel_id", "category": "category_id"}


class NpsInsight(models.AbstractModel):
    """The axes that come from helpdesk tickets."""

    _inherit = "nps.insight"

    @api.model
    def _axes(self):
        labels = self.env["nps.report"]._fields
        own = {
            key: Axis(labels[name]._description_string(self.env), (name,))
            for key, name in AXES.items()
        }
        return {**super()._axes(), **own}
