from odoo import api, fields, models


class NpsCaseClose(models.TransientModel):
    """Asks for what closing a case needs: its root cause and its result."""

    _name = "nps.case.close"
    _description = "Close an NPS Case"

    case_id = fields.Many2one("nps.case", required=True, ondelete="cascade")
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
        selection=lambda self: (
            self.env["nps.case"]._fields["result"]._description_selection(self.env)
        ),
        help="How the customer is now, as you see it. His own word on it comes with "
        "the survey that follows.",
    )
    promise = fields.Char(string="What Was Done or Promised")
    reask_days = fields.Integer(related="case_id.company_id.nps_reask_days")
    is_reasked = fields.Boolean(compute="_compute_is_reasked")

    @api.depends("case_id", "state")
    def _compute_is_reasked(self):
        for dialog in self:
            # Whether the customer is asked again is decided by what he was asked.
            case_sudo = dialog.case_id.sudo()
            dialog.is_reasked = bool(
                case_sudo.response_id
                and dialog.reask_days
                and not case_sudo.invitation_id.is_reask
            )

    @api.onchange("state")
    def _onchange_state(self):
        if self.state == "unreachable":
            self.result = "not_reached"
        elif self.result == "not_reached":
            self.result = False

    def action_close(self):
        """Close the case."""
        self.ensure_one()
        self.case_id.write(
            {
                "root_cause_id": self.root_cause_id.id,
                "result": self.result,
                "promise": self.promise,
                "state": self.state,
            }
        )
        return {"type": "ir.actions.act_window_close"}
