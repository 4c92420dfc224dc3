from odoo import api, models

SHOWN = {
    "state",
    "promise",
    "promise_date",
    "user_id",
    "contact_due_at",
    "close_due_at",
}
"""What a customer's score card shows of his case."""


class NpsCase(models.Model):
    """The score card of a customer shows his open case as it stands now."""

    _inherit = "nps.case"

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases._tell_screens()
        return cases

    def write(self, vals):
        result = super().write(vals)
        if SHOWN & vals.keys():
            self._tell_screens()
        return result

    def unlink(self):
        self._tell_screens()
        return super().unlink()

    def _tell_screens(self):
        """Let open screens of the customers look anew."""
        # Whoever works on a case need not be able to read its customer.
        for company, cases_sudo in self.sudo().grouped("company_id").items():
            customers = cases_sudo.partner_id | cases_sudo.commercial_partner_id
            self.env["nps.live"]._tell(customers, company)
