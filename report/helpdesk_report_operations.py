from odoo import api, fields, models
from odoo.tools import SQL

from ..models.measure_field import Measure


class NpsReport(models.Model):
    """How much work a ticket was, beside the score."""

    _inherit = "nps.report"
    _depends = {
        "nps.invitation": [
            "hours_to_first_change",
            "hours_to_close",
            "message_count",
            "priority",
        ]
    }

    hours_to_first_change = Measure(
        string="Hours to First Stage",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Hours from the beginning of the ticket to its first change of stage. "
        "Tickets of which nobody knows it are left out.",
    )
    hours_to_close = Measure(
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Hours from the beginning of the ticket until it was closed. Tickets of "
        "which nobody knows it are left out.",
    )
    message_count = Measure(
        string="Messages Exchanged",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="E-mails and messages between the customer and you, up to the outcome.",
    )
    priority = fields.Selection(
        selection=lambda self: (
            self.env["nps.invitation"]
            ._fields["priority"]
            ._description_selection(self.env)
        ),
        readonly=True,
    )

    @api.model
    def _select(self):
        return SQL(
            "%s, i.hours_to_first_change, i.hours_to_close, i.message_count,"
            " i.priority",
            super()._select(),
        )
