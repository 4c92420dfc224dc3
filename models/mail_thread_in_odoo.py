from odoo import models


class MailThread(models.AbstractModel):
    """Messages that are for the notifications in Odoo, and no mail."""

    _inherit = "mail.thread"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if self.env.context.get("nps_in_odoo"):
            # Who wants other messages by mail has asked for these here.
            for recipient in recipients:
                recipient["notif"] = "inbox"
        return recipients
