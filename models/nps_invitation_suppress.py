from odoo import api, models
from odoo.exceptions import UserError

WISH = "agent_asked_not"
AGENT_REASONS = ("agent_spam", "agent_not_customer", "agent_abusive", WISH)
"""Why an agent may keep a customer from being asked. Never silently: the reason
stands on the invitation and, with his name, in the chatter."""


class NpsInvitation(models.Model):
    """An agent's own word that a customer is not asked."""

    _inherit = "nps.invitation"

    @api.model
    def _selection_suppression_reason(self):
        labels = {
            "agent_spam": self.env._("The agent: spam"),
            "agent_not_customer": self.env._("The agent: not a customer"),
            "agent_abusive": self.env._("The agent: abusive"),
            "agent_asked_not": self.env._("The agent: asked not to be surveyed"),
        }
        return [*super()._selection_suppression_reason(), *labels.items()]

    @api.model
    def _selection_suppress(self):
        """List the agent's reasons as he chooses them."""
        return [
            ("agent_spam", self.env._("Spam")),
            ("agent_not_customer", self.env._("Not a customer")),
            ("agent_abusive", self.env._("Abusive")),
            ("agent_asked_not", self.env._("Asked not to be surveyed")),
        ]

    @api.model
    def _checked_suppression(self, suppress):
        """Return the agent's reason, or None to ask as usual.

        :raise UserError: it is not one of :data:`AGENT_REASONS`
        """
        if suppress is None or suppress is False or suppress == "":
            return None
        if suppress not in AGENT_REASONS:
            raise UserError(
                self.env._(
                    "“%(given)s” is no reason not to ask a customer. Give one of "
                    "%(reasons)s, or nothing to ask as usual.",
                    given=suppress,
                    reasons=", ".join(AGENT_REASONS),
                )
            )
        return suppress

    def _suppression_reasons(self, *among):
        # What the agent knows says more than what can be checked.
        held = self.filtered(lambda i: i._is_held_back_by_agent())
        rest = super(NpsInvitation, self - held)._suppression_reasons(*among)
        return {**rest, **{i: i.suppression_reason for i in held}}

    def _is_held_back_by_agent(self):
        """Tell whether the agent gave a reason of his own not to ask."""
        return self.suppression_reason in AGENT_REASONS

    def _tells_a_wish(self):
        """Tell whether the customer told the agent that he wants no survey."""
        return self.suppression_reason == WISH

    def _suppression_text(self):
        if not self._is_held_back_by_agent():
            return super()._suppression_text()
        return self.env._(
            "%(reason)s, by %(agent)s",
            reason=dict(self._selection_suppress())[self.suppression_reason],
            agent=self.user_id.name,
        )

    def _promise(self):
        if self._is_held_back_by_agent():
            return self.env._("Not asked: %s.", self._suppression_text())
        return super()._promise()
