from odoo import models
from odoo.fields import Domain
from odoo.tools import email_normalize


class NpsInvitation(models.Model):
    """Who waits for a ticket that was opened again is not asked how it was."""

    _inherit = "nps.invitation"

    def _those_with_reopened_ticket(self):
        tickets_sudo = self._reopened_tickets_sudo()
        by_mark = {}
        for ticket_sudo in tickets_sudo:
            for mark in ticket_sudo._nps_shield_marks():
                by_mark.setdefault(mark, []).append(ticket_sudo)

        def waits(invitation):
            marks = (invitation.email_normalized, *invitation.partner_id.ids)
            mine = [ticket for mark in marks for ticket in by_mark.get(mark, ())]
            return any(not invitation._ends_with(ticket_sudo) for ticket_sudo in mine)

        return super()._those_with_reopened_ticket() | self.filtered(waits)

    def _ends_with(self, ticket_sudo):
        """Tell whether picking this outcome closes the reopened ticket itself."""
        mine = (self.res_model, self.res_id) == (ticket_sudo._name, ticket_sudo.id)
        return mine and not self.asked_at and self.outcome_id.stage_id.closed

    def _reopened_tickets_sudo(self):
        """Return tickets that may be of these persons, opened again and not closed.

        In superuser mode: the shield does not depend on who picks the outcome.
        """
        domain = Domain("nps_reopened_at", "!=", False) & Domain("closed", "=", False)
        addresses = self._addresses()
        if len(addresses) == 1:
            # His address may be written anyhow. Of many persons it is quicker to look
            # at all that is open again.
            domain &= Domain.OR(
                [
                    Domain("partner_id", "in", self.partner_id.ids),
                    Domain("partner_id.email_normalized", "=", addresses[0]),
                    Domain("partner_email", "ilike", addresses[0]),
                ]
            )
        tickets_sudo = self.env["helpdesk.ticket"].sudo()
        return tickets_sudo.search_fetch(domain, ["partner_id", "partner_email"])


class HelpdeskTicket(models.Model):
    """Whose ticket it is."""

    _inherit = "helpdesk.ticket"

    def _nps_shield_marks(self):
        """Return the contact and the addresses of the person whose ticket it is."""
        partner = self.partner_id
        written = email_normalize(self.partner_email or "")
        return set(filter(None, (partner.id, partner.email_normalized, written)))
