import logging
from collections import Counter
from datetime import timedelta

import psycopg2

from odoo import api, fields, models, modules

from ..tools import backoff, smtp
from .nps_invitation_eligibility import FIRM

_logger = logging.getLogger(__name__)

TEMPORARY_FAILURES = ("mail_smtp",)
MAX_CONFLICTS = 5
"""How often in a row the cron begins again before it leaves a batch to its next run."""


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
        self._drain(self._due, "_send", batch_size)

    @api.model
    def _drain(self, due_of, handle, batch_size):
        """Handle what is due, batch by batch, while the cron has time.

        :param due_of: returns at most so many invitations, locked
        :param str handle: the method that deals with them
        """
        conflicts = 0
        while due := due_of(batch_size):
            try:
                getattr(due, handle)()
                conflicts = 0
            except psycopg2.errors.SerializationFailure:
                # Somebody decided about one of these persons meanwhile: look again.
                conflicts += 1
                if _in_test() or conflicts > MAX_CONFLICTS:
                    raise
                self.env.cr.rollback()
                continue
            left = self._count_due()
            if not self.env["ir.cron"]._commit_progress(len(due), remaining=left):
                break

    @api.model
    def _count_due(self):
        """Return how many mails are due."""
        return self.search_count(self._due_domain())

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
        locked = found.try_lock_for_update().filtered_domain(self._due_domain())
        return locked.sorted(lambda i: (i.scheduled_at, i.id))

    def _send(self):
        """Hand the mails of the invitations to the mail server.

        Every invitation leaves this method sent, suppressed, or with its reason and
        the time of its next try: never as it was.
        """
        self._queue_mails()
        mails = self.mail_id.filtered(lambda mail: mail.state == "outgoing")
        error = self._hand_over(mails)
        if error:
            self._retry_interrupted(str(error))
        self._postpone_unsent()

    @api.model
    def _hand_over(self, mails):
        """Send mails now.

        :return: the error that broke the connection in the middle of the batch, or None
        """
        if not _in_test():
            # Links must be known before they leave, mails be queued before they are
            # sent: whoever kills us now, Odoo's own queue sends them.
            self.env.cr.commit()  # pylint: disable=invalid-commit
        try:
            mails.send(auto_commit=not _in_test())
        except Exception as error:
            _logger.info("Sending invitations was interrupted: %s", error)
            if not _in_test():
                self.env.cr.rollback()
            return error
        return None

    def _queue_mails(self):
        """Decide who of these is asked, and make the mails."""
        self._lock_decision()
        asked = self.browse()
        for wave in self._waves():
            asked |= wave._decide_safely()
        asked._render_mails()

    def _queue_mail(self):
        """Make the mail of one invitation, or note why there is none."""
        self.ensure_one()
        self._queue_mails()

    def _waves(self):
        """Split these so that nobody is asked twice in one of them.

        That a person is asked counts when his next invitation is decided.

        :return: list of invitations, to be decided one after the other
        """
        waves, asked_before = [], Counter()
        for invitation in self:
            person = invitation.email_normalized or invitation.id
            number = asked_before[person]
            asked_before[person] += 1
            if number == len(waves):
                waves.append([])
            waves[number].append(invitation.id)
        return [self.browse(ids).with_prefetch(self._prefetch_ids) for ids in waves]

    def _decide_safely(self):
        """Decide about these; an error is its own and nobody else's.

        :return: those for whom a mail is to be made
        """
        try:
            with self.env.cr.savepoint():
                return self._decide()
        except psycopg2.OperationalError:
            # Somebody else wrote at the same moment: the cron repeats it.
            raise
        except Exception as error:
            if len(self) == 1:
                self._fail_rendering(error)
                return self.browse()
        half = len(self) // 2
        return self[:half]._decide_safely() | self[half:]._decide_safely()

    def _decide(self):
        """Decide which customers are asked now, and note what is not so.

        :return: those for whom a mail is to be made
        """
        # Somebody took it out of the mail queue: that is a decision.
        withdrawn = self.filtered(lambda i: i.mail_id.state == "cancel")
        if withdrawn:
            withdrawn._cancel("mail_cancelled")
        left = self - withdrawn
        # One moment: a window that opens between would let a mail out unjudged.
        now = fields.Datetime.now()
        left -= left._suppress_if_needed(now)
        left -= left._wait_for_window(now)
        left._note_asked()
        made = left.filtered(lambda i: i.mail_id.state in ("outgoing", "exception"))
        made.mail_id.mark_outgoing()
        return left - made

    def _suppress_if_needed(self, now):
        """Ask nobody who may not be asked now.

        :param now: the present moment (UTC)
        :return: those who are not asked
        """
        # While the window is closed only what is certain is decided.
        waiting = self.filtered(lambda i: i._window_opens(now) > now)
        return self._suppress_by(
            {
                **waiting._suppression_reasons(FIRM),
                **(self - waiting)._suppression_reasons(),
            }
        )

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
                "wait_reason": False,
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
                    "wait_reason": False,
                    # A link in another mail was not decided about by our cron.
                    "asked_at": invitation.asked_at or now,
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


def _in_test():
    """Tell whether a test runs: its transaction must neither commit nor roll back."""
    return bool(modules.module.current_test)
