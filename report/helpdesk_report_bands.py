from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import bands


class NpsReport(models.Model):
    """How much work a ticket was, in bands, so that scores can be grouped by them."""

    _inherit = "nps.report"

    hours_to_first_change_band = fields.Selection(
        selection="_selection_hours_band",
        string="Time to First Stage",
        readonly=True,
        help="From the beginning of the ticket to its first change of stage.",
    )
    hours_to_close_band = fields.Selection(
        selection="_selection_hours_band",
        string="Time to Close",
        readonly=True,
        help="From the beginning of the ticket until it was closed.",
    )
    message_count_band = fields.Selection(
        selection="_selection_messages_band",
        string="Number of Messages",
        readonly=True,
        help="E-mails and messages between the customer and you, up to the outcome.",
    )

    @api.model
    def _selection_messages_band(self):
        return [
            (key, self._say_messages(low or 0, high))
            for key, low, high in bands.ends(bands.MESSAGES)
        ]

    @api.model
    def _say_messages(self, low, high):
        if high is None:
            return self.env._("%s messages and more", low)
        if high - low > 1:
            return self.env._("%(low)s to %(high)s messages", low=low, high=high - 1)
        if low == 1:
            return self.env._("1 message")
        return self.env._("%s messages", low)

    @api.model
    def _select(self):
        return SQL(
            """%(columns)s, %(first)s AS hours_to_first_change_band,
            %(close)s AS hours_to_close_band, %(messages)s AS message_count_band
            """,
            columns=super()._select(),
            first=self._band_sql(SQL("i.hours_to_first_change"), bands.HOURS),
            close=self._band_sql(SQL("i.hours_to_close"), bands.HOURS),
            messages=self._band_sql(SQL("i.message_count"), bands.MESSAGES),
        )
