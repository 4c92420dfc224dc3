from odoo import api, fields, models

from ..models.nps_response_exclusion import EXCLUSION_REASONS


class NpsResponseExclude(models.TransientModel):
    """The dialog in which an analyst lets answers count no more."""

    _name = "nps.response.exclude"
    _description = "Exclude Answers"

    reason = fields.Selection(EXCLUSION_REASONS)
    words = fields.Text(string="Why")
    summary = fields.Char(compute="_compute_summary")

    @api.depends_context("active_ids", "active_model", "lang")
    def _compute_summary(self):
        for dialog in self:
            responses = dialog._responses()
            responses.check_access("read")
            dialog.summary = (
                responses._headline()
                if len(responses) == 1
                else self.env._("%s answers", len(responses))
            )

    def action_confirm(self):
        """Exclude the answers."""
        self.ensure_one()
        self._responses().action_exclude(self.reason, self.words)
        return {"type": "ir.actions.act_window_close"}

    def _responses(self):
        """Return the answers that were chosen; see ``nps.response.contest``."""
        return self.env["nps.response"].browse(self.env.context.get("active_ids"))
