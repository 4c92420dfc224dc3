from odoo import api, models
from odoo.fields import Command


class NpsDemo(models.AbstractModel):
    """Who of the demo company hears of what; in Odoo, so that no mail leaves."""

    _inherit = "nps.demo"

    @api.model
    def _make_staff(self):
        result = super()._make_staff()
        self._make_subscriptions()
        return result

    @api.model
    def _make_subscriptions(self):
        agents = self._agents()
        home = self.env.ref("nps.demo_department_home")
        everything = dict.fromkeys(("wants_passives", "wants_promoters"), True)
        wanted = {
            "judith": {"department_ids": [Command.set(home.ids)]},
            "helena": {"frequency": "weekly", **everything},
            "anna": {
                "wants_detractors": False,
                "wants_promoters": True,
                "only_commented": True,
            },
        }
        self.env["nps.subscription"].create(
            [
                {
                    "user_id": agents[login].id,
                    "company_id": self.env.ref("base.main_company").id,
                    "channel": "inbox",
                    **values,
                }
                for login, values in wanted.items()
            ]
        )
