from odoo import api, models


class NpsInsight(models.AbstractModel):
    """Says under every result how many answers it does not know of."""

    _inherit = "nps.insight"

    @api.model
    def _method_lines(self, question):
        return [*super()._method_lines(question), *self._say_withheld(question)]

    @api.model
    def _say_withheld(self, question):
        """Return the sentence about what is withheld, in a list; none of nothing."""
        if not self.env["nps.withheld.mixin"]._withheld_companies():
            return []
        ((withheld,),) = self.env["nps.report"]._read_group(
            self._rows_domain(question), [], ["withheld:sum"]
        )
        if not withheld:
            return []
        return [
            self.env._(
                "%s answers are withheld, as there are too few of one agent. They are "
                "in no number here but the response rate.",
                withheld,
            )
        ]
