from odoo import api, models

SHOWN = {"state", "score", "comment", "is_contact_requested", "reason_ids"}
"""What open screens show of an answer and what may change."""


class NpsResponse(models.Model):
    """Answers appear on open screens, and change there, by themselves."""

    _inherit = "nps.response"

    @api.model_create_multi
    def create(self, vals_list):
        responses = super().create(vals_list)
        self.env["nps.live"]._tell_each(responses)
        return responses

    def write(self, vals):
        result = super().write(vals)
        if SHOWN & vals.keys():
            self.env["nps.live"]._tell_each(self)
        return result

    def unlink(self):
        self.env["nps.live"]._tell_each(self)
        return super().unlink()
