from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class NpsAdvice(models.Model):
    """What an agent best does next for some customers, and may do with one click."""

    _name = "nps.advice"
    _description = "Next Best Action"
    _inherit = ["nps.condition.mixin"]

    name = fields.Char(
        string="Action", required=True, translate=True, help="In a few words."
    )
    text = fields.Text(
        string="Why and How",
        translate=True,
        help="What the agent reads below it. One or two short sentences.",
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        string="Plan an Activity",
        domain=lambda self: [("res_model", "in", [False, *self._advised_models()])],
        ondelete="restrict",
        help="Planned for whoever the record is assigned to, else for whoever follows "
        "the advice. Empty: none.",
    )
    activity_days = fields.Integer(
        string="Days From Now", aggregator=None, help="0: for the same day."
    )
    activity_summary = fields.Char(
        translate=True, help="Empty: the name of the action."
    )
    template_id = fields.Many2one(
        "mail.template",
        string="Write a Mail",
        domain=lambda self: [("model", "in", self._advised_models())],
        ondelete="restrict",
        help="The agent reads it, changes it and sends it. Empty: none.",
    )
    decision_ids = fields.One2many(
        "nps.advice.decision", "advice_id", groups="nps.nps_group_manager"
    )
    followed_count = fields.Integer(
        compute="_compute_counts",
        groups="nps.nps_group_manager",
        help="So often it was followed.",
    )
    dismissed_count = fields.Integer(
        compute="_compute_counts",
        groups="nps.nps_group_manager",
        help="So often it was put away.",
    )
    followed_text = fields.Char(
        string="Followed",
        compute="_compute_counts",
        groups="nps.nps_group_manager",
        help="How often it was followed, of all times that somebody decided on it.",
    )

    _no_days_past = models.Constraint(
        "CHECK(activity_days >= 0)", "An activity is planned for today or later."
    )

    # === COMPUTE METHODS === #

    @api.depends("decision_ids.decision")
    def _compute_counts(self):
        counts = {
            (advice, decision): count
            for advice, decision, count in self.env["nps.advice.decision"]._read_group(
                [("advice_id", "in", self.ids)],
                ["advice_id", "decision"],
                ["__count"],
            )
        }
        for advice in self:
            advice.followed_count = counts.get((advice._origin, "followed"), 0)
            advice.dismissed_count = counts.get((advice._origin, "dismissed"), 0)
            advice.followed_text = advice._followed_in_words()

    def _followed_in_words(self):
        """Return how many of those who decided on it followed, or False."""
        total = self.followed_count + self.dismissed_count
        words = {"followed": self.followed_count, "total": total}
        return bool(total) and self.env._("%(followed)s of %(total)s", **words)

    @api.depends(
        "name", "activity_type_id", "activity_days", "activity_summary", "template_id"
    )
    def _compute_effect_text(self):
        for advice in self:
            # Only the name of a template is told, to whoever may read the advice.
            plan = advice.sudo()._plan_text()
            advice.effect_text = plan or self.env._("Shows its text")

    def _plan_text(self, user=None):
        """Return what one click does, in one sentence, or "".

        :param user: for whom the activity would be planned, or None
        """
        words = {
            "activity": self.activity_type_id.name,
            "summary": self.activity_summary or self.name,
            "day": format_date(self.env, self._day()),
            "mail": self.template_id.name,
        }
        if user and self.activity_type_id:
            words["activity"] = self.env._(
                "%(activity)s for %(user)s", activity=words["activity"], user=user.name
            )
        if self.activity_type_id and self.template_id:
            return self.env._(
                "Plans “%(summary)s” (%(activity)s, %(day)s) and opens the mail "
                "“%(mail)s”.",
                **words,
            )
        if self.activity_type_id:
            return self.env._("Plans “%(summary)s” (%(activity)s, %(day)s).", **words)
        if self.template_id:
            return self.env._("Opens the mail “%s”.", words["mail"])
        return ""

    def _day(self):
        """Return the day for which the activity is planned, on the user's calendar."""
        return fields.Date.context_today(self) + timedelta(days=self.activity_days)

    @api.constrains("template_id")
    def _check_template(self):
        for advice in self.filtered("template_id"):
            if advice.sudo().template_id.model not in self._advised_models():
                raise ValidationError(
                    self.env._("Choose a mail template that is made for tickets.")
                )

    # === ACTION METHODS === #

    def action_open_decisions(self):
        """Open what became of the advice."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Followed or Not"),
            "res_model": "nps.advice.decision",
            "view_mode": "list",
            "domain": [("advice_id", "=", self.id)],
        }

    # === HOOKS === #

    @api.model
    def _advised_models(self):
        """Return the names of the models on which advice is shown."""
        return []


class NpsAdviceDecision(models.Model):
    """What became of an advice on one record: followed, or put away."""

    _name = "nps.advice.decision"
    _description = "Decision on a Next Best Action"
    _order = "id desc"

    advice_id = fields.Many2one(
        "nps.advice", required=True, readonly=True, ondelete="cascade", index=True
    )
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    decision = fields.Selection(
        [("followed", "Followed"), ("dismissed", "Not now")],
        required=True,
        readonly=True,
    )

    _once_uniq = models.UniqueIndex(
        "(advice_id, res_model, res_id)", "It was decided on already."
    )
    _record_idx = models.Index("(res_model, res_id)")

    @api.model
    def _of(self, records):
        """Return dict of (record id, advice id) -> decision."""
        found = self.search(
            [("res_model", "=", records._name), ("res_id", "in", records.ids)]
        )
        return {(d.res_id, d.advice_id.id): d.decision for d in found}
