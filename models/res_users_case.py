from odoo import models


class ResUsers(models.Model):
    """Whoever leaves hands his open cases over."""

    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False:
            # Whoever archives users need not see their cases.
            cases_sudo = self.env["nps.case"].sudo()
            owned = [("user_id", "in", self.ids), ("is_open", "=", True)]
            for case_sudo in cases_sudo.search(owned):
                case_sudo._hand_over()
        return result
