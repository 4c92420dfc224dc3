from odoo import fields, models

STANDING_FIELDS = [
    "invitation_id",
    "metric",
    "score",
    "category",
    "comment",
    "state",
    "submitted_at",
    "page_id",
    "echo_state",
    "is_completed",
    "is_contact_requested",
    "quote_consent_at",
    "quote_withdrawn_at",
]
"""What the customer's pages and the storing of an answer read of a response."""


GIVEN = ("counted", "excluded")
"""The states of the one answer of a customer: it counts, or somebody decided that it
does not. The customer's own pages know no difference."""


class NpsInvitation(models.Model):
    """Whether an invitation may be answered, and what was answered so far."""

    _inherit = "nps.invitation"

    def _is_open(self):
        """Tell whether the link of the invitation may still be answered."""
        self.ensure_one()
        alive = self.state in ("queued", "sent", "failed", "bounced", "answered")
        return alive and not (
            self.expires_at and self.expires_at < fields.Datetime.now()
        )

    def _was_answered(self):
        """Tell whether there can be a response, without looking for one."""
        return self.state == "answered" or bool(self.answered_at)

    def _wait_for_turn(self):
        """Lock the invitation, after whoever holds it.

        Not ``lock_for_update``, which gives up at once: a customer who presses twice
        must not see an error. Odoo repeats the request when the other one wrote first.
        """
        self.env.cr.execute(
            "SELECT 1 FROM nps_invitation WHERE id = %s FOR UPDATE", [self.id]
        )

    def _take_turn(self):
        """Lock the invitation like :meth:`_wait_for_turn`, for a decision of ours.

        Whoever waits behind it begins again: he must not store something by his
        picture of before, and the row itself may stay as it is.
        """
        self.env.cr.execute(
            "UPDATE nps_invitation SET state = state WHERE id = %s", [self.id]
        )

    def _counted_response(self):
        """Return the response that counts, or an empty record."""
        return self.response_ids.filtered(lambda r: r.state == "counted")[:1]

    def _given_response(self):
        """Return the answer, whether it counts or not, or an empty record."""
        return self.response_ids._given()

    def _standing_responses(self):
        """Return the customer's answer, or those that are suspect."""
        # Read anew: another press may have stored one while this one waited.
        return self.env["nps.response"].search_fetch(
            [("invitation_id", "=", self.id), ("state", "in", [*GIVEN, "suspect"])],
            STANDING_FIELDS,
            order="submitted_at, id",
        )

    def _given_score(self, otherwise=""):
        """Return the customer's score as a form writes it, or ``otherwise``."""
        given = self._standing_responses()._given()
        return str(given.score) if given else otherwise

    def _set_answered(self, moment):
        """Note that an answer counts, since a moment."""
        self._set_state({"state": "answered", "answered_at": moment})

    def _set_unanswered(self):
        """Note that no answer counts any more: the question is open again."""
        self._set_state({"state": "sent", "answered_at": False})

    def _set_state(self, values):
        # Nobody follows an invitation, so there is nobody to track it for.
        self.with_context(tracking_disable=True).write(
            {"scheduled_at": False, **values}
        )
