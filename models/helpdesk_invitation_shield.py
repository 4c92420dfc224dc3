from odoo import models
from odoo.fields import Domain
from odoo.tools import email_normalize


class NpsInvitation(models.Model):
    """Who waits for a ticket that was opened again is not asked how it was."""

    _inherit = "nps.invitation"

    def _has_reopened_ticket(self):
        return super()._has_reopened_ticket() or any(
            ticket_sudo._nps_is_of(self) and not self._ends_with(ticket_sudo)
            for ticket_sudo in self._reopened_tickets_sudo()
        )

    def _ends_with(self, ticket_sudo):
        """Tell whether picking this outcome closes the reopened ticket itself."""
        mine = (self.res_model, self.res_id) == (ticket_sudo._name, ticket_sudo.id)
        return mine and not self.asked_at and self.outcome_id.stage_id.closed

    def _reopened_tickets_sudo(self):
        """Return tickets that may be the person's; his address may be written anyhow.

        In superuser mode: the shield does not depend on who picks the outcome.
        """
        is_open = Domain("nps_reopened_at", "!=", False) & Domain("closed", "=", False)
        is_his = Domain.OR(
            [
                Domain("partner_id", "in", self._same_person_sudo().ids),
                Domain("partner_email", "ilike", self.email_normalized),
            ]
        )
        return self.env["helpdesk.ticket"].sudo().search(is_open & is_his)


class HelpdeskTicket(models.Model):
    """Whose ticket it is."""

    _inherit = "helpdesk.ticket"

    def _nps_is_of(self, invitation_sudo):
        """Tell whether the ticket belongs to the person of an invitation."""
        partner = self.partner_id
        address = invitation_sudo.email_normalized
        return (
            partner.id in invitation_sudo.partner_id.ids
            or partner.email_normalized == address
            or email_normalize(self.partner_email or "") == address
        )
