import psycopg2

from odoo import models


class NpsInvitation(models.Model):
    """Which links a mail may carry that leaves right now, our own or another one."""

    _inherit = "nps.invitation"

    def _that_may_leave(self, judged=None):
        """Return those whose link may stand in a mail that leaves now.

        Who is asked by a link in another mail is decided here. A mail of somebody
        else's never fails because of it: it leaves without the link then.

        :param judged: those judged in this transaction already, or None
        """
        open_ones = self.filtered(lambda invitation: invitation._is_open())
        asked = open_ones.filtered("asked_at")
        forbidden = (asked - (judged or self.browse()))._suppression_reasons_at_last()
        allowed = asked.filtered(lambda i: i not in forbidden)
        return allowed | (open_ones - asked)._ask_in_passing()

    def _ask_in_passing(self):
        """Decide to ask by a link in a mail that leaves now."""
        if not self:
            return self
        try:
            with self.env.cr.savepoint():
                self._lock_decision()
        except psycopg2.errors.SerializationFailure:
            # Somebody decides about these persons at this moment.
            return self.browse()
        asked = self.browse()
        for invitation in self:
            if not invitation._suppression_reason_now():
                invitation._note_asked()
                asked |= invitation
        return asked

    def _on_link_not_delivered(self):
        """Note that the mail with the link did not reach the customer."""
        lost = self.filtered(lambda i: i.delivery == "link" and i.state == "queued")
        lost.asked_at = False
