from odoo import api, models
from odoo.tools import SQL

from ..tools import intervals

LOW = SQL("GREATEST(-100, 100 * (up - down - half))")
HIGH = SQL("LEAST(100, 100 * (up - down + half))")
COUNTS = ("promoters", "answered", "detractors")


class NpsReport(models.Model):
    """The interval of a net score, right at every level of every grouping.

    An interval cannot be averaged, so it is computed from the counts of each group:
    the same formula as :func:`~.tools.intervals.adjusted_wald`, in SQL.
    """

    _inherit = "nps.report"

    @api.model
    def _interval_ends(self):
        """Return aggregate -> (SQL of the end, the columns that are counted).

        Extend it for the interval of another net score. Columns: promoters, answers,
        detractors.
        """
        return {"net_low:avg": (LOW, COUNTS), "net_high:avg": (HIGH, COUNTS)}

    def _read_group_select(self, aggregate_spec, query):
        end, counts = self._interval_ends().get(aggregate_spec, (None, ()))
        if end is None:
            return super()._read_group_select(aggregate_spec, query)
        promoters, answers, detractors = (
            SQL("SUM(%s)", self._field_to_sql(query.table, name, query))
            for name in counts
        )
        return SQL(
            """(
                SELECT CASE WHEN answers >= %(fewest)s THEN %(end)s END
                  FROM (SELECT *,
                               %(z)s * SQRT((up + down - (up - down) ^ 2) / total)
                               AS half
                  FROM (SELECT *, (promoters + 0.75) / total AS up,
                                  (detractors + 0.75) / total AS down
                  FROM (SELECT promoters, detractors, answers,
                               (answers + 3)::float8 AS total
                  FROM (VALUES (%(promoters)s, %(answers)s, %(detractors)s))
                       AS counts (promoters, answers, detractors)) a) b) c
            )""",
            fewest=intervals.FEWEST_FOR_WALD,
            end=end,
            z=intervals.Z95,
            promoters=promoters,
            answers=answers,
            detractors=detractors,
        )
