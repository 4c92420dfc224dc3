from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.nps_survey import METRICS
from ..models.score_field import Score


class NpsOutcomePick(models.TransientModel):
    """The dialog in which an agent ends an interaction."""

    _name = "nps.outcome.pick"
    _description = "Pick an Outcome"

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    offered_outcome_ids = fields.Many2many(
        "nps.outcome", compute="_compute_offered_outcome_ids"
    )
    outcome_id = fields.Many2one(
        "nps.outcome", domain="[('id', 'in', offered_outcome_ids)]"
    )
    metric = fields.Selection(METRICS, compute="_compute_metric")
    script = fields.Html(related="outcome_id.script")
    consequences = fields.Html(
        string="What Will Happen", compute="_compute_consequences", sanitize=False
    )
    guess = Score(string="Your Guess")
    guess_bias = fields.Char(compute="_compute_guess_bias")
    note = fields.Text()
    suppress = fields.Selection(
        selection=lambda self: self.env["nps.invitation"]._selection_suppress(),
        string="Do Not Ask This Customer",
        help="Your reason is kept with the outcome and noted with your name.",
    )

    # === COMPUTE METHODS === #

    @api.depends("res_model", "res_id")
    def _compute_offered_outcome_ids(self):
        outcomes = self.env["nps.outcome"]
        for dialog in self:
            record = dialog._record()
            dialog.offered_outcome_ids = outcomes.search(
                outcomes._offered_domain(record)
            )

    @api.depends("outcome_id")
    def _compute_metric(self):
        for dialog in self:
            dialog.metric = dialog.outcome_id.survey_id.metric

    @api.depends("metric")
    def _compute_guess_bias(self):
        guesses = self.env["nps.guess.report"]
        for dialog in self:
            metric = dialog.metric
            dialog.guess_bias = guesses._own_sentence(metric) if metric else False

    @api.depends("outcome_id", "suppress", "res_model", "res_id")
    def _compute_consequences(self):
        for dialog in self:
            dialog.consequences = self.env["ir.qweb"]._render(
                "nps.outcome_consequences", {"lines": dialog._consequence_lines()}
            )

    @api.onchange("outcome_id")
    def _onchange_outcome_id(self):
        self.guess = None

    # === ACTION METHODS === #

    def action_confirm(self):
        """Pick the outcome and say in one line what became of it."""
        self.ensure_one()
        if not self.outcome_id:
            raise UserError(self.env._("Choose an outcome first."))
        answer = self._record().nps_pick_outcome(
            self.outcome_id.code,
            guess=self.guess,
            note=self.note,
            suppress=self._chosen_suppression(),
        )
        invitation_sudo = (
            self.env["nps.invitation"].sudo().browse(answer["invitation_id"])
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.outcome_id.name,
                "message": invitation_sudo._promise(),
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # === BUSINESS METHODS === #

    def _record(self):
        """Return the ticket or contact; the dialog tells nothing of others'."""
        touchpoints = dict(self.env["nps.outcome"]._selection_touchpoint())
        if self.res_model not in touchpoints:
            raise UserError(self.env._("No outcome can be picked here."))
        record = self.env[self.res_model].browse(self.res_id)
        record._nps_check_may_pick()
        return record

    def _consequence_lines(self):
        """Return what picking the outcome would do, one sentence each."""
        if not self.outcome_id:
            return []
        record, outcome = self._record(), self.outcome_id
        # Nothing is stored: the same questions are asked of a draft.
        draft_sudo = (
            self.env["nps.invitation"]
            .sudo()
            ._draft_for(record, outcome, self.env.user, self._chosen_suppression())
        )
        lines = [draft_sudo._promise(), *record._nps_announce(outcome)]
        if draft_sudo._tells_a_wish() and not outcome.opts_out:
            lines.append(self.env._("The customer is not asked any more."))
        return lines

    def _chosen_suppression(self):
        """Return the agent's reason; an outcome that asks nobody needs none."""
        return self.suppress if self.metric else None
