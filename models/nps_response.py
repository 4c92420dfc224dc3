from datetime import timedelta

from odoo import api, fields, models

from ..tools import metrics
from .nps_invitation_answer import GIVEN
from .nps_survey import CATEGORIES, METRICS
from .score_field import Score

LONGEST_COMMENT = 10_000
"""How many characters of a comment are kept; the page says so when it is more."""
COPIED = (
    "survey_id",
    "partner_id",
    "user_id",
    "department_id",
    "company_id",
    "outcome_id",
)
"""What an answer copies from its invitation."""


class NpsResponse(models.Model):
    """One submission by the customer. Nobody else can make, change or delete it."""

    _name = "nps.response"
    _description = "NPS Response"
    _inherit = [
        "nps.department.access.mixin",
        "nps.inert.export.mixin",
        "nps.queue.mixin",
    ]
    _order = "submitted_at desc, id desc"

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
    page_id = fields.Char(readonly=True, export_string_translation=False)
    echo_state = fields.Selection(
        selection=[("pending", "Pending"), ("done", "Done")],
        default="done",
        readonly=True,
        export_string_translation=False,
        help="Whether the chatter and the agent have to be told.",
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

    _one_given_uniq = models.UniqueIndex(
        "(invitation_id) WHERE state IN ('counted', 'excluded')",
        "An invitation has one answer that counts or is excluded.",
    )
    _score_on_scale = models.Constraint(
        "CHECK(score BETWEEN 0 AND 10)", "A score is between 0 and 10."
    )
    _to_echo_idx = models.Index("(id) WHERE echo_state = 'pending'")

    @api.model
    def _submit(
        self, invitation_sudo, score, comment="", change=False, page=None, **details
    ):
        """Store what the customer sent. Never overwrites what he said before.

        :param invitation_sudo: an open invitation, in superuser mode
        :param int score: a score of its survey's scale
        :param str comment: may be empty; an empty one never erases
        :param bool change: the customer confirmed that he corrects his score
        :param page: the :class:`~.tools.robots.PageNote` of the form, if there was one
        :param details: ``lang`` and what :meth:`_complete` takes
        :return: ``stored`` for a first answer or a correction, ``merged`` when the
            score is the known one, ``differs`` when a correction needs confirmation,
            ``locked`` when the time to correct is over, ``suspect`` when several
            scores came at once and the customer has to say which one is his
        """
        invitation_sudo._wait_for_turn()
        known = invitation_sudo._standing_responses()
        comment = (comment or "").replace("\0", "").strip()[:LONGEST_COMMENT]
        given = known._given()
        values = {"score": score, "comment": comment, "page": page, **details}
        # Also a correction that is sent twice: there is nothing left to correct.
        if given and given.score == score:
            given._complete(comment, **details)
            return "merged"
        if change and known and (not given or given._may_change()):
            return known._correct(**values)
        if not given:
            return known._answer_first(invitation_sudo, **values)
        if given._is_contradicted_by(page):
            return given._suspect(**values)
        return "differs" if given._may_change() else "locked"

    def _given(self):
        """Return which of these is the customer's answer, whether it counts or not."""
        return self.filtered(lambda r: r.state in GIVEN)

    def _answer_first(self, invitation_sudo, score, comment, page, **details):
        """Store a first answer; beside suspect ones (``self``) it is suspect itself."""
        same = self.filtered(lambda r: r.score == score)[:1]
        if same:
            same._complete(comment, **details)
        else:
            state = "suspect" if self else "counted"
            self._store(invitation_sudo, score, comment, page, state, **details)
        return "suspect" if self else "stored"

    def _correct(self, score, comment, page, **details):
        """Store the score that the customer confirmed, instead of those before."""
        given = self._given()
        words = [comment, *given.mapped("comment")]
        # What was excluded stays so: a correction is no way around the decision.
        state = given.state or "counted"
        self.state = "superseded"
        # The database allows one counted answer, so the old one steps back first.
        self.flush_recordset(["state"])
        comment = next(filter(None, words), "")
        # Without its page: what the customer confirmed is not doubted again.
        self._store(self[:1].invitation_id, score, comment, None, state, **details)
        return "stored"

    @api.model
    def _store(
        self, invitation_sudo, score, comment, page, state, lang=None, **details
    ):
        metric = invitation_sudo.survey_id._page_content()["metric"]
        # No employee may create answers; the customer's link is the only way here.
        # In the company of the invitation: nobody has to look up that of the visitor.
        responses_sudo = self.sudo().with_company(invitation_sudo.company_id)
        response_sudo = responses_sudo.create(
            {
                "invitation_id": invitation_sudo.id,
                # Known already, so that nobody computes them in a second statement.
                **{name: invitation_sudo[name].id for name in COPIED},
                "metric": metric,
                "score": score,
                "category": metrics.category(metric, score),
                "comment": comment,
                "lang": lang,
                "state": state,
                "page_id": page and page.page_id,
                "suspect_reason": state == "suspect" and "several_scores",
                "echo_state": "pending" if state == "counted" else "done",
            }
        )
        if state == "counted":
            response_sudo._wake_echo()
            response_sudo._mark_answered()
            # It is the newest answer, so there is nothing to look up.
            response_sudo._show_score()
        response_sudo._store_details(**details)
        return response_sudo

    def _mark_answered(self):
        """Note on the invitation that an answer counts, and tell colleagues."""
        invitation_sudo = self.invitation_id.sudo()
        first = invitation_sudo.answered_at or self.submitted_at
        invitation_sudo._set_answered(first)
        self._schedule_echo()

    def _complete(self, comment, lang=None, **details):
        """Add what the customer wrote; a replay of the same words adds nothing."""
        known = (self.comment or "").splitlines()
        if comment and comment not in (self.comment, *known):
            merged = "\n".join([*known, comment])
            self.comment = merged[:LONGEST_COMMENT]
            self._schedule_echo()
        self._store_details(**details)

    def _may_change(self):
        """Tell whether the customer may still correct the answer."""
        survey = self.invitation_id.survey_id._page_content()
        window = timedelta(hours=survey["change_hours"])
        first = self.invitation_id.answered_at or self.submitted_at
        return fields.Datetime.now() <= first + window

    def _refresh_scores(self):
        """Bring the last score of customer, company and touchpoint up to date."""
        for records in self._scored_records():
            records._nps_refresh_score()

    def _show_score(self):
        """Show a new answer as the last score of customer, company and touchpoint."""
        for records in self._scored_records():
            records._nps_store_score(self)

    def _scored_records(self):
        """Return the records that carry the score: the customers, the touchpoint."""
        invitation_sudo = self.invitation_id.sudo()
        customers = invitation_sudo.partner_id | invitation_sudo.commercial_partner_id
        found = [customers]
        if invitation_sudo.res_model != "res.partner":
            touchpoint = invitation_sudo._touchpoint()
            found += [touchpoint] if touchpoint is not None else []
        return found
