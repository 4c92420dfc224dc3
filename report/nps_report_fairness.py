from odoo import api, fields, models
from odoo.tools import SQL

from ..models.measure_field import Measure
from ..models.nps_invitation_suppress import AGENT_REASONS
from ..models.score_field import Score


class NpsReport(models.Model):
    """Whom agents had asked, how it went, and how well they knew their customers."""

    _inherit = "nps.report"
    _depends = {
        "nps.invitation": [
            "was_late",
            "was_reopened",
            "hours_open",
            "plans_callback",
            "guess",
        ]
    }

    interactions = fields.Integer(readonly=True, aggregator="sum")
    ask_rate = Measure(
        string="Share Asked",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="The share of interactions whose customer was asked, in percent. Also who "
        "could not be asked counts as not asked; what still waits is left out.",
    )
    held_back = fields.Integer(
        readonly=True,
        aggregator="sum",
        help="Customers not asked by the agent's choice: he gave a reason, or picked "
        "an outcome that asks nobody and plans no callback.",
    )
    was_late = fields.Boolean(string="Late", readonly=True)
    was_reopened = fields.Boolean(string="Reopened", readonly=True)
    hours_open = Measure(readonly=True, aggregator="avg", digits=(16, 1))
    plans_callback = fields.Boolean(readonly=True)
    guess = Score(string="Mean Guess", readonly=True, aggregator="avg")
    gap = Measure(
        string="Guess − Score",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="How much higher the agent guessed than the customer answered.",
    )

    @api.model
    def _select(self):
        return SQL(
            """%(columns)s, 1 AS interactions,
            (CASE WHEN %(asked)s THEN 100
                  WHEN i.state NOT IN ('queued', 'answered') THEN 0
                  END)::float8 AS ask_rate,
            CASE WHEN i.suppression_reason IN %(by_agent)s THEN 1
                 WHEN i.suppression_reason = 'no_survey'
                  AND i.plans_callback IS NOT TRUE THEN 1 ELSE 0 END AS held_back,
            i.was_late, i.was_reopened, i.hours_open, i.plans_callback,
            i.guess, (i.guess - r.score)::float8 AS gap
            """,
            columns=super()._select(),
            asked=self._asked(),
            by_agent=AGENT_REASONS,
        )

    @api.model
    def _action_interactions(self, name, domain, **context):
        """Return the action that lists some interactions, with how they went.

        Without an address of its own: it would open all interactions when reloaded.
        """
        views = {
            "nps.nps_report_view_list_fair": "list",
            "nps.nps_report_view_pivot_fair": "pivot",
        }
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": self._name,
            "view_mode": "list,pivot",
            "views": [(self.env.ref(xmlid).id, kind) for xmlid, kind in views.items()],
            "search_view_id": [self.env.ref("nps.nps_report_view_search").id],
            "domain": list(domain),
            "context": {"hierarchical_naming": False, **context},
        }
