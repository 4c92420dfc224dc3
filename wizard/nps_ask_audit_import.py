from odoo import models
from odoo.fields import Domain


class NpsAskAudit(models.TransientModel):
    """Of imported answers nobody knows who was not asked."""

    _inherit = "nps.ask.audit"

    def _domain(self):
        return super()._domain() & Domain("is_imported", "=", False)
