from datetime import timedelta
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import recovery


class Row(NamedTuple):
    """A customer's first unhappy answer and what came of it.

    :param first_id: id of the ``nps.response``
    :param later_id: id of the next one, or None: he did not answer again
    :param is_reask: whether the next one comes from the survey after a case
    :param pair: the :class:`~.tools.recovery.Pair`, or None: on neither side
    """

    first_id: int
    later_id: int | None
    is_reask: bool
    pair: recovery.Pair | None


class NpsRecovery(models.TransientModel):
    """Which answers are compared.

    A customer is one normalised address (without one, one contact) in one company.
    He begins once, with his first unhappy answer of the period, so that a long series
    of bad answers counts no more than a short one. An answer to the survey after a
    case is never a beginning: it belongs to what went before.

    On neither side is whose case was withdrawn or opened after his next answer, and
    who has no case for this answer but one for another answer around that time.
    """

    _inherit = "nps.recovery"

    def _rows(self):
        """Return the :class:`Row` of every customer that the user may read."""
        return [self._row(*row) for row in self.env.execute_query(self._pairs_query())]

    def _row(self, first_id, first, later_id, later, is_reask, days, kind, has_case):
        pair = None
        if has_case is not None:
            pair = recovery.Pair(self.metric, first, later, has_case, kind, days)
        return Row(first_id, later_id, bool(is_reask), pair)

    def _pairs_query(self):
        """Return the SQL of the customers; of answers the user may read alone."""
        self._flush_sources()
        counted = Domain([("state", "=", "counted"), ("metric", "=", self.metric)])
        answers = self.env["nps.response"]
        return SQL(
            """
            WITH answers AS MATERIALIZED (%(answers)s), firsts AS (%(firsts)s),
                 nexts AS (%(nexts)s), befores AS (%(befores)s)
            SELECT f.id, f.score, n.id, n.score, n.is_reask,
                   EXTRACT(EPOCH FROM n.submitted_at - f.submitted_at)::float8 / 86400,
                   CASE b.category WHEN 'detractor' THEN 'unhappy'
                        WHEN 'passive' THEN 'happy' WHEN 'promoter' THEN 'happy'
                        ELSE 'new' END,
                   %(side)s
              FROM firsts f
         LEFT JOIN nexts n ON n.first_id = f.id
         LEFT JOIN befores b ON b.first_id = f.id
         LEFT JOIN LATERAL (%(own)s) own ON TRUE
          ORDER BY f.submitted_at, f.id
            """,
            answers=self._answers_sql(answers._search(counted)),
            firsts=self._firsts_sql(answers._search(counted & self._unhappy_domain())),
            nexts=self._nexts_sql(),
            befores=self._befores_sql(),
            own=self._own_case_sql(),
            side=self._side_sql(),
        )

    def _flush_sources(self):
        # The query names their columns itself, so nobody else brings them up to date.
        for name in ("nps.response", "nps.invitation", "nps.case"):
            self.env[name].flush_model()

    def _answers_sql(self, readable):
        """Return the answers with their person.

        A survey after a case goes to the present address of the customer: its answer
        belongs to whom the case is about, also when he has a new one.
        """
        return SQL(
            """
            SELECT r.id, r.score, r.category, r.submitted_at, r.invitation_id,
                   i.is_reask, i.company_id, p.email_normalized, p.partner_id,
                   COALESCE(p.email_normalized, 'partner ' || p.partner_id) AS person
              FROM nps_response r
              JOIN nps_invitation i ON i.id = r.invitation_id
         LEFT JOIN nps_case k ON k.reask_id = i.id
              JOIN nps_invitation p ON p.id = COALESCE(k.invitation_id, i.id)
             WHERE r.id IN %s
            """,
            readable.subselect(),
        )

    def _firsts_sql(self, unhappy):
        return SQL(
            """
            SELECT DISTINCT ON (person, company_id) *
              FROM answers
             WHERE id IN %s AND person IS NOT NULL AND is_reask IS NOT TRUE
          ORDER BY person, company_id, submitted_at, id
            """,
            unhappy.subselect(),
        )

    def _nexts_sql(self):
        """Return the next answer of each customer, within the time that is allowed."""
        return SQL(
            """
            SELECT DISTINCT ON (f.id) f.id AS first_id, a.*
              FROM firsts f
              JOIN answers a ON a.person = f.person AND a.company_id = f.company_id
             WHERE a.submitted_at > f.submitted_at
               AND a.submitted_at <= f.submitted_at + %(window)s
               AND (%(any)s OR a.is_reask IS NOT TRUE)
          ORDER BY f.id, a.submitted_at, a.id
            """,
            window=timedelta(days=int(self.window)),
            any=self.later == "any",
        )

    def _befores_sql(self):
        """Return the answer before: who was happy once comes back by himself sooner."""
        return SQL(
            """
            SELECT DISTINCT ON (f.id) f.id AS first_id, a.category
              FROM firsts f
              JOIN answers a ON a.person = f.person AND a.company_id = f.company_id
             WHERE a.submitted_at < f.submitted_at
          ORDER BY f.id, a.submitted_at DESC, a.id DESC
            """
        )

    def _own_case_sql(self):
        # Whether there was a case is a fact of the answer, which the user may read:
        # were it looked up by his rights, a colleague's case would count as none.
        return SQL(
            """
            SELECT c.state, c.opened_at, c.contacted_at
              FROM nps_case c
             WHERE c.invitation_id = f.invitation_id OR c.response_id = f.id
          ORDER BY c.opened_at, c.id
             LIMIT 1
            """
        )

    def _side_sql(self):
        """Return true: with a case; false: without one; NULL: on neither side."""
        return SQL(
            """
            CASE WHEN own.state IS NULL
                 THEN CASE WHEN EXISTS (%(other)s) THEN NULL ELSE FALSE END
                 WHEN own.state = 'withdrawn' OR own.opened_at >= n.submitted_at
                 THEN NULL
                 WHEN %(worked)s AND (own.state = 'done' AND own.contacted_at
                      < COALESCE(n.submitted_at, 'infinity')) IS NOT TRUE
                 THEN NULL ELSE TRUE END
            """,
            other=self._other_case_sql(),
            worked=self.treatment == "worked",
        )

    def _other_case_sql(self):
        return SQL(
            """
            SELECT FROM nps_case c
             WHERE c.company_id = f.company_id
               AND CASE WHEN f.email_normalized IS NULL
                        THEN c.partner_id = f.partner_id
                        ELSE c.email_normalized = f.email_normalized END
               AND c.state != 'withdrawn'
               AND c.opened_at > f.submitted_at - %(window)s
               AND c.opened_at < COALESCE(
                       n.submitted_at, f.submitted_at + %(window)s)
            """,
            window=timedelta(days=int(self.window)),
        )
