from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .nps_response_exclusion import CONTEST_REASONS


class NpsResponse(models.Model):
    """Answers that somebody contests."""

    _inherit = "nps.response"

    dispute_ids = fields.One2many("nps.dispute", "response_id", readonly=True)
    open_dispute_id = fields.Many2one("nps.dispute", compute="_compute_open_dispute_id")
    may_contest = fields.Boolean(compute="_compute_may_contest")
    decision_text = fields.Char(string="Decision", compute="_compute_decision_text")

    # === COMPUTE METHODS === #

    @api.depends("dispute_ids.state")
    def _compute_open_dispute_id(self):
        for response in self:
            disputes = response.dispute_ids
            response.open_dispute_id = disputes.filtered(lambda d: d.state == "open")

    @api.depends("state", "open_dispute_id", "user_id", "department_id")
    @api.depends_context("uid")
    def _compute_may_contest(self):
        for response in self:
            response.may_contest = (
                response.state == "counted"
                and not response.open_dispute_id
                and response._is_within_reach()
            )

    @api.depends("state", "excluded_reason", "decided_by_id", "open_dispute_id")
    @api.depends_context("lang", "tz")
    def _compute_decision_text(self):
        for response in self:
            response.decision_text = response._describe_decision()

    def _describe_decision(self):
        """Return in one line whether the answer is contested or excluded, or ""."""
        if self.state == "excluded":
            return self._describe_exclusion()
        if dispute := self.open_dispute_id:
            return self.env._(
                "Contested by %(user)s on %(date)s: waits for an analyst",
                user=dispute.raised_by_id.name,
                date=format_date(self.env, dispute.raised_at),
            )
        return ""

    def _describe_exclusion(self):
        date = format_date(self.env, self.decided_at)
        reason = self._excluded_reason_label()
        # The user who decided may have been deleted since.
        if not self.decided_by_id:
            return self.env._(
                "Excluded on %(date)s: %(reason)s", date=date, reason=reason
            )
        return self.env._(
            "Excluded by %(user)s on %(date)s: %(reason)s",
            user=self.decided_by_id.name,
            date=date,
            reason=reason,
        )

    # === ACTION METHODS === #

    def action_contest(self, reason, words):
        """Say why an answer should not count, for an analyst to decide.

        An agent contests his own answers, a manager also those of his departments.

        :param str reason: ``wrong_person``, ``not_mine`` or ``abusive``
        :param str words: what happened
        :return: the id of the ``nps.dispute``
        """
        self.ensure_one()
        self.check_access("read")
        if not self._is_within_reach():
            raise AccessError(
                self.env._(
                    "You may contest your own answers and those of the departments "
                    "that you manage."
                )
            )
        if reason not in dict(CONTEST_REASONS):
            raise UserError(self.env._("Choose why you contest the answer."))
        words = (words or "").strip()
        if not words:
            raise UserError(
                self.env._("Write what happened: an analyst decides by it.")
            )
        # Nobody may create disputes but through this door.
        return self.sudo()._contest(reason, words).id

    def _is_within_reach(self):
        """Tell whether the user may contest the answer."""
        is_manager = self.env.user.has_group("nps.nps_group_team_manager")
        own = self.user_id == self.env.user
        return own or (is_manager and self.is_in_my_departments)

    def _check_is_impartial(self):
        result = super()._check_is_impartial()
        # Of the whole invitation: a correction does not make him impartial.
        if self.env["nps.dispute"].search_count(
            [
                ("invitation_id", "in", self.invitation_id.ids),
                ("raised_by_id", "=", self.env.uid),
                ("state", "in", ["open", "rejected"]),
            ],
            limit=1,
        ):
            raise AccessError(
                self.env._(
                    "You contested this answer yourself. Ask another analyst to decide."
                )
            )
        return result

    # === BUSINESS METHODS === #

    def _contest(self, reason, words):
        self._begin_decision()
        self._check_contestable(reason)
        dispute = (
            self.env["nps.dispute"]
            .with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
            .create(
                {
                    "response_id": self.id,
                    "reason": reason,
                    "words": words,
                    "raised_by_id": self.env.uid,
                }
            )
        )
        dispute._announce()
        return dispute

    def _check_contestable(self, reason):
        """Raise unless the answer may be contested for a reason, now.

        What an analyst decided is decided; another reason is another question.
        """
        if self.state != "counted":
            raise UserError(
                self.env._(
                    "This answer does not count, so there is nothing to contest: %s",
                    self._state_label(),
                )
            )
        if self.open_dispute_id:
            raise UserError(
                self.env._("This answer is contested already; an analyst will decide.")
            )
        decided = self.dispute_ids.filtered(
            lambda d: d.reason == reason and d.state in ("accepted", "rejected")
        )[:1]
        if decided:
            raise UserError(
                self.env._(
                    "%(user)s has decided about this reason already: %(decision)s",
                    user=decided.decided_by_id.name or self.env._("An analyst"),
                    decision=decided.decision or decided._state_label(),
                )
            )

    def _after_decision(self, note):
        result = super()._after_decision(note)
        if self.state == "excluded":
            for dispute in self.open_dispute_id:
                dispute._settle("accepted", self.excluded_words)
        else:
            for dispute in self.dispute_ids.filtered(lambda d: d.state == "accepted"):
                dispute._tell(note)
        return result

    def _correct(self, score, comment, page, **details):
        disputes, invitation_sudo = self.open_dispute_id, self[:1].invitation_id
        result = super()._correct(score, comment, page, **details)
        if disputes:
            disputes._follow(invitation_sudo._given_response())
        return result

    def _accept(self, user):
        result = super()._accept(user)
        self.invitation_id.response_ids.open_dispute_id._follow(self)
        return result
