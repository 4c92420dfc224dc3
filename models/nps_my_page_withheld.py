from odoo import models
from odoo.fields import Domain


class NpsMyPage(models.AbstractModel):
    """How many answers the page does not show, as there are too few of one agent."""

    _inherit = "nps.my.page"

    def _page_numbers(self, who, metric, days, months):
        return {
            **super()._page_numbers(who, metric, days, months),
            "withheld": self._say_withheld(who),
        }

    def _say_withheld(self, who):
        """Return in words how many answers are withheld, or ""."""
        if not self.env["nps.withheld.mixin"]._withheld_companies():
            return ""
        ((withheld,),) = self.env["nps.report"]._read_group(
            self._whose(who) & Domain("is_reask", "=", False), [], ["withheld:sum"]
        )
        if not withheld:
            return ""
        return self.env._(
            "%s answers are not shown: your company shows answers to the work of "
            "others only when there are enough of one agent.",
            withheld,
        )
