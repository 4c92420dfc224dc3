from odoo import fields, models

SCOPE_GONE = ("scope_gone", "What it was about was deleted")


class NpsScopeStopMixin(models.AbstractModel):
    """A rule that is archived, and says why, when what it is about is gone."""

    _name = "nps.scope.stop.mixin"
    _description = "Stops When What It Is About Is Gone"
    _inherit = ["nps.scope.mixin"]

    stop_reason = fields.Selection(
        [SCOPE_GONE], string="Why Archived", readonly=True, copy=False
    )

    def write(self, vals):
        if vals.get("active"):
            vals = {"stop_reason": False, **vals}
        return super().write(vals)

    def _lose_scope(self):
        self.write({"active": False, "stop_reason": SCOPE_GONE[0]})
