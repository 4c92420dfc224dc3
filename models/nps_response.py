from datetime import timedelta

from odoo import api, fields, models

from ..tools import metrics
from .nps_survey import CATEGORIES, METRICS
from .score_field import Score

LONGEST_COMMENT = 10_000
"""How many characters of a comment are kept; the page says so when it is more."""


class NpsResponse(models.Model):
    """One submission by the customer. Nobody else can make, change or delete it."""

    _name = "nps.response"
    _description = "NPS Response"
    _inherit = ["nps.department.access.mixin"]
    _order = "submitted_at desc, id desc"
    _rec_name = "score"

    invitation_id = fields.Many2one(
        "nps.invitation", required=True, readonly=True, ondelete="restrict", index=True
    )
    metric = fields.Selection(METRICS, required=True, readonly=True)
    score = Score(required=True, readonly=True)
    category = fields.Selection(CATEGORIES, required=True, readonly=True, index=True)
    comment = fields.Text(readonly=True)
    state = fields.Selection(
        selection=[
            ("counted", "Counted"),
            ("superseded", "Corrected by the customer"),
            ("suspect", "Suspect"),
            ("excluded", "Excluded"),
        ],
        required=True,
        readonly=True,
        default="counted",
        index=True,
    )
    submitted_at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now, index=True
    )
    lang = fields.Char(string="Language", readonly=True)
    echo_state = fields.Selection(
        selection=[("pending", "Pending"), ("done", "Done")],
        default="pending",
        readonly=True,
        export_string_translation=False,
        help="Whether the chatter and the agent were told.",
    )

    survey_id = fields.Many2one(related="invitation_id.survey_id", store=True)
    partner_id = fields.Many2one(
        related="invitation_id.partner_id", store=True, index="btree_not_null"
    )
    user_id = fields.Many2one(
        related="invitation_id.user_id", store=True, index="btree_not_null"
    )
    department_id = fields.Many2one(
        related="invitation_id.department_id", store=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        related="invitation_id.company_id", store=True, index=True
    )
    outcome_id = fields.Many2one(related="invitation_id.outcome_id", store=True)
    subject = fields.Char(related="invitation_id.subject")
    customer_name = fields.Char(related="invitation_id.customer_name")

    _one_counted_uniq = models.UniqueIndex(
        "(invitation_id) WHERE state = 'counted'",
        "An invitation has one answer that counts.",
    )
    _score_on_scale = models.Constraint(
        "CHECK(score BETWEEN 0 AND 10)", "A score is between 0 and 10."
    )
    _to_echo_idx = models.Index("(id) WHERE echo_state = 'pending'")

    @api.model
    def _submit(self, invitation_sudo, score, comment="", change=False, lang=None):
        """Store what the customer sent. Never overwrites what he said before.

        :param invitation_sudo: an open invitation, in superuser mode
        :param int score: a score of its survey's scale
        :param str comment: may be empty; an empty one never erases
        :param bool change: the customer confirmed that he corrects his score
        :param str lang: language of the page
        :return: ``stored`` for a first answer or a correction, ``merged`` when the
            score is the known one, ``differs`` when a correction needs confirmation,
            ``locked`` when the time to correct is over
        """
        invitation_sudo._wait_for_turn()
        counted = invitation_sudo._counted_response()
        comment = (comment or "").replace("\0", "").strip()[:LONGEST_COMMENT]
        if not counted:
            self._store(invitation_sudo, score, comment, lang)
            return "stored"
        if counted.score == score:
            counted._merge_comment(comment)
            return "merged"
        if not counted._may_change():
            return "locked"
        if not change:
            return "differs"
        counted.state = "superseded"
        # The database allows one counted answer, so the old one steps back first.
        counted.flush_recordset(["state"])
        self._store(invitation_sudo, score, comment or counted.comment, lang)
        return "stored"

    @api.model
    def _store(self, invitation_sudo, score, comment, lang):
        metric = invitation_sudo.survey_id.metric
        # No employee may create answers; the customer's link is the only way here.
        response_sudo = self.sudo().create(
            {
                "invitation_id": invitation_sudo.id,
                "metric": metric,
                "score": score,
                "category": metrics.category(metric, score),
                "comment": comment,
                "lang": lang,
            }
        )
        first = invitation_sudo.answered_at or response_sudo.submitted_at
        invitation_sudo.write(
            {"state": "answered", "answered_at": first, "scheduled_at": False}
        )
        response_sudo._refresh_scores()
        response_sudo._schedule_echo()
        return response_sudo

    def _merge_comment(self, comment):
        """Add what the customer wrote; a replay of the same words adds nothing."""
        known = (self.comment or "").splitlines()
        if comment and comment not in (self.comment, *known):
            merged = "\n".join([*known, comment])
            self.comment = merged[:LONGEST_COMMENT]
            self._schedule_echo()

    def _may_change(self):
        """Tell whether the customer may still correct the answer."""
        window = timedelta(hours=self.survey_id.change_hours)
        return fields.Datetime.now() <= self.invitation_id.answered_at + window

    def _refresh_scores(self):
        """Bring the last score of customer, company and touchpoint up to date."""
        for invitation_sudo in self.invitation_id.sudo():
            customers = (
                invitation_sudo.partner_id | invitation_sudo.commercial_partner_id
            )
            customers._nps_refresh_score()
            touchpoint = invitation_sudo._touchpoint()
            if touchpoint is not None and touchpoint._name != "res.partner":
                touchpoint._nps_refresh_score()
