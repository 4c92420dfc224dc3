from odoo import api, fields, models
from odoo.tools import SQL


class NpsReport(models.Model):
    """When customers were asked, and since when their answers count."""

    _inherit = "nps.report"
    _depends = {
        "nps.invitation": ["sent_at"],
        "nps.response": ["submitted_at", "decided_at"],
    }

    sent_at = fields.Datetime(string="Asked At", readonly=True)
    counted_at = fields.Datetime(
        readonly=True,
        help="Since when the answer counts: when it came, or when a suspect one was "
        "accepted.",
    )

    @api.model
    def _select(self):
        return SQL(
            "%s, i.sent_at, GREATEST(r.submitted_at, r.decided_at) AS counted_at",
            super()._select(),
        )
