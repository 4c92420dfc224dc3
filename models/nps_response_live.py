from odoo import api, models

SHOWN = {"state", "score", "comment", "is_contact_requested", "reason_ids"}
"""What open screens show of an answer and what may change."""


class NpsResponse(models.Model):
    """Answers appear on open screens, and change there, by themselves."""

    _inherit = "nps.response"

    @api.model_create_multi
    def create(self, vals_list):
        responses = super().create(vals_list)
        responses._tell_screens()
        return responses

    def write(self, vals):
        result = super().write(vals)
        if SHOWN & vals.keys():
            self._tell_screens()
        return result

    def unlink(self):
        self._tell_screens()
        return super().unlink()

    def _tell_screens(self):
        """Let open screens of the answers' companies look anew."""
        # While the customer waits his invitation is read already, the answer not whole.
        by_company = self.sudo().grouped(lambda r: r.invitation_id.company_id)
        for company, answers_sudo in by_company.items():
            self.env["nps.live"]._tell(answers_sudo, company)
