from datetime import timedelta

from odoo import api, fields, models

DISPUTES = (
    ("not_mine", "The delay was at the grid operator, I only took the call.", None),
    ("wrong_person", "This customer talked to the technician and not to me.", None),
    (
        "wrong_person",
        "I was on leave on that day.",
        ("accept", "The duty roster says so: excluded."),
    ),
    (
        "not_mine",
        "He complains about the price of electricity and not about the call.",
        ("reject", "You could have told him of the other tariff. The answer stays."),
    ),
    (
        "abusive",
        "The customer insulted me on the phone before.",
        ("reject", "What he wrote is hard, but it is about the matter."),
    ),
    (
        "not_mine",
        "It is about the letter of the billing department.",
        ("accept", "Right, the letter is not yours."),
    ),
)
"""Reason, words and decision of what agents contest."""
OLDEST = timedelta(days=40)


class NpsDemo(models.AbstractModel):
    """Answers that agents of the demo company contest."""

    _inherit = "nps.demo"

    @api.model
    def _make_answers(self, history, customers, tickets):
        invitations = super()._make_answers(history, customers, tickets)
        self._make_disputes(invitations)
        return invitations

    @api.model
    def _make_disputes(self, invitations):
        since = fields.Datetime.now() - OLDEST
        unhappy = invitations.response_ids.filtered(
            lambda r: (
                r.state == "counted"
                and r.category == "detractor"
                and r.submitted_at > since
                # Whoever is being won back is not argued about.
                and not any(r.case_ids.mapped("is_open"))
            )
        ).sorted("submitted_at", reverse=True)
        # One answer of each agent at most.
        answers = [theirs[0] for theirs in unhappy.grouped("user_id").values()]
        for response, dispute in zip(answers, DISPUTES, strict=False):
            self._make_dispute(response, *dispute)

    @api.model
    def _make_dispute(self, response, reason, words, decision):
        """Let the rated agent contest an answer, and the head of service decide."""
        head = self._agents()["helena"]
        contested = response.with_user(response.user_id)
        dispute = self.env["nps.dispute"].browse(
            contested.action_contest(reason, words)
        )
        raised_at = response.submitted_at + timedelta(hours=5)
        moments = {"raised_at": min(raised_at, fields.Datetime.now())}
        if decision:
            verdict, why = decision
            decide = dispute.with_user(head)
            getattr(decide, f"action_{verdict}")(why)
            moments["decided_at"] = raised_at + timedelta(hours=20)
        dispute.sudo().write(moments)
