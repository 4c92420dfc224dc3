from odoo import models

from .nps_case_open import PROMISE


class NpsCase(models.Model):
    """A promise with a day is planned, so that it is kept."""

    _inherit = "nps.case"

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"promise", "promise_date", "user_id"}:
            # Whoever notes a promise need not have the right to plan for the owner.
            for case_sudo in self.sudo():
                case_sudo._plan_promise()
        return result

    def _plan_promise(self):
        """Plan the promised day for the owner, instead of the one before."""
        promised = self.env.ref(PROMISE)
        self.activity_ids.filtered(
            lambda a: a.automated and a.activity_type_id == promised
        ).unlink()
        if self.is_open and self.promise_date and self.user_id:
            summary = self.promise or promised.name
            self._plan_for(self.user_id, promised, self.promise_date, summary)
