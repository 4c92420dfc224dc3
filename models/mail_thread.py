import re

from odoo import api, models
from odoo.tools import html2plaintext


class MailThread(models.AbstractModel):
    """Hands the mail server's reason for a bounce to the invitation."""

    _inherit = "mail.thread"

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        reason = _diagnostic(email_message) or html2plaintext(
            message_dict.get("body") or ""
        )
        return super(
            MailThread, self.with_context(nps_bounce_reason=reason.strip()[:500])
        )._routing_handle_bounce(email_message, message_dict)


def _diagnostic(email_message):
    """Return the Diagnostic-Code of a delivery report (RFC 3464), or ''."""
    for part in email_message.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload():
                code = block.get("Diagnostic-Code", "")
                if code:
                    return re.sub(r"\s+", " ", code.partition(";")[2] or code)
    return ""
