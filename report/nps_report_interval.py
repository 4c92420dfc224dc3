from odoo import api, models
from odoo.tools import SQL

from ..tools import intervals

COUNTS = ("promoters", "answered", "detractors")
LOW, HIGH = "low", "high"


class NpsReport(models.Model):
    """The interval of a net score, right at every level of every grouping.

    An interval cannot be averaged, so it is computed from the counts of each group:
    the same formula as :func:`~.tools.intervals.adjusted_wald`, in SQL.
    """

    _inherit = "nps.report"

    @api.model
    def _interval_ends(self):
        """Return aggregate -> (LOW or HIGH, the columns that are counted).

        Extend it for the interval of another net score. Columns: promoters, answers,
        detractors.
        """
        return {"net_low:avg": (LOW, COUNTS), "net_high:avg": (HIGH, COUNTS)}

    def _read_group_select(self, aggregate_spec, query):
        end, counts = self._interval_ends().get(aggregate_spec, (None, ()))
        if end is None:
            return super()._read_group_select(aggregate_spec, query)
        return _end_of_interval(
            end,
            *(
                SQL("SUM(%s)", self._field_to_sql(query.table, name, query))
                for name in counts
            ),
        )


def _end_of_interval(end, promoters, answers, detractors):
    """Return the SQL of one end.

    Without a query of its own: PostgreSQL would not count in parallel then.
    """
    total = SQL("(%s + 3)::float8", answers)
    up = SQL("(%s + 0.75) / %s", promoters, total)
    down = SQL("(%s + 0.75) / %s", detractors, total)
    half = SQL(
        "%s * SQRT((%s + %s - (%s - %s) ^ 2) / %s)",
        intervals.Z95,
        *(up, down, up, down, total),
    )
    if end == LOW:
        number = SQL("GREATEST(-100, 100 * (%s - %s - %s))", up, down, half)
    else:
        number = SQL("LEAST(100, 100 * (%s - %s + %s))", up, down, half)
    return SQL(
        "CASE WHEN %s >= %s THEN %s END", answers, intervals.FEWEST_FOR_WALD, number
    )
