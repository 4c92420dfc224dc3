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
    def _nps_note_last(self, responses):
        """Let new answers be the last ones of their customers, where none is later.

        What is known of older answers is not looked up again: a customer's last answer
        is on his contact, and a new one can only take its place.

        :param responses: ``nps.response`` that were just stored, and count
        """
        self.flush_model(SCORE_FIELDS)
        # One by one: after a mass of new rows PostgreSQL would read all of the tables.
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner p
                   SET nps_score = last.score, nps_category = last.category,
                       nps_metric = last.metric, nps_answered_at = last.submitted_at
                  FROM (SELECT DISTINCT ON (owner.id)
                               owner.id, r.score, r.category, r.metric, r.submitted_at
                          FROM UNNEST(%s) given(id)
                    CROSS JOIN LATERAL (SELECT * FROM nps_response
                                         WHERE id = given.id OFFSET 0) r
                    CROSS JOIN LATERAL (SELECT * FROM nps_invitation
                                         WHERE id = r.invitation_id OFFSET 0) i
                    CROSS JOIN LATERAL (VALUES (i.partner_id),
                                               (i.commercial_partner_id)) owner(id)
                      ORDER BY owner.id, r.submitted_at DESC, r.id DESC) last
                 WHERE p.id = last.id
                   AND (p.nps_answered_at IS NULL
                        OR p.nps_answered_at <= last.submitted_at)
                """,
                list(responses.ids),
            ),
            # That somebody writes to a contact meanwhile is no error: it is done again.
            log_exceptions=False,
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
