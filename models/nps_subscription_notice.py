from datetime import timedelta

from odoo import api, fields, models

from ..tools import smtp

KEPT_DAYS = 180
"""How long it is known who was told; no answer is completed after so many days."""
MAIL_TRIED_DAYS = 3
TEMPORARY = (False, "mail_smtp", "unknown")
"""Failures that may pass; Odoo leaves the type empty when there was no server."""


class NpsSubscriptionNotice(models.Model):
    """One message to one user. It stands for "told", so nobody is told twice.

    Stored together with the message in one transaction: whoever kills the cron finds
    both or none.
    """

    _name = "nps.subscription.notice"
    _description = "NPS Notice"
    _log_access = False

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    response_id = fields.Many2one(
        "nps.response",
        ondelete="cascade",
        index="btree_not_null",
        help="The answer that was told of at once; empty for a regular message.",
    )
    told_at = fields.Datetime(required=True, default=fields.Datetime.now, index=True)
    mail_id = fields.Many2one("mail.mail", ondelete="set null", index="btree_not_null")

    _once_uniq = models.UniqueIndex(
        "(user_id, response_id) WHERE response_id IS NOT NULL"
    )

    @api.model
    def _known(self, responses):
        """Return (user id, response id) of everybody who was told of the answers."""
        known = self.search([("response_id", "in", responses.ids)])
        return {(notice.user_id.id, notice.response_id.id) for notice in known}

    @api.model
    def _retry_mails(self):
        """Queue mails again that found no mail server; Odoo gives up at once."""
        since = fields.Datetime.now() - timedelta(days=MAIL_TRIED_DAYS)
        failed = self.search(
            [("mail_id.state", "=", "exception"), ("told_at", ">=", since)]
        ).mail_id
        stuck = failed.filtered(
            lambda mail: (
                mail.failure_type in TEMPORARY
                and not smtp.is_permanent(mail.failure_reason)
            )
        )
        if stuck:
            stuck.mark_outgoing()
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    @api.autovacuum
    def _gc_old(self):
        """Forget who was told of answers that nobody completes any more."""
        domain = [("told_at", "<", fields.Datetime.now() - timedelta(days=KEPT_DAYS))]
        old = self.search(domain, limit=10000)
        old.unlink()
        return len(old), self.search_count(domain, limit=1)
