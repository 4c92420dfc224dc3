from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_datetime


class NpsInvitation(models.Model):
    """Waiting for the hour at which the customer may be written to."""

    _inherit = "nps.invitation"

    tz = fields.Char(
        string="Customer's Time Zone",
        readonly=True,
        help="The clock by which the send window is read.",
    )
    wait_reason = fields.Selection(
        selection=[
            ("delay", "The outcome's delay"),
            ("window", "The send window is closed"),
        ],
        readonly=True,
        help="Why the mail waits although nothing went wrong.",
    )

    def _window_opens(self, moment):
        """Return when, from a moment (UTC) on, a mail may leave."""
        return self.outcome_id.window_id._next_open(moment, self.tz)

    @api.model
    def _values_list_for(self, records, outcome, agent, **values):
        values_list = super()._values_list_for(records, outcome, agent, **values)
        if outcome.delivery == "mail" and not outcome.delay_hours:
            # Most mails leave at once: what is known needs no second write.
            for known in values_list:
                now = known["picked_at"]
                known.update(scheduled_at=now, trying_since=now)
        return values_list

    def _schedule_first(self):
        """Plan the mails: after the outcome's delay, and within its window."""
        by_moment = self.grouped(lambda i: (i._first_moment(), i._first_wait_reason()))
        for (moment, wait_reason), invitations in by_moment.items():
            if wait_reason:
                invitations.wait_reason = wait_reason
            invitations._schedule(moment)

    def _first_wait_reason(self):
        if self.delivery != "mail":
            return False
        return self._wait_reason_until(self._first_moment())

    def _delayed_moment(self):
        return self.picked_at + timedelta(hours=self.outcome_id.delay_hours)

    def _first_moment(self):
        """Return when the mail is to leave if nothing comes between."""
        moment = self._delayed_moment()
        return self._window_opens(moment) if self.delivery == "mail" else moment

    def _wait_reason_until(self, moment):
        if moment <= self.picked_at:
            return False
        return "window" if moment > self._delayed_moment() else "delay"

    def _wait_for_window(self, now):
        """Put those mails off whose window is closed.

        :param now: the present moment (UTC)
        :return: those that wait
        """
        waiting = self.filtered(lambda i: i._window_opens(now) > now)
        for invitation in waiting:
            opens = invitation._window_opens(now)
            # Only time in which a mail may leave counts until it is given up.
            since = invitation.trying_since or invitation.picked_at
            invitation.write(
                {
                    "scheduled_at": opens,
                    "trying_since": since + (opens - now),
                    "wait_reason": "window",
                }
            )
        return waiting

    def _describe_queue(self, scheduled):
        if self.delivery == "mail" and self.wait_reason == "window":
            return self.env._(
                "Waits until %(date)s: the send window “%(window)s” is closed at the "
                "customer's (%(zone)s)",
                date=scheduled,
                window=self.outcome_id.window_id.name or "",
                zone=self.tz or "UTC",
            )
        if self.delivery == "mail" and self.wait_reason == "delay":
            return self.env._("Waits until %s, as the outcome says", scheduled)
        return super()._describe_queue(scheduled)

    def _promise_when(self):
        moment = self._first_moment()
        if self.delivery == "link" or moment <= self.picked_at:
            return super()._promise_when()
        return self.env._("on %s", format_datetime(self.env, moment, dt_format="short"))
