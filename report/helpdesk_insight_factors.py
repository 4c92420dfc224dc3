from odoo import api, models

from .nps_insight_factors import Factor


class NpsInsight(models.AbstractModel):
    """What is known of tickets and may go with a score."""

    _inherit = "nps.insight"

    @api.model
    def _factors(self):
        return [
            Factor("hours_to_first_change_band", is_ordered=True),
            Factor("hours_to_close_band", is_ordered=True),
            Factor("message_count_band", is_ordered=True),
            Factor("priority", is_ordered=True),
            Factor("channel_id"),
            *super()._factors(),
        ]
