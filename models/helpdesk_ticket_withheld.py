from odoo import fields, models
from odoo.tools import SQL

from .nps_survey import CATEGORIES, METRICS
from .score_field import Score

SAID = {"nps_score", "nps_category", "nps_metric"}


class HelpdeskTicket(models.Model):
    """The answer on a ticket is one to the work of its agent, and may be withheld.

    In SQL, so that reading, filtering, grouping and sorting give out the same.
    """

    _inherit = "helpdesk.ticket"

    # Read on their own: what the system reads of a ticket besides is no user's to see.
    nps_score = Score(prefetch=False)
    nps_category = fields.Selection(CATEGORIES, prefetch=False)
    nps_metric = fields.Selection(METRICS, prefetch=False)

    def _field_to_sql(self, alias, field_expr, query=None):
        sql = super()._field_to_sql(alias, field_expr, query)
        if field_expr not in SAID or self.env.su:
            return sql
        rules = self.env["nps.withheld.mixin"]
        limited = rules._withheld_companies()
        if not limited:
            return sql
        return SQL(
            """(CASE WHEN NOT EXISTS (
                SELECT FROM nps_invitation asked
                  JOIN nps_response given ON given.invitation_id = asked.id
                 WHERE asked.res_model = %s AND asked.res_id = %s
                   AND (%s) IS NOT TRUE)
                THEN %s END)""",
            self._name,
            SQL.identifier(alias, "id"),
            rules._withheld_not(
                rules._withheld_known(limited),
                SQL("given.company_id"),
                SQL("given.user_id"),
                SQL("given.department_id"),
            ),
            sql,
        )
