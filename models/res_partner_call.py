from typing import Any, NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError

from ..tools import phone_numbers

MOST_CHOICES = 20
"""Contacts that are offered to choose from; more than that are counted only."""


class Caller(NamedTuple):
    """Who is calling, as far as a number tells.

    :ivar kind: ``person``, ``company``, ``several``, ``unknown``, ``internal``,
        ``hidden`` or ``malformed``
    :ivar number: as people read it; '' when it is hidden
    :ivar partner: the contact of a ``person``, a ``company`` or a colleague, or none
    :ivar choices: all contacts with this number when there are several
    :ivar colleague: the name of a colleague who calls from within the house, or ''
    """

    kind: str
    number: str
    partner: Any
    choices: Any
    colleague: str = ""


class ResPartner(models.Model):
    """A contact is found by the number that rings in, for whoever may read it."""

    _inherit = "res.partner"

    # === ACTION METHODS === #

    @api.model
    @api.readonly
    def nps_find_caller(self, number=None, partner_id=None):
        """Tell the screen of an agent who is calling; nothing is written.

        :param str number: what the telephone system says, in any notation
        :param int partner_id: the contact, if it was found before
        :return: dict of ``found`` (the kind of :class:`Caller`), ``number``,
            ``partner`` (dict or None), ``choices`` (list of dicts, at most 20),
            ``count`` (how many there are), ``colleague``, ``may_open_ticket`` and
            ``may_create_contact``
        :raise AccessError: the user is no NPS agent
        """
        self._nps_check_may_take_calls()
        partner = self._nps_chosen_caller(partner_id)
        caller = (
            self._nps_caller_of(partner, "")
            if partner
            else self._nps_find_caller(number)
        )
        shown = caller.choices[:MOST_CHOICES]
        described = (caller.partner | shown)._nps_describe_callers()
        return {
            "found": caller.kind,
            "number": caller.number or caller.partner.phone or "",
            "partner": described.get(caller.partner.id),
            "choices": [described[choice.id] for choice in shown],
            "count": len(caller.choices),
            "colleague": caller.colleague,
            "may_open_ticket": self._nps_may_open_ticket(),
            "may_create_contact": self.has_access("create"),
        }

    # === BUSINESS METHODS === #

    def _nps_check_may_take_calls(self):
        if not self.env.user.has_group("nps.nps_group_user"):
            raise AccessError(
                self.env._(
                    "Only NPS agents see who is calling. Ask your administrator to "
                    "make you an agent."
                )
            )

    def _nps_chosen_caller(self, partner_id):
        """Return a contact that exists and that the user may read, or none."""
        is_id = isinstance(partner_id, int) and 0 < partner_id < 2**31
        return (
            self.browse(partner_id if is_id else ()).exists()._filtered_access("read")
        )

    @api.model
    def _nps_find_caller(self, number):
        """Return the :class:`Caller` of a number, by the rights of the user.

        :param number: what a telephone system says, in any notation
        """
        nobody = self.browse()
        heard = phone_numbers.listen(number)
        if heard.kind in ("hidden", "malformed"):
            return Caller(heard.kind, heard.text, nobody, nobody)
        colleague = self._nps_colleague_at(heard.text)
        if heard.kind == "internal" or colleague:
            return Caller("internal", heard.text, nobody, nobody, colleague)
        shown = self._phone_format(number=heard.text, force_format="INTERNATIONAL")
        return self._nps_caller_of(
            self._nps_with_number(heard.text), shown or heard.text
        )

    def _nps_with_number(self, number):
        """Return the contacts that have a number, an address by its contact."""
        e164 = self._phone_format(number=number)
        found = self.search([("phone_sanitized", "=", e164)]) if e164 else self.browse()
        if not found:
            # Numbers that no numbering plan knows are kept as they were typed.
            self.flush_model(["phone"])
            found = self.search([("phone_mobile_search", "=", number)])
        addresses = found.filtered(lambda p: p.parent_id and p.type != "contact")
        contacts = found - addresses | addresses.parent_id._filtered_access("read")
        return contacts.filtered("active")

    def _nps_caller_of(self, contacts, number):
        """Return the :class:`Caller` that these contacts with one number make."""
        nobody = self.browse()
        if not contacts:
            return Caller("unknown", number, nobody, nobody)
        colleagues = contacts.filtered(lambda p: p.employee or not p.partner_share)
        if colleagues == contacts:
            first = contacts[0]
            return Caller("internal", number, first, nobody, first.name or "")
        customers = contacts - colleagues
        people = customers.filtered(lambda p: not p.is_company)
        if len(people) == 1:
            return Caller("person", number, people, nobody)
        company = customers.commercial_partner_id
        # Who may read the people need not be allowed to read their company.
        belong_together = len(company) == 1 and company.has_access("read")
        if belong_together and company.is_company and company.active:
            return Caller("company", number, company, people)
        return Caller("several", number, nobody, customers)

    @api.model
    def _nps_colleague_at(self, number):
        """Return the name of the colleague with this extension or work phone, or ''."""
        companies = self.env.companies.ids
        # Who sits at which telephone is on every employee's card.
        users_sudo = self.env["res.users"].sudo()
        user_sudo = users_sudo.search(
            [("nps_extension", "=", number), ("company_ids", "in", companies)], limit=1
        )
        if user_sudo or len(number) > phone_numbers.LONGEST_EXTENSION:
            return user_sudo.name or ""
        employees_sudo = self.env["hr.employee"].sudo()
        return (
            employees_sudo.search(
                [("work_phone", "=", number), ("company_id", "in", companies)], limit=1
            ).name
            or ""
        )

    def _nps_describe_callers(self):
        """Return {contact id: what the screen shows of it}."""
        badges = self._nps_badges()
        return {
            partner.id: {
                "id": partner.id,
                "name": partner.name or partner.display_name,
                "company": self._nps_company_name_of(partner),
                "is_company": partner.is_company,
                "badge": badges.get(partner.id),
            }
            for partner in self
        }

    @staticmethod
    def _nps_company_name_of(partner):
        company = partner.commercial_partner_id
        if partner == company or not company.has_access("read"):
            return partner.company_name or ""
        return company.name or ""

    # === HOOKS === #

    @api.model
    def _nps_may_open_ticket(self):
        """Tell whether the user may open a ticket; nobody can without a helpdesk."""
        return False
