from datetime import timedelta

import psycopg2

from odoo import api, fields, models

from ..tools import backoff
from .nps_invitation_send import MAX_CONFLICTS, _in_test

GRACE = timedelta(minutes=5)
"""How long subscribers wait for an answer, so that the words that follow are in it."""
MOST_NOTICE_ATTEMPTS = 10


class NpsResponse(models.Model):
    """Tells subscribers of each answer, after a short grace and once.

    The echo cron plans it, so the customer's page does not wait for it.
    """

    _inherit = "nps.response"

    notice_at = fields.Datetime(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="When subscribers are told; empty when there is nothing to tell.",
    )
    notice_attempts = fields.Integer(
        readonly=True, copy=False, aggregator=None, export_string_translation=False
    )

    _to_tell_idx = models.Index("(notice_at) WHERE notice_at IS NOT NULL")

    def _echo_safely(self):
        result = super()._echo_safely()
        if self.state == "counted" and not self.notice_at:
            self._plan_notices(max(fields.Datetime.now(), self.submitted_at + GRACE))
        return result

    def _plan_notices(self, moment):
        self.notice_at = moment
        self.env.ref("nps.ir_cron_nps_subscription").sudo()._trigger(moment)

    @api.model
    def _cron_tell_subscribers(self):
        """Tell subscribers of the answers whose grace is over, one after the other.

        Without locking an answer: a customer who adds words must not wait until all
        are told. If he does so meanwhile, the transaction fails and begins again.
        """
        self.env["nps.subscription.notice"]._retry_mails()
        conflicts = 0
        while due := self._due_for_notice():
            try:
                due._tell_subscribers()
                self.env.flush_all()
                conflicts = 0
            except psycopg2.errors.SerializationFailure:
                conflicts += 1
                if _in_test() or conflicts > MAX_CONFLICTS:
                    raise
                self.env.cr.rollback()
                continue
            left = self.search_count(self._notice_domain())
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                break

    @api.model
    def _notice_domain(self):
        return [("notice_at", "<=", fields.Datetime.now())]

    @api.model
    def _due_for_notice(self):
        return self.search(self._notice_domain(), order="notice_at, id", limit=1)

    def _tell_subscribers(self):
        """Tell the subscribers of one answer; who could not be told is told later."""
        if self.env["nps.subscription"]._tell_of(self):
            self._tell_later()
        else:
            self.write({"notice_at": False, "notice_attempts": 0})

    def _tell_later(self):
        """Plan another try after a message could not be made, or give up."""
        self.notice_attempts += 1
        if self.notice_attempts >= MOST_NOTICE_ATTEMPTS:
            self.notice_at = False
        else:
            delay = backoff.delay(self.notice_attempts)
            self._plan_notices(fields.Datetime.now() + delay)
