import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models, modules
from odoo.exceptions import UserError
from odoo.tools import formataddr, html2plaintext

from ..tools import backoff, personal_links, smtp

_logger = logging.getLogger(__name__)

TEMPORARY_FAILURES = ("mail_smtp",)
RESCUED_AFTER = timedelta(minutes=15)
"""When Odoo's own queue sends what our cron was prevented from sending."""


class NpsInvitation(models.Model):
    """The way of an invitation from the queue to the mail server."""

    _inherit = "nps.invitation"

    def _schedule(self, moment):
        """Let the send cron take the invitations at a moment (UTC)."""
        self.write({"scheduled_at": moment, "trying_since": moment})
        if self.filtered(lambda i: i.delivery == "mail"):
            now = fields.Datetime.now()
            self.env.ref("nps.ir_cron_nps_send").sudo()._trigger(
                None if moment <= now else moment
            )

    @api.model
    def _cron_send(self, batch_size=100):
        """Hand over all mails that are due, batch by batch."""
        while due := self._due(batch_size):
            due._send()
            left = self.search_count(self._due_domain())
            if not self.env["ir.cron"]._commit_progress(len(due), remaining=left):
                break

    @api.model
    def _due_domain(self):
        return [
            ("state", "in", ["queued", "failed"]),
            ("delivery", "=", "mail"),
            ("scheduled_at", "<=", fields.Datetime.now()),
        ]

    @api.model
    def _due(self, limit):
        """Return due invitations that no other worker holds."""
        found = self.search(self._due_domain(), order="scheduled_at, id", limit=limit)
        return found.try_lock_for_update().filtered_domain(self._due_domain())

    def _send(self):
        """Hand the mails of the invitations to the mail server.

        Every invitation leaves this method sent, suppressed, or with its reason and
        the time of its next try: never as it was.
        """
        in_test = bool(modules.module.current_test)
        for invitation in self:
            invitation._queue_mail()
        mails = self.mail_id.filtered(lambda mail: mail.state == "outgoing")
        if not in_test:
            # Links must be known before they leave, mails be queued before they are
            # sent: whoever kills us now, Odoo's own queue sends them.
            self.env.cr.commit()  # pylint: disable=invalid-commit
        try:
            mails.send(auto_commit=not in_test)
        except Exception as error:
            # The connection broke down in the middle of the batch.
            _logger.info("Sending invitations was interrupted: %s", error)
            if not in_test:
                self.env.cr.rollback()
            self._retry_interrupted(str(error))
        self._postpone_unsent()

    def _queue_mail(self):
        """Make the mail of one invitation, or note why there is none."""
        try:
            with self.env.cr.savepoint():
                reason = self._suppression_reason_now()
                if reason:
                    self._suppress(reason)
                elif self.mail_id.state == "cancel":
                    # Somebody took it out of the mail queue: that is a decision.
                    self.write({"state": "cancelled", "scheduled_at": False})
                elif self.mail_id.state in ("outgoing", "exception"):
                    self.mail_id.mark_outgoing()
                else:
                    self.mail_id = self._render_mail()
        except psycopg2.OperationalError:
            # Somebody else wrote at the same moment: the cron repeats it.
            raise
        except Exception as error:
            _logger.info("Invitation %s cannot be rendered: %s", self.id, error)
            self._try_again_later("failed", _first_line(error))

    def _render_mail(self):
        """Queue the mail from the template; it holds no secret yet."""
        template = self.outcome_id._template()
        mail = template.send_mail_batch(self.ids, email_values=self._mail_values())
        if self.id not in personal_links.find_invitation_ids(mail.body_html):
            raise UserError(
                self.env._(
                    "The mail template “%s” contains no link to the survey. Write "
                    "object.nps_link() into it.",
                    template.name,
                )
            )
        return mail

    def _mail_values(self):
        values = {
            "email_to": formataddr((self.customer_name, self.email_normalized)),
            # One person, one link.
            "email_cc": False,
            "recipient_ids": [],
            "headers": repr({"Auto-Submitted": "auto-generated"}),
            # Keeps the message, so that a bounce finds its invitation.
            "is_notification": True,
            # We send it ourselves at once. Odoo's queue takes over what we left behind,
            # and until then keeps out of our way.
            "scheduled_date": fields.Datetime.now() + RESCUED_AFTER,
        }
        if not self.outcome_id._template().email_from:
            values["email_from"] = self.company_id.email_formatted
        return values

    def _retry_interrupted(self, reason):
        for invitation in self.exists():
            if invitation.state in ("queued", "failed"):
                invitation._try_again_later("queued", reason)

    def _postpone_unsent(self):
        """Look later at mails that Odoo holds back, as for throttled servers."""
        held_back = self.exists().filtered_domain(self._due_domain())
        held_back.scheduled_at = fields.Datetime.now() + backoff.delay(1)

    def _try_again_later(self, state, reason, is_final=False):
        """Plan the next try after a failure, or give up after some days.

        :param state: ``queued`` when the mail server was away, else ``failed``
        :param bool is_final: the mail server refused for good
        """
        now = fields.Datetime.now()
        attempts = self.attempts + 1
        started = self.trying_since or self.picked_at
        give_up = is_final or now > started + backoff.GIVE_UP_AFTER
        next_try = False if give_up else now + backoff.delay(attempts)
        self.write(
            {
                "state": "failed" if give_up else state,
                "failure_reason": reason,
                "attempts": attempts,
                "scheduled_at": next_try,
            }
        )
        if next_try:
            self.env.ref("nps.ir_cron_nps_send").sudo()._trigger(next_try)

    def _opt_out(self, only_metric=False):
        """Store that the customer wants no more surveys, and stop what is waiting.

        :param bool only_metric: only surveys of this metric
        """
        metric = only_metric and self.survey_id.metric
        self.env["nps.opt.out"]._add(self, metric)

    # === WHAT THE MAIL SYSTEM REPORTS === #

    def _on_handed_over(self):
        """Note that the mail server took the mail with the link."""
        now = fields.Datetime.now()
        for invitation in self.filtered(lambda i: i.state in ("queued", "failed")):
            invitation.write(
                {
                    "state": "sent",
                    "sent_at": now,
                    "expires_at": now
                    + timedelta(days=invitation.survey_id.validity_days),
                    "failure_reason": False,
                    "scheduled_at": False,
                }
            )

    def _on_mail_failed(self, failure_type, failure_reason):
        """Note that the mail could not be handed over, and plan the next try."""
        temporary = failure_type in TEMPORARY_FAILURES
        reason = failure_reason or failure_type or self.env._("The mail has no link")
        for invitation in self.filtered(lambda i: i.state in ("queued", "failed")):
            invitation._try_again_later(
                "queued" if temporary else "failed",
                reason,
                is_final=not temporary and smtp.is_permanent(failure_reason),
            )

    def _message_receive_bounce(self, email, partner):
        """Mark the invitation as bounced, with the server's own words."""
        result = super()._message_receive_bounce(email, partner)
        reason = self.env.context.get("nps_bounce_reason") or self.env._(
            "no reason given"
        )
        self.filtered(lambda i: i.state in ("queued", "sent", "failed")).write(
            {"state": "bounced", "failure_reason": reason, "scheduled_at": False}
        )
        return result


def _first_line(error):
    """Return the first line of an error that says something."""
    lines = [line for line in html2plaintext(str(error)).splitlines() if line.strip()]
    return lines[0].strip()[:500] if lines else type(error).__name__
