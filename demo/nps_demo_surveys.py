from odoo import api, models
from odoo.fields import Command

from .catalog import OUTCOMES, SURVEYS, new_outcomes
from .staff import TEAMS


class NpsDemo(models.AbstractModel):
    """The surveys and outcomes of the demo company."""

    _inherit = "nps.demo"

    @api.model
    def _make_surveys(self):
        for xmlid, values in SURVEYS.items():
            self._record("nps.survey", xmlid, values)
        for code, outcome in new_outcomes().items():
            self._record(
                "nps.outcome",
                f"nps.demo_outcome_{code.replace('-', '_')}",
                dict(self._outcome_values(outcome), code=code, **outcome.values),
            )
        notified = self._outcomes()["complaint"]
        notified.notify_partner_ids = self._agents()["helena"].partner_id

    @api.model
    def _outcome_values(self, outcome):
        teams = [key for key in TEAMS if key in outcome.often]
        everywhere = len(teams) == len(TEAMS)
        records = self._by_key("team", () if everywhere else teams).values()
        return {
            "survey_id": self.env.ref(outcome.survey).id if outcome.survey else False,
            "delay_hours": outcome.delay,
            "team_ids": [Command.set([team.id for team in records])],
        }

    @api.model
    def _outcomes(self):
        """Return code -> outcome."""
        outcomes = self.env["nps.outcome"].search([("code", "in", list(OUTCOMES))])
        return {outcome.code: outcome for outcome in outcomes}
