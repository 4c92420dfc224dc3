from odoo import api, models
from odoo.fields import Command

ORDINARY = [("is_reask", "=", False)]


class NpsDemo(models.AbstractModel):
    """A favorite of the scorecard that everybody has, and one that is mailed."""

    _inherit = "nps.demo"

    @api.model
    def _make_staff(self):
        result = super()._make_staff()
        self._make_favorites()
        self._make_scorecard_mails()
        return result

    @api.model
    def _make_favorites(self):
        options = {"tab": "scorecard", "period": "last_quarter", "compare": "previous"}
        favorites = {
            "Agents, last quarter": {**options, "axis": "agent"},
            "Month by month": {**options, "axis": "month", "period": "12_months"},
        }
        action = self.env.ref("nps.nps_insight_action")
        self.env["ir.filters"].create(
            [
                {
                    "name": name,
                    "model_id": "nps.report",
                    "action_id": action.id,
                    "user_ids": False,
                    "domain": repr([*ORDINARY, ("metric", "=", "nps")]),
                    "context": repr({"nps_insight": chosen}),
                }
                for name, chosen in favorites.items()
            ]
        )

    @api.model
    def _make_scorecard_mails(self):
        agents = self._agents()
        readers = [agents[login] for login in ("helena", "judith", "paul", "rosa")]
        self.env["nps.scorecard.mail"].create(
            {
                "name": "Scorecard of the month",
                "user_id": agents["helena"].id,
                "domain": repr(ORDINARY),
                "recipient_ids": [
                    Command.create({"user_id": user.id}) for user in readers
                ],
            }
        )
