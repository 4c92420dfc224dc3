from odoo import api, models

from .nps_insight_axes import Axis


class NpsInsight(models.AbstractModel):
    """By import, so that what another program measured can be looked at alone."""

    _inherit = "nps.insight"

    @api.model
    def _group_label(self, spec, value):
        # Of an imported answer the hour may be unknown.
        if spec == "local_hour" and value is False:
            return self._none_label(spec)
        return super()._group_label(spec, value)

    @api.model
    def _axes(self):
        label = (
            self.env["nps.report"]._fields["import_id"]._description_string(self.env)
        )
        return {**super()._axes(), "import": Axis(label, ("import_id",))}
