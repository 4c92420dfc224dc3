from datetime import timedelta

from odoo import api, fields, models

from ..tools import backoff

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
    def _cron_tell_subscribers(self, batch_size=10):
        """Tell subscribers of the answers whose grace is over.

        Few at a time: a customer who adds words waits for the row of his answer.
        """
        self.env["nps.subscription.notice"]._retry_mails()
        while due := self._due_for_notice(batch_size):
            failed = self.env["nps.subscription"]._tell_of(due)
            (due - failed).write({"notice_at": False, "notice_attempts": 0})
            failed._tell_later()
            left = self.search_count(self._notice_domain())
            if not self.env["ir.cron"]._commit_progress(len(due), remaining=left):
                break

    @api.model
    def _notice_domain(self):
        return [("notice_at", "<=", fields.Datetime.now())]

    @api.model
    def _due_for_notice(self, limit):
        due = self.search(self._notice_domain(), order="notice_at, id", limit=limit)
        return due.try_lock_for_update().filtered_domain(self._notice_domain())

    def _tell_later(self):
        """Plan another try for those whom a message could not be made."""
        for response in self:
            response.notice_attempts += 1
            if response.notice_attempts >= MOST_NOTICE_ATTEMPTS:
                response.notice_at = False
            else:
                delay = backoff.delay(response.notice_attempts)
                response._plan_notices(fields.Datetime.now() + delay)
