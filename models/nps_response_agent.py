from textwrap import shorten

from odoo import models

ANSWERED = "nps/answered"
"""The type of the message, which ``backend/live/nps_answer_notice.js`` knows."""
LONGEST_NOTICE = 160
"""How many characters of the customer's words stand in a notice."""


class NpsResponse(models.Model):
    """The agent hears of answers to his own work as he has chosen, and of no others.

    The cron that notes answers does it. An answer that does not count tells nobody.
    """

    _inherit = "nps.response"

    def _notify_agent(self):
        """Tell the agent at once, or plan or end his message of the day."""
        agent = self.user_id
        if not agent or not self._may_be_told(agent):
            return
        chosen = agent._nps_tells_answers()
        if chosen == "at_once":
            # Seen while he has Odoo open; otherwise the answer waits in the feed.
            agent._bus_send(ANSWERED, self.with_context(lang=agent.lang)._notice())
        self.env["nps.subscription"]._follow_preference(agent)

    def _notice(self):
        """Return what the agent's screen shows for a moment; he may read it all."""
        return {
            "response_id": self.id,
            "title": self._notice_title(),
            "message": self._notice_words(),
        }

    def _notice_title(self):
        earlier = self.invitation_id.response_ids - self
        if "superseded" in earlier.mapped("state"):
            return self.env._("Corrected answer: %s", self._headline())
        return self.env._("New answer: %s", self._headline())

    def _notice_words(self):
        words = shorten(self.comment or "", LONGEST_NOTICE, placeholder=" …")
        about = self.customer_name or self.subject or ""
        if not words:
            return about
        return self.env._("%(customer)s: “%(words)s”", customer=about, words=words)
