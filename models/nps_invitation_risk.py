from odoo import models


class NpsInvitation(models.Model):
    """Lets the risk rules be looked at when an ask went by without an answer."""

    _inherit = "nps.invitation"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "expired":
            customers = self.partner_id | self.commercial_partner_id
            self.env["nps.risk.news"].sudo()._note(customers)
        return result
