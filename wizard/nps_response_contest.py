from odoo import api, fields, models

from ..models.nps_response_exclusion import CONTEST_REASONS


class NpsResponseContest(models.TransientModel):
    """The dialog in which an agent says why an answer should not count.

    The answer comes with the context and is no field: the name of whatever a field
    points to can be read by everybody who may fill it in.
    """

    _name = "nps.response.contest"
    _description = "Contest an Answer"

    reason = fields.Selection(CONTEST_REASONS)
    words = fields.Text(string="What Happened")
    answer_text = fields.Text(string="Answer", compute="_compute_answer_text")

    @api.depends_context("active_id", "active_model")
    def _compute_answer_text(self):
        for dialog in self:
            response = dialog._response()
            response.check_access("read")
            dialog.answer_text = "\n".join(
                filter(None, [response._headline(), response.comment])
            )

    def action_confirm(self):
        """Contest the answer and say what happens next."""
        self.ensure_one()
        self._response().action_contest(self.reason, self.words)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Contested"),
                "message": self.env._("An analyst decides, and you are told."),
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _response(self):
        return self.env["nps.response"].browse(self.env.context.get("active_id"))
