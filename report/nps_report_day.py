from odoo import api, models
from odoo.tools import SQL

from ..tools import rollup

SUMS = (
    "interactions",
    "invited",
    "responded",
    "answered",
    "promoters",
    "passives",
    "detractors",
    "score",
    "score_squares",
    "net_score",
    "response_rate",
    "promoter_share",
    "ask_rate",
    "held_back",
    "excluded",
    "answers_all",
    "promoters_all",
    "detractors_all",
    "score_all",
    "net_score_all",
    "withheld",
)
"""The measures that add up. All of them hold whole numbers, so that a sum is the same
in whichever order it is made."""
COUNTED = (
    "score",
    "net_score",
    "response_rate",
    "promoter_share",
    "ask_rate",
    "score_all",
    "net_score_all",
)
"""Those of them that are averaged: of each also how many rows have a value."""


class NpsReportDay(models.Model):
    """What :class:`~.nps_report.NpsReport` says of each day, added up.

    Derived from it and nothing else, and made anew at any time: the table takes its
    columns from the report's query and its rows from adding up that query's rows. It
    has several parts, each of them the whole, counted by other axes.

    Of a day that stands in ``nps.report.day.changed`` it may say what was true
    earlier. Of every other day it says what the report says, or it is empty.
    """

    _name = "nps.report.day"
    _description = "NPS Numbers of a Day"
    _auto = False

    def init(self):
        # When all tables are there whose columns it takes.
        self.pool.post_init(self._make_table)

    # === STRUCTURE === #

    @api.model
    def _make_table(self):
        """Make the table anew and empty: what it counts may have a new meaning."""
        for statement in (
            SQL("DROP TABLE IF EXISTS nps_report_day"),
            SQL(
                "CREATE TABLE nps_report_day AS SELECT ''::varchar AS part, %s, %s"
                " FROM (%s) live GROUP BY %s WITH NO DATA",
                _names(self._axes()),
                self._added_up(),
                self._source(),
                _names(self._axes()),
            ),
            SQL("ALTER TABLE nps_report_day ADD COLUMN id serial PRIMARY KEY"),
            SQL(
                "CREATE INDEX nps_report_day_part_idx"
                " ON nps_report_day (part, local_date)"
            ),
        ):
            self.env.cr.execute(statement)

    @api.model
    def _axes(self):
        """Return all axes of all parts, each once."""
        parts = self._parts()
        return list(dict.fromkeys(axis for axes in parts.values() for axis in axes))

    @api.model
    def _source(self):
        """Return the report's query, for nobody in particular."""
        return self.env["nps.report"].sudo()._table_query

    @api.model
    def _added_up(self):
        """Return the columns of a group of rows of the report."""
        return SQL(", ").join(
            [
                *(
                    SQL("SUM(%s)::int AS %s", *map(SQL.identifier, (name, total)))
                    for name, total in self._totals()
                ),
                *(
                    SQL("COUNT(%s)::int AS %s", *map(SQL.identifier, (name, count)))
                    for name, count in self._counts()
                ),
            ]
        )

    @api.model
    def _one_by_one(self):
        """Return the same columns of a single row of the report."""
        return SQL(", ").join(
            [
                *(SQL("%s::int", SQL.identifier(name)) for name, _ in self._totals()),
                *(
                    SQL("(%s IS NOT NULL)::int", SQL.identifier(name))
                    for name, _ in self._counts()
                ),
            ]
        )

    @api.model
    def _totals(self):
        return [(name, f"{name}_sum") for name in SUMS]

    @api.model
    def _counts(self):
        return [(name, f"{name}_count") for name in COUNTED]

    @api.model
    def _numbers(self):
        """Return the names of the columns that hold numbers."""
        return [column for _name, column in [*self._totals(), *self._counts()]]

    # === CONTENT === #

    @api.model
    def _rows(self, part, changed):
        """Return the query of the rows of a part that say what the report says now.

        :param changed: the days that have changed, which the report itself is asked
            for; None for interactions without a day
        """
        days = [day for day in changed if day]
        axes = _names(self._parts()[part])
        counted = SQL(
            "SELECT %s, %s FROM nps_report_day"
            " WHERE part = %s AND local_date <> ALL (%s::date[])",
            axes,
            _names(self._numbers()),
            part,
            days,
        )
        if not changed:
            return counted
        return SQL(
            "%s UNION ALL SELECT %s, %s FROM (%s) live"
            " WHERE local_date = ANY (%s::date[]) %s",
            counted,
            axes,
            self._one_by_one(),
            self._source(),
            days,
            SQL("OR local_date IS NULL") if None in changed else SQL(),
        )

    @api.model
    def _fresh(self, days):
        """Return the query of what all parts have to say of some days."""
        axes = self._axes()
        return SQL(
            "SELECT CASE GROUPING(%s) %s END, %s, %s FROM (%s) live"
            " WHERE local_date = ANY (%s::date[]) GROUP BY GROUPING SETS (%s)",
            _names(axes),
            SQL(" ").join(
                SQL("WHEN %s THEN %s", rollup.mask(axes, kept), part)
                for part, kept in self._parts().items()
            ),
            _names(axes),
            self._added_up(),
            self._source(),
            days,
            SQL(", ").join(SQL("(%s)", _names(a)) for a in self._parts().values()),
        )

    @api.model
    def _count_days(self, days):
        """Count some days that have changed.

        Whoever counts the same day at the same time has seen the same note of its
        change: the database lets only one of them take it away.
        """
        self.env.flush_all()
        self.env["nps.report.day.changed"]._forget(days)
        self.env.cr.execute(
            SQL("DELETE FROM nps_report_day WHERE local_date = ANY (%s::date[])", days)
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO nps_report_day (%s) %s", self._columns(), self._fresh(days)
            )
        )

    @api.model
    def _wrong_days(self, days):
        """Return those of some days, not changed, of which it says something wrong."""
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(
                """
                WITH fresh (%(columns)s) AS (%(fresh)s),
                     kept AS (SELECT %(columns)s FROM nps_report_day
                               WHERE local_date = ANY (%(days)s::date[]))
                SELECT DISTINCT local_date
                  FROM ((TABLE kept EXCEPT ALL TABLE fresh) UNION ALL
                        (TABLE fresh EXCEPT ALL TABLE kept)) wrong
                 ORDER BY 1
                """,
                columns=self._columns(),
                fresh=self._fresh(days),
                days=days,
            )
        )
        changed = self.env["nps.report.day.changed"]._days(limit=None)
        return [day for (day,) in found if day not in changed]

    @api.model
    def _columns(self):
        return _names(["part", *self._axes(), *self._numbers()])


def _names(columns):
    return SQL(", ").join(map(SQL.identifier, columns))
