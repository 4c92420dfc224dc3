from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .nps_report_day import COUNTED, SUMS
from .nps_report_departments import LEVEL_COLUMNS

MOST_CHANGED = 92
"""So many changed days make reading them one by one about as slow as reading all."""
PART = "nps_report_day_part"
"""In the context: from which part rows are read."""
CHANGED = "nps_report_day_changed"
"""In the context: the days that have changed."""
IS_NUMBER = "nps_report_day_number"
"""In the context: a column is meant to be added up."""


class NotCounted(Exception):
    """A query asks for something that is not counted by day."""


class NpsReport(models.Model):
    """Groups the numbers of days instead of interactions, where these are many.

    A query is built as always, with the record rules of who asks, on top of the counted
    days instead of the interactions. Whichever column it touches on the way, be it in a
    condition, a rule, a group or a measure: one that is not counted by day ends the
    attempt, and the query is built on the interactions.
    """

    _inherit = "nps.report"

    @api.model
    def _read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        def read(report, domain):
            return super()._read_group(
                domain, groupby, aggregates, having, offset, limit, order
            )

        rows = self._read_days(read, domain)
        return read(self, domain) if rows is None else self._as_mine(rows)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        def read(report, domain):
            return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)

        found = self._read_days(read, domain)
        if found is None:
            return read(self, domain)
        return [self._as_mine(rows) for rows in found]

    @api.model
    def _read_days(self, read, domain):
        """Return what a function reads from the counted days, None if it cannot.

        :param read: gets a report that reads from them, and a domain
        """
        changed = self._changed_days()
        if changed is None:
            return None
        # Conditions with a search of their own are asked for here, once, and by the
        # report as it is.
        domain = Domain(domain).optimize_full(self)
        for part in self.env["nps.report.day"]._parts():
            try:
                return read(self.with_context(**{PART: part, CHANGED: changed}), domain)
            except NotCounted:
                continue
        return None

    @api.model
    def _changed_days(self):
        """Return the days that have changed; None if no counted days may be read."""
        if (
            self.env.context.get(PART)
            or self._withheld_from_viewer()
            or not self.env["nps.report.day"]._is_in_use()
        ):
            return None
        changed = self.env["nps.report.day.changed"]._days(limit=MOST_CHANGED + 1)
        return changed if len(changed) <= MOST_CHANGED else None

    @api.model
    def _as_mine(self, rows):
        """Return rows whose records know nothing of how they were read."""
        return [
            tuple(
                value.with_env(self.env)
                if isinstance(value, models.BaseModel)
                else value
                for value in row
            )
            for row in rows
        ]

    # === THE QUERY === #

    @property
    def _table_query(self):
        part = self.env.context.get(PART)
        return self._days_query(part) if part else super()._table_query

    @api.model
    def _days_query(self, part):
        days = self.env["nps.report.day"].with_context(**{PART: None, CHANGED: None})
        is_of_agents = "department_path_id" in days._parts()[part]
        return SQL(
            """
            SELECT i.*, s.metric,
                   EXTRACT(ISODOW FROM i.local_date)::int::varchar AS weekday %s
              FROM (%s) i LEFT JOIN nps_survey s ON s.id = i.survey_id %s
            """,
            SQL(", %s", self._select_levels()) if is_of_agents else SQL(),
            days._rows(part, self.env.context[CHANGED]),
            self._join_levels() if is_of_agents else SQL(),
        )

    @api.model
    def _axes_of(self, part):
        """Return the columns by which a part can be filtered and grouped."""
        axes = self.env["nps.report.day"]._parts()[part]
        more = LEVEL_COLUMNS if "department_path_id" in axes else ()
        return {*axes, *more, "metric", "weekday"}

    def _field_to_sql(self, alias, field_expr, query=None):
        sql = super()._field_to_sql(alias, field_expr, query)
        part = self.env.context.get(PART)
        if not part or alias != self._table:
            return sql
        if self.env.context.get(IS_NUMBER):
            return self._total_to_sql(alias, field_expr)
        # Of a date also its month and so on, which come after a point.
        self._check_counted(field_expr.partition(".")[0] in self._axes_of(part))
        return sql

    def _check_field_access(self, field, operation):
        # Conditions on these ask for the id of the row, past the method above.
        if self.env.context.get(PART) and field.type in ("one2many", "many2many"):
            raise NotCounted()
        return super()._check_field_access(field, operation)

    @api.model
    def _total_to_sql(self, alias, name):
        self._check_counted(name in SUMS)
        total = SQL.identifier(alias, f"{name}_sum")
        return SQL("%s::float8", total) if self._fields[name].type == "float" else total

    @api.model
    def _check_counted(self, is_counted):
        if not is_counted:
            raise NotCounted()

    def _read_group_groupby(self, alias, groupby_spec, query):
        part = self.env.context.get(PART)
        if part and alias == self._table:
            name = groupby_spec.partition(":")[0].partition(".")[0]
            self._check_counted(name in self._axes_of(part))
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        if not self.env.context.get(PART):
            return super()._read_group_select(aggregate_spec, query)
        report = self.with_context(**{IS_NUMBER: True})
        if aggregate_spec == "__count":
            return SQL(
                "COALESCE(SUM(%s), 0)",
                report._field_to_sql(query.table, "interactions", query),
            )
        name, _sep, how = aggregate_spec.partition(":")
        if how == "sum" or aggregate_spec in self._interval_ends():
            return super(NpsReport, report)._read_group_select(aggregate_spec, query)
        self._check_counted(name in COUNTED and how in ("avg", "count"))
        total = report._field_to_sql(query.table, name, query)
        count = SQL("SUM(%s)", SQL.identifier(query.table, f"{name}_count"))
        if how == "count":
            return SQL("COALESCE(%s, 0)", count)
        return SQL("SUM(%s)::float8 / NULLIF(%s, 0)", total, count)
