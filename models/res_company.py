from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _nps_timezone(self):
        """Return the name of the time zone in which the company's day is counted."""
        return self.resource_calendar_id.tz or self.partner_id.tz or "UTC"
