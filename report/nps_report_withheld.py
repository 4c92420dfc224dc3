from odoo import api, fields, models
from odoo.tools import SQL

KEPT = ("invitation_id", "state")
"""What the report joins answers by. Everything else of an answer may be withheld."""


class NpsReport(models.Model):
    """Withholds answers of agents with few of them, in the source of all numbers.

    The row stays, as an interaction whose customer was asked and answered; everything
    that the answer says is empty, whichever column, grouping, filter or export asks
    for it. See :class:`~.models.nps_withheld_mixin.NpsWithheldMixin`.
    """

    _name = "nps.report"
    _inherit = ["nps.report", "nps.withheld.mixin"]
    _depends = {
        "nps.response": ["user_id", "department_id", "company_id"],
        "res.company": ["nps_fewest_shown"],
    }

    withheld = fields.Integer(
        string="Withheld Answers",
        readonly=True,
        aggregator="sum",
        help="Answers that you do not see, as fewer of this agent's count than your "
        "company shows to others. They are in no other number but the response rate.",
    )

    @property
    def _table_query(self):
        query = super()._table_query
        limited = self._withheld_from_viewer()
        if not limited:
            return query
        # Within this query the table's name stands for what the viewer may know of it,
        # so that no column, of whichever file, can forget to ask.
        return SQL(
            "WITH nps_shown (company_id, key) AS MATERIALIZED (%s),"
            " nps_response AS NOT MATERIALIZED (%s) %s",
            self._withheld_shown(limited),
            self._withheld_responses(limited),
            query,
        )

    @api.model
    def _withheld_from_viewer(self):
        """Return the companies in which something is withheld; none for the system."""
        nobody = self.env["res.company"]
        return nobody if self.env.su else self._withheld_companies()

    @api.model
    def _select(self):
        withheld = SQL("0")
        if self._withheld_from_viewer():
            withheld = SQL("COALESCE(r.withheld, 0)")
        return SQL("%s, %s AS withheld", super()._select(), withheld)

    @api.model
    def _withheld_responses(self, limited):
        """Return the answers, those that are withheld without anything they say."""
        # Joined and not looked up in a set, as each column asks for it.
        seen = SQL(
            "given.company_id NOT IN %s OR given.user_id = %s OR shown.key IS NOT NULL",
            tuple(limited.ids),
            self.env.uid,
        )
        columns = [
            SQL("CASE WHEN %s THEN given.%s END AS %s", seen, column, column)
            for column in map(SQL.identifier, self._withheld_columns())
        ]
        return SQL(
            """
            SELECT %(kept)s, CASE WHEN %(seen)s THEN 0 ELSE 1 END AS withheld,
                   %(columns)s
              FROM nps_response given
         LEFT JOIN nps_shown shown
                ON shown.company_id = given.company_id AND shown.key = %(key)s
            """,
            kept=SQL(", ").join(SQL("given.%s", SQL.identifier(n)) for n in KEPT),
            seen=seen,
            columns=SQL(", ").join(columns),
            key=self._withheld_key(SQL("given.user_id"), SQL("given.department_id")),
        )

    @api.model
    def _withheld_columns(self):
        """Return the columns of answers that say something; a new one is among them."""
        return [
            name
            for name, field in self.env["nps.response"]._fields.items()
            if field.store and field.column_type and name not in KEPT
        ]

    def _field_to_sql(self, alias, field_expr, query=None):
        sql = super()._field_to_sql(alias, field_expr, query)
        if field_expr != "response_rate" or not self._withheld_from_viewer():
            return sql
        # That somebody answered is no secret, and leaving him out would be wrong.
        withheld = super()._field_to_sql(alias, "withheld", query)
        return SQL("CASE WHEN %s > 0 THEN 100 ELSE %s END", withheld, sql)
