from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from .nps_personal_mixin import ERASED

KEPT_TEXTS = {"number"}


class HelpdeskTicket(models.Model):
    """A ticket without its customer: number, stage, team and times stay."""

    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "nps.personal.mixin"]

    _nps_erase_sequence = 92

    @api.model
    def _nps_of_person(self, person):
        """Return the person's tickets, where they are to be erased too."""
        if not person.tickets:
            return self.sudo().browse()
        his = Domain("partner_id", "in", person.partners_sudo.ids)
        nameless = Domain("partner_id", "=", False) & Domain.OR(
            Domain("partner_email", "ilike", address) for address in person.addresses
        )
        found = self.sudo().search(his | nameless)
        return found.filtered(
            lambda ticket: (
                ticket.partner_id
                or email_normalize(ticket.partner_email or "") in person.addresses
            )
        )

    def _nps_own_invitations(self):
        return self.env["nps.invitation"].sudo()

    def _nps_erase(self, person):
        if not self:
            return
        self._nps_drop_traces()
        self._nps_blank_columns(
            [
                *self._nps_text_columns(KEPT_TEXTS),
                "partner_id",
                "commercial_partner_id",
            ],
            name=self.env._("Erased"),
        )

    @api.model
    def _nps_not_handed_out(self):
        said = {"number", "name", "description", "partner_name", "partner_email"}
        said |= {"partner_id", "create_date", "nps_score", "nps_answered_at"}
        return super()._nps_not_handed_out() | (self._fields.keys() - said)


class NpsInvitation(models.Model):
    _inherit = "nps.invitation"

    @api.model
    def _nps_personal_fields(self):
        return {**super()._nps_personal_fields(), "ticket_id": ERASED}


class NpsCase(models.Model):
    _inherit = "nps.case"

    @api.model
    def _nps_personal_fields(self):
        return {**super()._nps_personal_fields(), "ticket_id": ERASED}
