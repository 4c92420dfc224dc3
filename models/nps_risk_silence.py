from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import risk

WHOSE = {
    "person": SQL("i.partner_id"),
    "company": SQL("i.commercial_partner_id"),
}


class NpsRisk(models.Model):
    """Finds customers who used to answer and do so no more."""

    _inherit = "nps.risk"

    @api.model
    def _find_silent(self, partner_ids, scope):
        """Return who ignores what he is asked, against his own habit.

        :param str scope: ``person``, or ``company`` for all its people together
        """
        return [
            self._found(
                row,
                "silent",
                row["since"],
                {
                    "asks": row["asks"] - row["ignored"],
                    "answered": row["answered"],
                    "ignored": row["ignored"],
                    "last_at": fields.Datetime.to_string(row["last_at"]),
                },
                # Further silence is no news to who knows of it.
                row["last_at"],
                scope,
            )
            for row in self._fetch_asks(partner_ids, scope)
            if risk.is_silent(
                row["asks"], row["answered"], row["ignored"], row["ignored_limit"]
            )
        ]

    @api.model
    def _fetch_asks(self, partner_ids, scope):
        """Return how often each was asked, answered, and did not since.

        An ask that came back is none, and one that can still be answered is not yet
        ignored. Any answer is a sign of life, also one that does not count. A company
        is judged as a whole when two of its people or more were asked.
        """
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT a.partner_id, a.company_id,
                       MIN(nps_ignored_asks) AS ignored_limit,
                       COUNT(*) AS asks,
                       COUNT(*) FILTER (WHERE answered) AS answered,
                       COUNT(*) FILTER (WHERE sent_at > last_at) AS ignored,
                       MIN(sent_at) FILTER (WHERE sent_at > last_at) AS since,
                       MIN(last_at) AS last_at
                  FROM (SELECT *, MAX(sent_at) FILTER (WHERE answered) OVER (
                                      PARTITION BY partner_id, company_id) AS last_at
                          FROM (%s) asks) a
                  JOIN res_company c ON c.id = a.company_id
                 WHERE last_at IS NOT NULL AND nps_ignored_asks > 0
              GROUP BY a.partner_id, a.company_id
                HAVING COUNT(*) FILTER (WHERE sent_at > last_at)
                       >= MIN(nps_ignored_asks)
                   AND COUNT(DISTINCT person_id) >= %s
                """,
                self._asks(partner_ids, scope),
                2 if scope == "company" else 1,
            )
        )

    @api.model
    def _asks(self, partner_ids, scope):
        """Return the query of the asks that were decided one way or the other."""
        return SQL(
            """
            SELECT i.id, %(whose)s AS partner_id, i.company_id, i.sent_at,
                   i.partner_id AS person_id, r.id IS NOT NULL AS answered
              FROM nps_invitation i
              JOIN res_partner p ON p.id = %(whose)s AND p.active AND %(kind)s
              LEFT JOIN LATERAL (SELECT id FROM nps_response
                                  WHERE invitation_id = i.id LIMIT 1) r ON TRUE
             WHERE %(whose)s = ANY(%(ids)s) AND i.sent_at >= %(since)s
               AND (r.id IS NOT NULL
                    OR i.state IN ('sent', 'expired') AND i.expires_at < %(now)s
                       AND i.failure_reason IS NULL)
            """,
            whose=WHOSE[scope],
            kind=SQL("p.is_company") if scope == "company" else SQL("TRUE"),
            ids=list(partner_ids),
            since=self._days_ago(risk.LOOK_BACK_DAYS),
            now=fields.Datetime.now(),
        )
