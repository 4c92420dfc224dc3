from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_date

MOVES_THE_DEADLINE = {
    "state",
    "partner_id",
    "contacted_at",
    "contact_due_at",
    "close_due_at",
}


class NpsCase(models.Model):
    """A case that is open after its deadline puts its customer at risk."""

    _inherit = "nps.case"

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases._note_risk_news()
        return cases

    def write(self, vals):
        result = super().write(vals)
        if MOVES_THE_DEADLINE & vals.keys():
            self._note_risk_news()
        return result

    def _note_risk_news(self):
        """Have the risk rules looked at now, and again when the deadline has passed."""
        self.partner_id._nps_refresh_risk()
        now = fields.Datetime.now()
        for case in self.filtered(lambda case: case.is_open and case.due_at):
            if case.due_at >= now:
                case.partner_id._nps_refresh_risk(case.due_at + timedelta(seconds=1))


class NpsRisk(models.Model):
    """The rule of the overdue case, and a case for who is at risk."""

    _inherit = "nps.risk"

    def action_open_case(self):
        """Open a case for the customer."""
        self.ensure_one()
        return self.partner_id._nps_create_case(self.reasons or "")

    @api.model
    def _find(self, partner_ids):
        return [*super()._find(partner_ids), *self._find_overdue_cases(partner_ids)]

    @api.model
    def _find_overdue_cases(self, partner_ids):
        """Return whose case is open after its deadline; the oldest counts."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT c.partner_id, c.company_id, COUNT(*) AS count,
                       (ARRAY_AGG(c.id ORDER BY c.due_at, c.id))[1] AS case_id,
                       MIN(c.due_at) AS due_at
                  FROM nps_case c
                  JOIN res_partner p ON p.id = c.partner_id AND p.active
                 WHERE c.partner_id = ANY(%s) AND c.is_open AND c.due_at < %s
              GROUP BY c.partner_id, c.company_id
                """,
                list(partner_ids),
                fields.Datetime.now(),
            )
        )
        return [
            self._found(
                row,
                "case_overdue",
                row["due_at"],
                {
                    "count": row["count"],
                    "due_at": fields.Datetime.to_string(row["due_at"]),
                },
                f"{row['case_id']} {row['due_at']}",
            )
            for row in rows
        ]

    def _describe_case_overdue(self, facts):
        since = format_date(self.env, facts["due_at"])
        if facts["count"] == 1:
            return self.env._("A case is open and overdue since %s", since)
        return self.env._(
            "%(count)s cases are open and overdue, the oldest since %(date)s",
            count=facts["count"],
            date=since,
        )
