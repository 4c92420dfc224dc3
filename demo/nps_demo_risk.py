from datetime import timedelta

from odoo import api, fields, models

SILENT = ("Aurora Bakery", "Kessler Logistics", "Maison Lefevre")
LAST_SEEN = 250
"""Days since anybody heard of these customers."""


class NpsDemo(models.AbstractModel):
    """Customers of whom nothing was heard for long, and those at risk."""

    _inherit = "nps.demo"

    @api.model
    def _make_answers(self, history, customers, tickets):
        invitations = super()._make_answers(history, customers, tickets)
        companies = self._make_silent_accounts(invitations)
        known = invitations.partner_id | invitations.commercial_partner_id | companies
        self.env["nps.risk"]._refresh(known)
        return invitations

    @api.model
    def _make_silent_accounts(self, invitations):
        """Make companies whose people were asked once, and answered no more."""
        pattern = invitations.filtered("sent_at")[:1]
        seen_at = fields.Datetime.now() - timedelta(days=LAST_SEEN)
        companies = self.env["res.partner"].create(
            [{"name": name, "is_company": True} for name in SILENT]
        )
        for company in companies:
            address = f"office@{company.name.lower().replace(' ', '-')}.example"
            person = self.env["res.partner"].create(
                {"name": "Office", "parent_id": company.id, "email": address}
            )
            self._make_silent(pattern, person, seen_at)
        self._date_rows(
            "res.partner", companies.ids, [{"create_date": seen_at} for _c in companies]
        )
        return companies

    @api.model
    def _make_silent(self, pattern, person, seen_at):
        return self.env["nps.invitation"].create(
            {
                **pattern._kept_for_reask(),
                **self._snapshot(person),
                "res_model": "res.partner",
                "res_id": person.id,
                "subject": person.display_name,
                "user_id": pattern.user_id.id,
                "agent_name": pattern.agent_name,
                "employee_id": pattern.employee_id.id,
                "department_id": pattern.department_id.id,
                "picked_at": seen_at,
                "local_date": seen_at.date(),
                "local_hour": 10,
                "state": "expired",
                "asked_at": seen_at,
                "sent_at": seen_at,
                "expires_at": seen_at + timedelta(days=30),
            }
        )
