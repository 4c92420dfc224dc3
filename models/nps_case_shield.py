from odoo import models
from odoo.fields import Domain


class NpsInvitation(models.Model):
    """Who waits for a complaint to be settled is not asked how happy he is."""

    _inherit = "nps.invitation"

    def _has_open_case(self):
        return super()._has_open_case() or bool(
            # The shield does not depend on who picks the outcome.
            self.env["nps.case"].sudo().search_count(self._shield_domain(), limit=1)
        )

    def _shield_domain(self):
        """Return the domain of the open cases that forbid to ask this person."""
        his = Domain("partner_id", "in", self._same_person_sudo().ids)
        if self.email_normalized:
            his |= Domain("email_normalized", "=", self.email_normalized)
        if self.company_id.nps_case_shields_company and self.commercial_partner_id:
            his |= Domain("commercial_partner_id", "=", self.commercial_partner_id.id)
        same_company = Domain("company_id", "=", self.company_id.id)
        return Domain("is_open", "=", True) & same_company & his


class NpsCase(models.Model):
    """Stops what is on its way to a customer who has a case."""

    _inherit = "nps.case"

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
