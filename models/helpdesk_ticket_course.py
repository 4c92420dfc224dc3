from datetime import timedelta

from odoo import fields, models


class HelpdeskTicket(models.Model):
    """What a ticket knows of how it went."""

    _inherit = "helpdesk.ticket"

    def _nps_snapshot(self, agent):
        # Whoever picks need not see all activities of the ticket.
        ticket_sudo = self.sudo()
        return dict(
            super()._nps_snapshot(agent),
            was_late=ticket_sudo._nps_is_late(),
            was_reopened=ticket_sudo.nps_reopen_count > 0,
            hours_open=ticket_sudo._nps_hours_open(),
        )

    def _nps_is_late(self):
        """Tell whether the ticket is over its deadline at this moment.

        ``helpdesk_mgmt_sla`` knows the time that was agreed; without it, what was
        planned and not done in time says it.
        """
        if "sla_expired" in self._fields:
            return bool(self.sla_expired)
        return any(activity.state == "overdue" for activity in self.activity_ids)

    def _nps_hours_open(self):
        """Return for how many hours the ticket has existed."""
        passed = fields.Datetime.now() - self.create_date
        return max(0, passed / timedelta(hours=1))
