from odoo import api, models

BY_CUSTOMER = ("superseded", "suspect")
"""States that follow from another answer, which is news itself."""


class NpsResponse(models.Model):
    """Lets the risk rules be looked at whenever an answer begins or ceases to count.

    Here and not where an answer is told to colleagues: whatever way an answer is
    corrected, doubted, excluded or accepted, its state is written. A new answer costs
    the customer's request one row in the database; the echo of it wakes the cron, and
    the rules themselves run there.
    """

    _inherit = "nps.response"

    @api.model_create_multi
    def create(self, vals_list):
        responses = super().create(vals_list)
        responses._note_risk_news(wake=False)
        return responses

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals and vals["state"] not in BY_CUSTOMER:
            self._note_risk_news()
        return result

    def _note_risk_news(self, wake=True):
        invitations_sudo = self.invitation_id.sudo()
        customers = invitations_sudo.partner_id | invitations_sudo.commercial_partner_id
        self.env["nps.risk.news"].sudo()._note(customers, wake=wake)

    def _echo(self):
        result = super()._echo()
        self.env["nps.risk.news"].sudo()._wake()
        return result
