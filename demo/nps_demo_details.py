from odoo import api, models
from odoo.fields import Command

from . import details
from .catalog import SUPPORT


class NpsDemo(models.AbstractModel):
    """Reasons, drivers and wishes of the demo company's customers."""

    _inherit = "nps.demo"

    @api.model
    def _response_values(self, answer, invitation, lang):
        values = super()._response_values(answer, invitation, lang)
        if invitation.survey_id != self.env.ref(SUPPORT):
            return values
        told = details.invent(answer, invitation.hours_open or None)
        ticked = [self.env.ref(f"nps.nps_reason_{name}").id for name in told["reasons"]]
        drivers = [
            Command.create(
                {"driver_id": self.env.ref(f"nps.nps_driver_{name}").id, "value": value}
            )
            for name, value in told["drivers"].items()
        ]
        return dict(
            values,
            reason_ids=[Command.set(ticked)],
            driver_answer_ids=drivers,
            is_contact_requested=told["contact"],
            is_completed=bool(ticked or drivers or told["contact"]),
        )
