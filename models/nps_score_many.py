from odoo import api, models
from odoo.tools import SQL

from .nps_score_mixin import SCORE_FIELDS


class ResPartner(models.Model):
    """Last scores of many contacts at once."""

    _inherit = "res.partner"

    @api.model
    def _nps_refresh_scores(self, partner_ids):
        """Do what ``_nps_refresh_score`` does, in one statement and without telling.

        :param partner_ids: ids of contacts
        """
        self.env["nps.response"].flush_model()
        self.env["nps.invitation"].flush_model()
        self.flush_model(SCORE_FIELDS)
        # Materialized: after a mass of new rows PostgreSQL has no statistics, and would
        # look for the answers once for each contact.
        self.env.cr.execute(
            SQL(
                """
                WITH given AS MATERIALIZED (%(persons)s UNION ALL %(firms)s),
                     last AS MATERIALIZED (
                       SELECT DISTINCT ON (owner_id) *
                         FROM given
                     ORDER BY owner_id, submitted_at DESC, id DESC)
                UPDATE res_partner p
                   SET nps_score = last.score, nps_category = last.category,
                       nps_metric = last.metric, nps_answered_at = last.submitted_at
                  FROM UNNEST(%(ids)s::int[]) owner(id)
                  LEFT JOIN last ON last.owner_id = owner.id
                 WHERE p.id = owner.id
                """,
                ids=list(partner_ids),
                persons=self._nps_answers_of("partner_id", partner_ids),
                firms=self._nps_answers_of("commercial_partner_id", partner_ids),
            )
        )
        self.invalidate_model(SCORE_FIELDS, flush=False)

    @api.model
    def _nps_answers_of(self, column, partner_ids):
        """Return the query of the counted answers that belong to contacts."""
        return SQL(
            """
            SELECT i.%(column)s AS owner_id, r.id, r.score, r.category, r.metric,
                   r.submitted_at
              FROM (SELECT id, %(column)s FROM nps_invitation
                     WHERE %(column)s = ANY(%(ids)s) OFFSET 0) i
              JOIN LATERAL (SELECT id, score, category, metric, submitted_at
                              FROM nps_response
                             WHERE invitation_id = i.id AND state = 'counted'
                            OFFSET 0) r ON TRUE
            """,
            column=SQL.identifier(column),
            ids=list(partner_ids),
        )
