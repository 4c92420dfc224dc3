from odoo import fields, models

from ..tools import periods, windows


class NpsSubscription(models.Model):
    """When the regular message is due, and when a subscription stops."""

    _inherit = "nps.subscription"

    def _rhythm(self):
        """Return the :class:`~.tools.periods.Rhythm` of the regular message."""
        weekday = (windows.DAYS.index(self.weekday),)
        days = weekday if self.frequency == "weekly" else periods.EVERY_DAY
        return periods.Rhythm(days, self.send_hour)

    def _plan_anew(self):
        """Plan the next regular message, by the rhythm as it is now.

        What was told, and up to when, stays as it is: whoever changes the hour hears
        of every answer, and of none again.
        """
        now = fields.Datetime.now()
        # What a user set is his; when that is due is ours.
        for subscription_sudo in self.sudo():
            if subscription_sudo.frequency == "at_once" or not subscription_sudo.active:
                values = {"told_until": False, "next_at": False}
            else:
                rhythm, zone = subscription_sudo._rhythm(), subscription_sudo._zone()
                values = {
                    "told_until": subscription_sudo.told_until
                    or subscription_sudo._tells_from(now),
                    "next_at": periods.next_due(rhythm, now, zone),
                }
            subscription_sudo.write({**values, "attempts": 0})
            subscription_sudo._wake_cron()

    def _tells_from(self, now):
        """Return from when on the first message tells: it is of one whole period."""
        return periods.last_due(self._rhythm(), now, self._zone())

    def _wake_cron(self):
        """Let the cron of regular messages run when the next one is due."""
        cron_sudo = self.env.ref("nps.ir_cron_nps_subscription_regular").sudo()
        for moment in set(self.mapped("next_at")) - {False}:
            cron_sudo._trigger(moment)

    # === STOPPING === #

    def _stop(self, reason):
        """Stop the subscriptions, with the reason for the user to read.

        :param str reason: a key of ``stop_reason``
        """
        self.filtered("active").write({"active": False, "stop_reason": reason})

    def _stop_blind(self):
        """Stop the subscriptions of those who may read nothing any more.

        :return: the others
        """
        for subscription in self:
            if not subscription.user_id.active:
                subscription._stop("archived")
            elif not subscription._may_read():
                subscription._stop("no_access")
        return self.filtered("active")

    def _may_read(self):
        """Tell whether the subscriber may read answers of these companies at all."""
        user = self.user_id
        if not user._is_internal() or self._companies() - user.company_ids:
            return False
        return self.env["nps.response"].with_user(user).has_access("read")
