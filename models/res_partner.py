from odoo import models


class ResPartner(models.Model):
    """A contact: a call without a ticket ends here, and here the last score is seen."""

    _name = "res.partner"
    _inherit = ["res.partner", "nps.touchpoint.mixin", "nps.score.mixin"]

    def _nps_customer(self):
        return self, self.name, self.email

    def _nps_last_invitations(self):
        # A company shows what was asked of any of its people.
        return {
            **self._nps_count_invitations(
                "partner_id", [("partner_id", "in", self.ids)]
            ),
            **self._nps_count_invitations(
                "commercial_partner_id", [("commercial_partner_id", "in", self.ids)]
            ),
        }

    def _nps_invitations_domain(self):
        return [
            "|",
            ("partner_id", "in", self.ids),
            ("commercial_partner_id", "in", self.ids),
        ]

    def _nps_company(self):
        return self.company_id or self.env.company

    def _nps_answers_domain(self):
        return [
            "|",
            ("invitation_id.partner_id", "=", self.id),
            ("invitation_id.commercial_partner_id", "=", self.id),
        ]
