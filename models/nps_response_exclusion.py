from odoo import fields, models
from odoo.exceptions import AccessError, UserError

CONTEST_REASONS = [
    ("wrong_person", "Wrong person"),
    ("not_mine", "Not about the agent"),
    ("abusive", "Abusive"),
]
"""Why an answer may be contested."""
EXCLUSION_REASONS = [*CONTEST_REASONS, ("test", "Test")]
"""Why an answer may be excluded."""

EXCLUSION_FIELDS = ("excluded_reason", "excluded_words", "decided_by_id", "decided_at")


class NpsResponse(models.Model):
    """Answers that do not count by decision: who decided so, and why, stays visible.

    The customer did answer: he is not asked again, and for him his answer stays what it
    was. He may correct it and add words as before, and is told nothing of a decision
    that is about our numbers; what he corrects is excluded like what it replaces.
    """

    _inherit = "nps.response"

    excluded_reason = fields.Selection(EXCLUSION_REASONS, readonly=True)
    excluded_words = fields.Text(
        string="Why It Is Excluded",
        readonly=True,
        help="What the one who decided, or who contested the answer, wrote.",
    )

    # === ACTION METHODS === #

    def action_exclude(self, reason, words):
        """Let answers count no more; for analysts, and it is logged.

        :param str reason: ``wrong_person``, ``not_mine``, ``abusive`` or ``test``
        :param str words: what happened
        """
        self._check_may_decide()
        if reason not in dict(EXCLUSION_REASONS):
            raise UserError(self.env._("Choose why the answer is excluded."))
        words = (words or "").strip()
        if not words:
            raise UserError(self.env._("Write down why the answer is excluded."))
        # Nobody may write answers; what an analyst decides is which ones count.
        self.sudo()._exclude(reason, words)

    def action_readmit(self):
        """Count excluded answers again; for analysts, and it is logged."""
        self._check_may_decide()
        # Nobody may write answers; what an analyst decides is which ones count.
        self.sudo()._readmit()

    def action_accept(self):
        self._check_may_decide()
        return super().action_accept()

    def _check_may_decide(self):
        """Raise unless the user may decide whether these answers count."""
        if not self.env.user.has_group("nps.nps_group_analyst"):
            raise AccessError(
                self.env._("Only an analyst decides which answers count. Ask one.")
            )
        self.check_access("read")
        self._check_is_impartial()

    def _check_is_impartial(self):
        """Raise when an answer rates the user himself."""
        if self.env.user in self.user_id:
            raise AccessError(
                self.env._("Nobody decides about his own answers. Ask another analyst.")
            )

    # === BUSINESS METHODS === #

    def _exclude(self, reason, words):
        for response in self.sorted(lambda r: r.invitation_id.id):
            response._begin_decision()
            response._check_counts()
            response.write(
                {
                    "state": "excluded",
                    "excluded_reason": reason,
                    "excluded_words": words,
                    "decided_by_id": self.env.user.id,
                    "decided_at": fields.Datetime.now(),
                }
            )
            response._after_decision(response._exclusion_note())

    def _check_counts(self):
        if self.state != "counted":
            raise UserError(
                self.env._(
                    "This answer does not count, so there is nothing to exclude: %s",
                    self._state_label(),
                )
            )

    def _readmit(self):
        for response in self.sorted(lambda r: r.invitation_id.id):
            response._begin_decision()
            if response.state != "excluded":
                raise UserError(
                    self.env._(
                        "Only an excluded answer can be counted again: %s",
                        response._state_label(),
                    )
                )
            response.write(
                {
                    "state": "counted",
                    "excluded_reason": False,
                    "excluded_words": False,
                    "decided_by_id": self.env.user.id,
                    "decided_at": fields.Datetime.now(),
                }
            )
            response._after_decision(
                self.env._(
                    "%(user)s counts the answer %(score)s again.",
                    user=self.env.user.name,
                    score=response.score,
                )
            )

    def _begin_decision(self):
        """Wait for others who decide about the invitation, and look anew."""
        self.invitation_id._take_turn()
        self.invalidate_recordset()

    def _after_decision(self, note):
        """Bring everything up to date that shows whether the answer counts."""
        self._refresh_scores()
        self._refresh_note()
        self.invitation_id._message_log(body=note)
        self.invitation_id._schedule_case_check()
        self.invitation_id._wake_case_check()

    def _refresh_note(self):
        """Let the note on ticket or contact say whether the answer counts."""
        if self.note_id:
            # Notes are written by a cron, which speaks no user's language.
            self.note_id.body = self.with_context(lang=False)._note()

    def _correct(self, score, comment, page, **details):
        excluded = self.filtered(lambda r: r.state == "excluded")
        # Read before: the correction itself changes what stood.
        decision = excluded._convert_to_write(
            {name: excluded[name] for name in EXCLUSION_FIELDS}
        )
        invitation_sudo = self[:1].invitation_id
        result = super()._correct(score, comment, page, **details)
        if excluded:
            successor = invitation_sudo._given_response()
            successor.write(decision)
            successor._report_correction(excluded)
        return result

    def _report_correction(self, predecessor):
        """Tell who decided that the customer corrected what he had excluded."""
        decider = self.decided_by_id
        # The customer's language is none that colleagues need to speak.
        self = self.with_context(lang=decider.lang, mail_notify_force_send=False)
        note = self.env._(
            "The customer corrected his excluded answer from %(old)s to %(new)s. It "
            "stays excluded; an analyst may count it again.",
            old=predecessor.score,
            new=self.score,
        )
        invitation_sudo, author = self.invitation_id, self.env.ref("base.partner_root")
        invitation_sudo._message_log(body=note, author_id=author.id)
        if decider.active:
            invitation_sudo.message_notify(
                partner_ids=decider.partner_id.ids,
                author_id=author.id,
                subject=self.env._("Excluded answer corrected"),
                body=note,
            )
        self._schedule_echo()

    def _may_be_quoted(self):
        return super()._may_be_quoted() and self.state != "excluded"

    # === WORDS === #

    def _state_label(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return labels[self.state]

    def _excluded_reason_label(self):
        reasons = self._fields["excluded_reason"]._description_selection(self.env)
        return dict(reasons).get(self.excluded_reason, "")

    def _exclusion_note(self):
        return self.env._(
            "%(user)s excluded the answer %(score)s. %(reason)s: %(words)s",
            user=self.decided_by_id.name,
            score=self.score,
            reason=self._excluded_reason_label(),
            words=self.excluded_words,
        )
