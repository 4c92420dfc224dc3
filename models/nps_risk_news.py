import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import risk

_logger = logging.getLogger(__name__)


class NpsRiskNews(models.Model):
    """A customer about whom there is, or will be, news: the risk cron looks at him.

    A table of its own and not a mark on the contact: to add a row neither waits for
    nor disturbs whoever edits the contact, so an answer may do it. What is to be done
    stands in the database; whoever ends the server now, the next run does the rest.
    """

    _name = "nps.risk.news"
    _description = "News for the NPS Risk Rules"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", required=True, ondelete="cascade", index=True
    )
    due_at = fields.Datetime(required=True, index=True)

    @api.model
    def _note(self, partners, at=None, wake=True):
        """Let the cron look at customers, without waiting for anything.

        :param partners: ``res.partner`` records
        :param at: the moment (UTC) from which it matters; None: at once
        :param bool wake: False: somebody else wakes the cron
        """
        if not partners:
            return
        moment = at or fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                "INSERT INTO nps_risk_news (partner_id, due_at) SELECT UNNEST(%s), %s",
                list(partners.ids),
                moment,
            )
        )
        if wake:
            self._wake(at)

    @api.model
    def _wake(self, at=None):
        # The customer's answer is stored also where somebody deleted the cron.
        cron = self.env.ref("nps.ir_cron_nps_risk", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger(at)

    @api.model
    def _note_everybody(self):
        """Let the cron look at every customer who was ever asked."""
        self._note_found(
            SQL(
                "SELECT partner_id FROM nps_invitation"
                " UNION SELECT commercial_partner_id FROM nps_invitation"
            )
        )

    @api.model
    def _note_found(self, query):
        """Let the cron look at the customers whom a query finds.

        :param SQL query: selects ids of partners, or NULL
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "INSERT INTO nps_risk_news (partner_id, due_at)"
                " SELECT id, %s FROM res_partner WHERE id IN (%s)",
                fields.Datetime.now(),
                query,
            )
        )
        self._wake()

    # === CRON === #

    @api.model
    def _cron_refresh(self, batch_size=20_000):
        """Bring the risks of all customers with news up to date.

        Many at once: for a few thousand customers the database reads all answers
        anyway, for a few it finds them by index.
        """
        while news := self.search(self._due_domain(), order="id", limit=batch_size):
            news._look()
            left = self.search_count(self._due_domain())
            if not self.env["ir.cron"]._commit_progress(len(news), remaining=left):
                break

    @api.model
    def _due_domain(self):
        return [("due_at", "<=", fields.Datetime.now())]

    def _look(self):
        """Look at these customers; one who cannot be judged holds up nobody else."""
        partners = self.partner_id
        self.unlink()
        try:
            with self.env.cr.savepoint():
                self.env["nps.risk"]._refresh(partners)
        except psycopg2.OperationalError:
            # Somebody else wrote at the same moment: the cron repeats it.
            raise
        except Exception:
            _logger.exception("Risks are looked at one by one after this error")
            for partner in partners:
                self._look_at_one(partner)

    @api.model
    def _look_at_one(self, partner):
        try:
            with self.env.cr.savepoint():
                self.env["nps.risk"]._refresh(partner)
        except psycopg2.OperationalError:
            raise
        except Exception:
            _logger.exception("The risks of contact %s were not looked at", partner.id)

    @api.model
    def _cron_look_again(self):
        """Once a day: look at those whose facts change by the mere passing of time."""
        recent = fields.Datetime.subtract(
            fields.Datetime.now(), days=risk.RECENT_DAYS + 7
        )
        self._note_found(
            SQL(
                """
                SELECT partner_id FROM nps_risk
                UNION
                SELECT i.commercial_partner_id
                  FROM nps_response r JOIN nps_invitation i ON i.id = r.invitation_id
                 WHERE r.state = 'counted' AND r.submitted_at >= %s
              GROUP BY i.commercial_partner_id, r.metric HAVING COUNT(*) >= %s
                """,
                recent,
                risk.FEWEST_FOR_CHANGE,
            )
        )
