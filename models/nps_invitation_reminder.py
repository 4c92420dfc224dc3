import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import backoff, smtp

_logger = logging.getLogger(__name__)


class NpsInvitation(models.Model):
    """The one reminder. Whatever becomes of it, the invitation stays sent."""

    _inherit = "nps.invitation"

    reminder_at = fields.Datetime(
        readonly=True, help="When the reminder is to leave, or is tried again."
    )
    reminded_at = fields.Datetime(readonly=True)
    reminder_since = fields.Datetime(
        readonly=True, help="Since when the reminder is tried, to give up some day."
    )
    reminder_attempts = fields.Integer(readonly=True, aggregator=None)
    reminder_mail_id = fields.Many2one(
        "mail.mail", readonly=True, index="btree_not_null"
    )
    reminder_stop_reason = fields.Selection(
        selection="_selection_reminder_stop_reason",
        string="Why Not Reminded",
        readonly=True,
        help="Why there is no reminder although the survey has one.",
    )

    _reminder_due_idx = models.Index("(reminder_at) WHERE reminder_at IS NOT NULL")

    @api.model
    def _selection_reminder_stop_reason(self):
        return [
            *self._selection_suppression_reason(),
            ("asked_since", self.env._("The customer was asked again since")),
            ("expires_first", self.env._("The link stops working before it")),
            ("mail_cancelled", self.env._("It was taken out of the mail queue")),
            ("ticket_gone", self.env._("The ticket was deleted, archived or merged")),
            ("failed", self.env._("The reminder could not be sent")),
        ]

    # === PLANNING === #

    def _on_handed_over(self):
        fresh = self.filtered(lambda i: i.state in ("queued", "failed"))
        result = super()._on_handed_over()
        for invitation in fresh.filtered("survey_id.reminder_days"):
            invitation._plan_reminder()
        return result

    def _plan_reminder(self):
        """Plan the one reminder, within the send window."""
        if self.delivery != "mail" or self.reminded_at:
            return
        due = self.sent_at + timedelta(days=self.survey_id.reminder_days)
        due = self._window_opens(due)
        if due < self.expires_at:
            self.write({"reminder_at": due, "reminder_since": due})
        else:
            self.reminder_stop_reason = "expires_first"

    def _stop_reminder(self, reason):
        """Send no reminder to those who still wait for one.

        :param str reason: a key of :meth:`_selection_reminder_stop_reason`
        """
        waiting = self.filtered("reminder_at")
        waiting.reminder_mail_id.filtered(
            lambda m: m.state in ("outgoing", "exception")
        ).cancel()
        waiting.write(
            {
                "reminder_at": False,
                "reminder_mail_id": False,
                "reminder_stop_reason": reason,
            }
        )

    def _awaits_reminder(self):
        return self.state == "sent" and not self.reminded_at

    # === SENDING === #

    @api.model
    def _cron_send(self, batch_size=100):
        """Hand over all mails and reminders that are due, batch by batch."""
        result = super()._cron_send(batch_size)
        self._drain(self._due_reminders, "_send_reminders", batch_size)
        return result

    @api.model
    def _count_due(self):
        return super()._count_due() + self.search_count(self._reminder_domain())

    @api.model
    def _reminder_domain(self):
        now = fields.Datetime.now()
        return Domain(
            [
                # Whoever answered, bounced, or was withdrawn is in another state.
                ("state", "=", "sent"),
                ("reminded_at", "=", False),
                ("reminder_at", "<=", now),
                ("expires_at", ">", now),
            ]
        )

    @api.model
    def _due_reminders(self, limit):
        """Return the invitations that are to be reminded of, locked."""
        domain = self._reminder_domain()
        found = self.search(domain, order="reminder_at, id", limit=limit)
        return found.try_lock_for_update().filtered_domain(domain)

    def _send_reminders(self):
        """Hand over the reminders; each is sent, stopped, or tried again later."""
        self._lock_decision()
        wanted = self.filtered(lambda invitation: invitation._decide_reminder())
        groups = wanted.grouped(
            lambda i: (i.survey_id._reminder_template(), i.company_id)
        )
        for (template, _company), invitations in groups.items():
            fail = "_fail_rendering_reminder"
            for invitation, mail in invitations._render_or_fail(template, fail):
                invitation.reminder_mail_id = mail
        mails = self.reminder_mail_id.filtered(lambda m: m.state == "outgoing")
        error = self._hand_over(mails)
        for invitation in self.exists().filtered_domain(self._reminder_domain()):
            # Odoo holds it back, or the connection broke down.
            invitation._remind_later(str(error or ""))

    def _decide_reminder(self):
        """Decide about one reminder; note what is not so.

        :return: whether a mail is to be made
        """
        try:
            with self.env.cr.savepoint():
                return self._wants_reminder_mail()
        except psycopg2.OperationalError:
            raise
        except Exception as error:
            self._fail_rendering_reminder(error)
            return False

    def _wants_reminder_mail(self):
        if self.reminder_mail_id.state == "cancel":
            self._stop_reminder("mail_cancelled")
            return False
        reason = self._reminder_stop_reason_now()
        if reason:
            self._stop_reminder(reason)
            return False
        now = fields.Datetime.now()
        opens = self._window_opens(now)
        if opens > now:
            self.write(
                {
                    "reminder_at": opens,
                    "reminder_since": self.reminder_since + (opens - now),
                }
            )
            return False
        if self.reminder_mail_id.state in ("outgoing", "exception"):
            self.reminder_mail_id.mark_outgoing()
            return False
        return True

    def _reminder_stop_reason_now(self):
        """Return why this person is not reminded, or False."""
        reason = self._suppression_reasons_at_last().get(self)
        if reason:
            return reason
        asked_since = self._counts_as_asked() & Domain(
            [
                ("email_normalized", "=", self.email_normalized),
                ("id", "!=", self.id),
                ("asked_at", ">", self.asked_at),
            ]
        )
        return "asked_since" if self.search_count(asked_since, limit=1) else False

    # === WHEN IT FAILS === #

    def _fail_rendering_reminder(self, error):
        _logger.info("Reminder of invitation %s cannot be made: %s", self.id, error)
        self._remind_later(str(error))

    def _remind_later(self, reason, is_final=False):
        """Plan the next try of the reminder, or give it up."""
        now = fields.Datetime.now()
        started = self.reminder_since or now
        if is_final or now > started + backoff.GIVE_UP_AFTER:
            _logger.info("Reminder of invitation %s given up: %s", self.id, reason)
            self._stop_reminder("failed")
            return
        attempts = self.reminder_attempts + 1
        self.write(
            {
                "reminder_attempts": attempts,
                "reminder_at": now + backoff.delay(attempts),
            }
        )

    # === WHAT THE MAIL SYSTEM REPORTS === #

    def _on_reminded(self):
        """Note that the mail server took the reminder."""
        self.write({"reminded_at": fields.Datetime.now(), "reminder_at": False})

    def _on_reminder_failed(self, failure_type, failure_reason):
        """Note that the reminder could not be handed over."""
        for invitation in self.filtered(lambda i: not i.reminded_at and i.reminder_at):
            invitation._remind_later(
                failure_reason or failure_type or "",
                is_final=failure_type != "mail_smtp"
                and smtp.is_permanent(failure_reason),
            )
