from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .nps_response_exclusion import CONTEST_REASONS
from .score_field import Score


class NpsDispute(models.Model):
    """One contest of one answer: somebody says why it should not count.

    An analyst decides. Nobody decides about his own answer or his own contest.
    """

    _name = "nps.dispute"
    _description = "NPS Dispute"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "nps.department.access.mixin",
        "nps.inert.export.mixin",
        "nps.queued.mail.mixin",
    ]
    _order = "raised_at desc, id desc"
    _rec_name = "subject"
    _mail_post_access = "read"

    response_id = fields.Many2one(
        "nps.response",
        string="Contested Answer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
        help="When the customer corrects his answer, the contest goes on about the "
        "corrected one.",
    )
    reason = fields.Selection(CONTEST_REASONS, required=True, readonly=True, index=True)
    words = fields.Text(string="What Happened", required=True, readonly=True)
    raised_by_id = fields.Many2one(
        "res.users",
        string="Contested By",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    raised_at = fields.Datetime(
        string="Contested At",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
    )
    state = fields.Selection(
        selection=[
            ("open", "Undecided"),
            ("accepted", "Accepted"),
            ("rejected", "Rejected"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)
    decision = fields.Text(
        string="Why",
        readonly=True,
        help="What the analyst wrote to the one who contested the answer.",
    )

    invitation_id = fields.Many2one(
        related="response_id.invitation_id", store=True, index=True
    )
    user_id = fields.Many2one(
        related="response_id.user_id", store=True, index="btree_not_null"
    )
    department_id = fields.Many2one(
        related="response_id.department_id", store=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        related="response_id.company_id", store=True, index=True
    )
    survey_id = fields.Many2one(related="response_id.survey_id", store=True)
    partner_id = fields.Many2one(
        related="response_id.partner_id", store=True, index="btree_not_null"
    )
    subject = fields.Char(related="response_id.subject")
    customer_name = fields.Char(related="response_id.customer_name")
    metric = fields.Selection(related="response_id.metric")
    score = Score(related="response_id.score")
    category = fields.Selection(related="response_id.category")
    comment = fields.Text(related="response_id.comment")
    submitted_at = fields.Datetime(related="response_id.submitted_at")
    response_state = fields.Selection(
        related="response_id.state", string="State of the Answer"
    )
    is_mine = fields.Boolean(compute="_compute_may_decide")
    may_decide = fields.Boolean(
        compute="_compute_may_decide",
        help="Whether you are an analyst whom the answer does not concern.",
    )

    _one_open_uniq = models.UniqueIndex(
        "(response_id) WHERE state = 'open'",
        "This answer is contested already; an analyst will decide.",
    )

    @api.depends("raised_by_id", "user_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        user = self.env.user
        is_analyst = user.has_group("nps.nps_group_analyst")
        for dispute in self:
            dispute.is_mine = dispute.raised_by_id == user
            dispute.may_decide = (
                is_analyst and not dispute.is_mine and dispute.user_id != user
            )

    # === ACTION METHODS === #

    def action_accept(self, words=None):
        """Exclude the contested answers.

        :param str words: for those who contested them; may be empty
        """
        self._check_may_decide()
        # Nobody may write disputes; an analyst decides them.
        self.sudo()._accept((words or "").strip())

    def action_reject(self, words):
        """Let the contested answers count as before.

        :param str words: tells those who contested them why
        """
        self._check_may_decide()
        words = (words or "").strip()
        if not words:
            raise UserError(
                self.env._("Write why, so that the one who contested it learns it.")
            )
        # Nobody may write disputes; an analyst decides them.
        self.sudo()._reject(words)

    def action_withdraw(self):
        """Take one's own contest back: the answer counts as before."""
        self.check_access("read")
        if self.raised_by_id - self.env.user:
            raise AccessError(
                self.env._("Only the one who contested an answer may withdraw that.")
            )
        # Nobody may write disputes; whoever raised one may take it back.
        self.sudo()._withdraw()

    def action_open_response(self):
        """Open the contested answer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "nps.response",
            "res_id": self.response_id.id,
            "view_mode": "form",
        }

    def _check_may_decide(self):
        """Raise unless the user may decide these."""
        self.response_id._check_may_decide()
        self.check_access("read")

    # === BUSINESS METHODS === #

    def _accept(self, words):
        for dispute in self.sorted(lambda d: d.invitation_id.id):
            dispute._begin_decision()
            dispute.response_id._check_counts()
            dispute._settle("accepted", words)
            dispute.response_id._exclude(dispute.reason, words or dispute.words)

    def _reject(self, words):
        for dispute in self.sorted(lambda d: d.invitation_id.id):
            dispute._begin_decision()
            dispute._settle("rejected", words)

    def _withdraw(self):
        for dispute in self.sorted(lambda d: d.invitation_id.id):
            dispute._begin_decision()
            dispute._settle("withdrawn")

    def _begin_decision(self):
        """Wait for others who decide, look anew, and see whether it is open still."""
        self.response_id._begin_decision()
        self.invalidate_recordset()
        if self.state != "open":
            raise UserError(
                self.env._(
                    "This is not open any more: %(state)s on %(date)s",
                    state=self._state_label(),
                    date=format_date(self.env, self.decided_at),
                )
            )

    def _settle(self, state, words=""):
        """Close the dispute and tell everybody who follows it.

        :param str state: ``accepted``, ``rejected`` or ``withdrawn``
        """
        self.write(
            {
                "state": state,
                "decided_by_id": state != "withdrawn" and self.env.uid,
                "decided_at": fields.Datetime.now(),
                "decision": words,
            }
        )
        self._release()
        self._tell(self.with_context(lang=self.raised_by_id.lang)._news(), words)

    def _follow(self, response):
        """Be about another answer of the same customer from now on."""
        for dispute in self - self.filtered(lambda d: d.response_id == response):
            old = dispute.response_id.score
            dispute.response_id = response
            dispute = dispute.with_context(lang=dispute.raised_by_id.lang)
            dispute._message_log(
                body=self.env._(
                    "The customer's answer is %(new)s now and was %(old)s. The contest "
                    "goes on about the new one.",
                    old=old,
                    new=response.score,
                ),
                author_id=self.env.ref("base.partner_root").id,
            )

    # === WORDS === #

    def _state_label(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return labels[self.state]

    def _summary(self):
        """Return in one line which answer is contested and why."""
        return f"{self.response_id._headline()}: {self._reason_label()}"

    def _news(self):
        """Return in one sentence what became of the dispute."""
        return {
            "accepted": self.env._("Accepted: the answer does not count any more."),
            "rejected": self.env._("Rejected: the answer counts as before."),
            "withdrawn": self.env._("Withdrawn: the answer counts as before."),
        }[self.state]

    def _reason_label(self):
        labels = dict(self._fields["reason"]._description_selection(self.env))
        return labels[self.reason]
