from odoo import models


class ResPartner(models.Model):
    """Contacts are found by telephone number and by e-mail address, among very many.

    Odoo keeps both in one notation and indexes neither.
    """

    _inherit = "res.partner"

    _nps_phone_idx = models.Index("(phone_sanitized) WHERE phone_sanitized IS NOT NULL")
    _nps_email_idx = models.Index(
        "(email_normalized) WHERE email_normalized IS NOT NULL"
    )
