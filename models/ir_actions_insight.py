from odoo import fields, models


class IrActionsActWindowView(models.Model):
    """Actions may open the insight screen."""

    _inherit = "ir.actions.act_window.view"

    view_mode = fields.Selection(
        selection_add=[("nps_insight", "NPS Insight")],
        ondelete={"nps_insight": "cascade"},
    )
