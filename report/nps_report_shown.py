from odoo import api, models
from odoo.tools import SQL

from ..models.measure_field import Measure
from ..tools import intervals

SHOWN = "net_shown:avg"
PARTS = ("net_score:sum", "net_score:count")


class NpsReport(models.Model):
    """The net score where there are enough answers for one, and else nothing.

    For maps, charts and dashboards, which draw whatever number they get.
    """

    _inherit = "nps.report"

    net_shown = Measure(
        string="Net Score (10 Answers or More)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="The net score, empty below ten answers: too few to say.",
    )

    @api.model
    def _select(self):
        return SQL("%s, NULL::float8 AS net_shown", super()._select())

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec != SHOWN:
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "CASE WHEN %s >= %s THEN %s END",
            self._read_group_select("net_score:count", query),
            intervals.FEWEST_FOR_WALD,
            self._read_group_select("net_score:avg", query),
        )

    @api.model
    def _parts_of(self, aggregates):
        if SHOWN not in aggregates:
            return super()._parts_of(aggregates)
        parts = super()._parts_of([spec for spec in aggregates if spec != SHOWN])
        return parts and list(dict.fromkeys([*parts, *PARTS]))

    @api.model
    def _whole(self, spec, sums):
        if spec != SHOWN:
            return super()._whole(spec, sums)
        total, answers = (sums[part] or 0 for part in PARTS)
        return total / answers if answers >= intervals.FEWEST_FOR_WALD else None
