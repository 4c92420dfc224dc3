from odoo import models
from odoo.fields import Domain


class NpsRecovery(models.TransientModel):
    """Of imported answers nobody knows whether somebody took care of them then."""

    _inherit = "nps.recovery"

    def _unhappy_domain(self):
        return super()._unhappy_domain() & Domain("import_id", "=", False)
