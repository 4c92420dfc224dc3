from odoo import api, fields, models
from odoo.exceptions import UserError


class NpsDisputeDecide(models.TransientModel):
    """The dialog in which an analyst decides about disputes."""

    _name = "nps.dispute.decide"
    _description = "Decide About Disputes"

    verdict = fields.Selection(
        selection=[
            ("accept", "Accept: the answer does not count any more"),
            ("reject", "Reject: the answer counts as before"),
        ],
        string="Decision",
    )
    words = fields.Text(
        string="Why",
        help="Everybody who follows the dispute gets it with the decision.",
    )
    summary = fields.Char(compute="_compute_summary")

    @api.depends_context("active_ids", "active_model", "lang")
    def _compute_summary(self):
        for dialog in self:
            disputes = dialog._disputes()
            disputes.check_access("read")
            dialog.summary = (
                disputes._summary()
                if len(disputes) == 1
                else self.env._("%s disputes", len(disputes))
            )

    def action_confirm(self):
        """Decide about the disputes that were chosen."""
        self.ensure_one()
        if self.verdict == "accept":
            self._disputes().action_accept(self.words)
        elif self.verdict == "reject":
            self._disputes().action_reject(self.words)
        else:
            raise UserError(self.env._("Choose to accept or to reject."))
        return {"type": "ir.actions.act_window_close"}

    def _disputes(self):
        """Return the disputes that were chosen; see ``nps.response.contest``."""
        return self.env["nps.dispute"].browse(self.env.context.get("active_ids"))
