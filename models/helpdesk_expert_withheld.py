from odoo import models
from odoo.fields import Domain


class HelpdeskTicket(models.Model):
    """Nobody is suggested because of answers that are withheld from who looks."""

    _inherit = "helpdesk.ticket"

    def _nps_expert_domain(self, domain):
        return super()._nps_expert_domain(domain) & Domain(
            "nps_is_withheld", "=", False
        )
