from odoo import fields, models


class NpsCase(models.Model):
    """What rules about customers know of a case."""

    _inherit = "nps.case"

    def _state_for_rules(self):
        """Return a key of ``nps.condition.mixin.case_state``."""
        today = fields.Date.context_today(self)
        if not self.is_open:
            return "closed"
        if self.is_overdue or (self.promise_date and self.promise_date < today):
            return "overdue"
        is_promised = self.promise or self.promise_date or self.state == "agreed"
        return "promised" if is_promised else "open"
