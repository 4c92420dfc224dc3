from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import robots


class NpsResponse(models.Model):
    """Answers that contradict each other: none counts until somebody says which one.

    A program that opens all links of a mail and sends each form gives itself away by
    it. The customer's own second step decides, or an analyst.
    """

    _inherit = "nps.response"

    suspect_reason = fields.Selection(
        selection=[
            (
                "several_scores",
                "Different scores came from several pages within two minutes",
            )
        ],
        readonly=True,
        help="A mail scanner that sends forms does this; a person hardly ever.",
    )
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)

    def _is_contradicted_by(self, page):
        """Tell whether a form with another score casts doubt on this answer.

        Only one whose page was made before there was an answer: a page that knows the
        answer asks the customer whether he wants to change it.

        :param page: the :class:`~.tools.robots.PageNote` of the form, or None
        """
        if not page or page.purpose != robots.ASK or not self.page_id:
            return False
        if self.state != "counted":
            return False
        limit = self.submitted_at + timedelta(seconds=robots.CONTRADICTS_WITHIN)
        return page.page_id != self.page_id and fields.Datetime.now() <= limit

    def _suspect(self, score, comment, page, **details):
        """Count neither this answer nor the one that contradicts it."""
        self.write({"state": "suspect", "suspect_reason": "several_scores"})
        self.flush_recordset(["state"])
        self._store(self.invitation_id, score, comment, page, "suspect", **details)
        self.invitation_id.sudo()._set_unanswered()
        self._refresh_scores()
        self._schedule_echo()
        return "suspect"

    def action_accept(self):
        """Count a suspect answer after all; for analysts, and it is logged."""
        self.ensure_one()
        if not self.env.user.has_group("nps.nps_group_analyst"):
            raise AccessError(
                self.env._("Only an analyst may accept a suspect answer. Ask one.")
            )
        self.check_access("read")
        # Nobody may write answers; what an analyst decides is which one counts.
        self.sudo()._accept(self.env.user)

    def _accept(self, user):
        invitation_sudo = self.invitation_id
        invitation_sudo._wait_for_turn()
        self.invalidate_recordset()
        if self.state != "suspect":
            raise UserError(self.env._("Only a suspect answer can be accepted."))
        if invitation_sudo._given_response():
            raise UserError(
                self.env._("The customer has said meanwhile which answer is his.")
            )
        self.write(
            {
                "state": "counted",
                "decided_by_id": user.id,
                "decided_at": fields.Datetime.now(),
            }
        )
        self._mark_answered()
        self._refresh_scores()
        invitation_sudo._message_log(
            body=self.env._(
                "%(user)s accepted the suspect answer %(score)s.",
                user=user.name,
                score=self.score,
            )
        )
