from odoo import fields, models


class IrUiView(models.Model):
    """The view type of the insight screen."""

    _inherit = "ir.ui.view"

    type = fields.Selection(selection_add=[("nps_insight", "NPS Insight")])

    def _get_view_info(self):
        # Looked up at every start of the web client, which shows the icon.
        return {"nps_insight": {"icon": "fa fa-tachometer"}} | super()._get_view_info()
