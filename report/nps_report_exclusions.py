from odoo import api, fields, models
from odoo.tools import SQL

from ..models.measure_field import Measure
from ..models.nps_response_exclusion import EXCLUSION_REASONS
from ..models.score_field import Score
from ..tools import metrics
from .nps_report_interval import HIGH, LOW

COUNTS = ("promoters_all", "answers_all", "detractors_all")


class NpsReport(models.Model):
    """The numbers once more, with the answers that do not count by decision.

    Whoever sees a score sees also what it would be without our decisions.
    """

    _inherit = "nps.report"
    _depends = {"nps.response": ["excluded_reason", "decided_by_id"]}

    excluded = fields.Integer(
        readonly=True,
        aggregator="sum",
        help="Answers that do not count because somebody decided so.",
    )
    excluded_reason = fields.Selection(EXCLUSION_REASONS, readonly=True)
    excluded_by_id = fields.Many2one("res.users", readonly=True)
    score_all = Score(
        string="Mean Score (All)",
        readonly=True,
        aggregator="avg",
        help="The mean score if no answer had been excluded.",
    )
    net_score_all = Measure(
        string="Net Score (All)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="The net score if no answer had been excluded.",
    )
    net_all_low = Measure(
        string="Net From (All)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Lower end of the 95 % interval (adjusted Wald) with excluded answers. "
        "Empty below ten answers: too few to say.",
    )
    net_all_high = Measure(
        string="Net To (All)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Upper end of the 95 % interval (adjusted Wald) with excluded answers. "
        "Empty below ten answers: too few to say.",
    )
    answers_all = fields.Integer(
        string="Answers (All)",
        readonly=True,
        aggregator="sum",
        help="Answers that count, and those that are excluded.",
    )
    promoters_all = fields.Integer(
        string="Promoters (All)", readonly=True, aggregator="sum"
    )
    detractors_all = fields.Integer(
        string="Detractors (All)", readonly=True, aggregator="sum"
    )

    @api.model
    def _select(self):
        return SQL(
            """%(columns)s, x.excluded_reason, x.decided_by_id AS excluded_by_id,
            CASE WHEN x.id IS NULL THEN 0 ELSE 1 END AS excluded,
            COALESCE(r.score, x.score) AS score_all,
            (CASE COALESCE(r.category, x.category)
                  WHEN 'promoter' THEN %(promoter)s
                  WHEN 'passive' THEN %(passive)s
                  WHEN 'detractor' THEN %(detractor)s END)::float8 AS net_score_all,
            NULL::float8 AS net_all_low, NULL::float8 AS net_all_high,
            CASE WHEN COALESCE(r.id, x.id) IS NULL THEN 0 ELSE 1 END AS answers_all,
            CASE WHEN COALESCE(r.category, x.category) = 'promoter'
                 THEN 1 ELSE 0 END AS promoters_all,
            CASE WHEN COALESCE(r.category, x.category) = 'detractor'
                 THEN 1 ELSE 0 END AS detractors_all
            """,
            columns=super()._select(),
            **metrics.NET_VALUES,
        )

    @api.model
    def _from(self):
        # DISTINCT tells PostgreSQL that it may leave out the join if nobody reads it.
        return SQL(
            """%s
            LEFT JOIN (SELECT DISTINCT ON (invitation_id) *
                         FROM nps_response WHERE state = 'excluded') x
                   ON x.invitation_id = i.id
            """,
            super()._from(),
        )

    @api.model
    def _interval_ends(self):
        return {
            **super()._interval_ends(),
            "net_all_low:avg": (LOW, COUNTS),
            "net_all_high:avg": (HIGH, COUNTS),
        }
