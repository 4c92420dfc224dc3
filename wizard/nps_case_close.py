from odoo import api, fields, models


class NpsCaseClose(models.TransientModel):
    """Asks for what closing a case needs: its root cause and its result.

    The case comes with the context and is no field: the name of whatever a field
    points to can be read by everybody who may fill it in.
    """

    _name = "nps.case.close"
    _description = "Close an NPS Case"

    state = fields.Selection(
        selection=[("done", "Done"), ("unreachable", "Could not reach")],
        string="How It Ended",
        required=True,
        default="done",
    )
    root_cause_id = fields.Many2one(
        "nps.root.cause",
        required=True,
        domain="[('child_ids', '=', False)]",
        help="Why the customer was unhappy.",
    )
    result = fields.Selection(
        selection="_selection_result",
        help="How the customer is now, as you see it. His own word on it comes with "
        "the survey that follows.",
    )
    promise = fields.Char(string="What Was Done or Promised")
    reask_days = fields.Integer(compute="_compute_reask_days")

    @api.depends_context("active_id")
    def _compute_reask_days(self):
        case = self._case()
        case.check_access("read")
        # Whether the customer is asked again is decided by what he was asked.
        days = case.sudo()._reask_days()
        for dialog in self:
            dialog.reask_days = days

    @api.model
    def _selection_result(self):
        results = (
            self.env["nps.case"]._fields["result"]._description_selection(self.env)
        )
        return [(key, label) for key, label in results if key != "not_reached"]

    def action_close(self):
        """Close the case."""
        self.ensure_one()
        self._case().write(
            {
                "root_cause_id": self.root_cause_id.id,
                "result": self.result if self.state == "done" else "not_reached",
                "promise": self.promise,
                "state": self.state,
            }
        )
        return {"type": "ir.actions.act_window_close"}

    def _case(self):
        return self.env["nps.case"].browse(self.env.context.get("active_id"))
