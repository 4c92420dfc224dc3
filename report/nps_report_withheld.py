from odoo import api, fields, models
from odoo.tools import SQL

OF_WITHHELD = {"invited": 1, "response_rate": 100}
"""What is known of a row whose answer is withheld."""


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
        seen = self._withheld_not(
            self._withheld_known(limited),
            *map(SQL, ("company_id", "user_id", "department_id")),
        )
        # Within this query the table's name stands for what the viewer may know of it,
        # so that no column, of whichever file, can forget to ask.
        return SQL(
            """
            WITH nps_withheld AS NOT MATERIALIZED (
                     SELECT DISTINCT ON (invitation_id) invitation_id FROM nps_response
                      WHERE state = 'counted' AND (%(seen)s) IS NOT TRUE),
                 nps_response AS NOT MATERIALIZED (
                     SELECT * FROM nps_response WHERE %(seen)s)
            %(query)s
            """,
            seen=seen,
            query=query,
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
            withheld = SQL("CASE WHEN withheld.invitation_id IS NULL THEN 0 ELSE 1 END")
        return SQL("%s, %s AS withheld", super()._select(), withheld)

    @api.model
    def _from(self):
        tables = super()._from()
        if not self._withheld_from_viewer():
            return tables
        return SQL(
            "%s LEFT JOIN nps_withheld withheld ON withheld.invitation_id = i.id",
            tables,
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        sql = super()._field_to_sql(alias, field_expr, query)
        if field_expr not in OF_WITHHELD or not self._withheld_from_viewer():
            return sql
        # That somebody answered is no secret, and leaving him out would be wrong.
        withheld = super()._field_to_sql(alias, "withheld", query)
        known = OF_WITHHELD[field_expr]
        return SQL("CASE WHEN %s > 0 THEN %s ELSE %s END", withheld, known, sql)
