from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import bands, silence


class NpsReport(models.Model):
    """Times in bands, so that scores can be grouped by them."""

    _inherit = "nps.report"
    _depends = {
        "nps.invitation": ["hours_open", "answered_at", "sent_at", "reminded_at"]
    }

    hours_open_band = fields.Selection(
        selection="_selection_hours_band",
        string="Time Open",
        readonly=True,
        help="How long the ticket had existed when the outcome was picked.",
    )
    hours_to_answer_band = fields.Selection(
        selection="_selection_hours_band",
        string="Time to Answer",
        readonly=True,
        help="How long after the mail was handed over the customer first answered.",
    )
    answer_moment = fields.Selection(
        selection="_selection_answer_moment",
        string="Early or Late Answer",
        readonly=True,
        help="Whether the answer came within a day, later, or only after the reminder.",
    )

    @api.model
    def _selection_hours_band(self):
        return [
            (key, self._say_hours(low, high))
            for key, low, high in bands.ends(bands.HOURS)
        ]

    @api.model
    def _say_hours(self, low, high):
        if high == 1:
            return self.env._("under 1 hour")
        if low is not None and low >= 24:
            days = low // 24, high and high // 24
            if high is None:
                return self.env._("%s days and more", days[0])
            return self.env._("%(low)s to %(high)s days", low=days[0], high=days[1])
        return self.env._("%(low)s to %(high)s hours", low=low, high=high)

    @api.model
    def _selection_answer_moment(self):
        return [
            ("early", self.env._("Within %s hours", silence.EARLY_HOURS)),
            ("late", self.env._("Later, without a reminder")),
            ("reminded", self.env._("After the reminder")),
        ]

    @api.model
    def _band_sql(self, value, edges):
        """Return the SQL of the key of the band of a value; NULL stays NULL."""
        return SQL("WIDTH_BUCKET(%s::float8, %s::float8[])::text", value, list(edges))

    @api.model
    def _select(self):
        waited = SQL("EXTRACT(EPOCH FROM i.answered_at - i.sent_at) / 3600")
        return SQL(
            """%(columns)s, %(open)s AS hours_open_band,
            CASE WHEN r.id IS NOT NULL THEN %(answer)s END AS hours_to_answer_band,
            CASE WHEN r.id IS NULL OR i.sent_at IS NULL THEN NULL
                 WHEN i.answered_at >= i.reminded_at THEN 'reminded'
                 WHEN %(waited)s < %(early)s THEN 'early'
                 ELSE 'late' END AS answer_moment
            """,
            columns=super()._select(),
            open=self._band_sql(SQL("i.hours_open"), bands.HOURS),
            answer=self._band_sql(waited, bands.HOURS),
            waited=waited,
            early=silence.EARLY_HOURS,
        )
