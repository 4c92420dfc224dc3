from odoo import models


class NpsScoreMixin(models.AbstractModel):
    """Where a last score is shown, it changes as soon as it is stored."""

    _inherit = "nps.score.mixin"

    def _nps_store_score(self, last):
        result = super()._nps_store_score(last)
        self.env["nps.live"]._tell(self)
        return result
