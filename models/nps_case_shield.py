from odoo import models
from odoo.fields import Domain


class NpsInvitation(models.Model):
    """Who waits for a complaint to be settled is not asked how happy he is."""

    _inherit = "nps.invitation"

    def _those_with_open_case(self):
        # The shield does not depend on who picks the outcome.
        cases_sudo = self.env["nps.case"].sudo()
        people_sudo = self._same_people_sudo()
        found = cases_sudo.search_fetch(
            self._shield_domain(people_sudo),
            ["company_id", "partner_id", "email_normalized", "commercial_partner_id"],
        )
        whose = {mark for case in found for mark in case._shield_marks()}
        shielded = self.filtered(
            lambda i: whose and not whose.isdisjoint(i._shield_marks(people_sudo[i]))
        )
        return super()._those_with_open_case() | shielded

    def _shield_domain(self, people_sudo):
        """Return the domain of the open cases that may forbid to ask these persons.

        :param dict people_sudo: see :meth:`_same_people_sudo`
        """
        partner_ids = {i for partners in people_sudo.values() for i in partners.ids}
        his = Domain("partner_id", "in", partner_ids)
        his |= Domain("email_normalized", "in", self._addresses())
        whole = self.filtered("company_id.nps_case_shields_company")
        his |= Domain("commercial_partner_id", "in", whole.commercial_partner_id.ids)
        same_company = Domain("company_id", "in", self.company_id.ids)
        return Domain("is_open", "=", True) & same_company & his

    def _shield_marks(self, people_sudo):
        """Return by what a case would be this person's, see the case's marks."""
        whole = self.company_id.nps_case_shields_company
        company_id = self.company_id.id
        return {
            *((company_id, "person", partner_id) for partner_id in people_sudo.ids),
            *((company_id, "address", a) for a in self._addresses()),
            *((company_id, "firm", f) for f in self.commercial_partner_id.ids if whole),
        }


class NpsCase(models.Model):
    """Stops what is on its way to a customer who has a case."""

    _inherit = "nps.case"

    def _shield_marks(self):
        """Return whose complaint it is: (id of the company, what, which)."""
        company_id = self.company_id.id
        return {
            (company_id, "person", self.partner_id.id),
            (company_id, "address", self.email_normalized),
            (company_id, "firm", self.commercial_partner_id.id),
        }

    def _plan_contact(self):
        result = super()._plan_contact()
        if self.is_open:
            self._stop_reminders()
        return result

    def _stop_reminders(self):
        """Remind nobody who complained, not even of an older survey."""
        waiting_sudo = (
            self.env["nps.invitation"]
            .sudo()
            .search(Domain("reminder_at", "!=", False) & self._asks_domain())
        )
        waiting_sudo._stop_reminder("open_case")

    def _asks_domain(self):
        """Return the domain of what this case forbids to ask."""
        his = Domain("partner_id", "=", self.partner_id.id or 0)
        if self.email_normalized:
            his |= Domain("email_normalized", "=", self.email_normalized)
        if self.company_id.nps_case_shields_company and self.commercial_partner_id:
            his |= Domain("commercial_partner_id", "=", self.commercial_partner_id.id)
        return Domain("company_id", "=", self.company_id.id) & his
