from odoo import api, fields, models
from odoo.tools import SQL


class NpsReport(models.Model):
    """Tells the surveys that follow cases from the ordinary ones.

    Only unhappy customers get them, so a net score that counted them would be too low.
    """

    _inherit = "nps.report"
    _depends = {"nps.invitation": ["is_reask"]}

    is_reask = fields.Boolean(string="Asked Again After a Case", readonly=True)

    @api.model
    def _select(self):
        return SQL("%s, i.is_reask", super()._select())
