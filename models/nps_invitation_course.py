from odoo import api, fields, models

from .measure_field import Measure


class NpsInvitation(models.Model):
    """How the interaction went, as far as records know it; frozen like the rest."""

    _inherit = "nps.invitation"

    was_late = fields.Boolean(
        string="Late",
        readonly=True,
        help="It was over its deadline when the outcome was picked: the time agreed "
        "for tickets, or else an activity that was overdue.",
    )
    was_reopened = fields.Boolean(
        string="Reopened",
        readonly=True,
        help="It had been closed before and was opened again.",
    )
    hours_open = Measure(
        readonly=True,
        help="Hours from its beginning to the outcome. Empty when there was no "
        "ticket: nobody knows then how it went.",
    )
    plans_callback = fields.Boolean(
        readonly=True,
        help="The outcome planned a callback: the interaction goes on, so nobody is "
        "asked yet.",
    )

    @api.model
    def _values_for(self, outcome):
        # Outcomes change; what one meant when it was picked does not.
        return dict(
            super()._values_for(outcome),
            plans_callback=bool(outcome.callback_activity_type_id),
        )
