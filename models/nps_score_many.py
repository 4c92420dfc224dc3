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
        # From the side of the answers: without statistics PostgreSQL would look through
        # all of them once for each contact.
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner p
                   SET nps_score = last.score, nps_category = last.category,
                       nps_metric = last.metric, nps_answered_at = last.submitted_at
                  FROM UNNEST(%(ids)s::int[]) owner(id)
                  LEFT JOIN (
                       SELECT DISTINCT ON (owner_id) *
                         FROM (%(persons)s UNION ALL %(firms)s) given
                     ORDER BY owner_id, submitted_at DESC, id DESC) last
                    ON last.owner_id = owner.id
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
              FROM nps_invitation i
              JOIN nps_response r ON r.invitation_id = i.id AND r.state = 'counted'
             WHERE i.%(column)s = ANY(%(ids)s)
            """,
            column=SQL.identifier(column),
            ids=list(partner_ids),
        )
