from odoo import fields, models


class NpsInvitation(models.Model):
    """Withdrawing an ask, with its reason."""

    _inherit = "nps.invitation"

    cancel_reason = fields.Selection(
        selection=[
            ("by_hand", "By hand"),
            ("mail_cancelled", "Its mail was taken out of the mail queue"),
            ("ticket_reopened", "The ticket was reopened"),
            ("ticket_archived", "The ticket was archived or merged into another one"),
            ("ticket_deleted", "The ticket was deleted"),
            ("neutralized", "This is a copy of the database"),
        ],
        readonly=True,
    )

    def _cancel(self, reason):
        """Ask no more, and let links that are out stop working.

        :param str reason: a key of :attr:`cancel_reason`
        """
        self._drop_mail()
        self.write(
            {
                "state": "cancelled",
                "cancel_reason": reason,
                "scheduled_at": False,
                "wait_reason": False,
            }
        )

    def _cancel_unsent(self, reason):
        """Withdraw what has not left yet; who holds a link may still answer."""
        self.filtered(lambda i: i.state in ("queued", "failed"))._cancel(reason)

    def _describe_cancelled(self):
        labels = dict(self._fields["cancel_reason"]._description_selection(self.env))
        if not self.cancel_reason:
            return self.env._("Cancelled")
        return self.env._("Cancelled: %s", labels[self.cancel_reason])
