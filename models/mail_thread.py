import re

from markupsafe import Markup

from odoo import api, models
from odoo.tools import html2plaintext

from ..tools import personal_links


class MailThread(models.AbstractModel):
    """Keeps secrets out of what comes in, and hands on why a mail bounced."""

    _inherit = "mail.thread"

    @api.model
    def message_parse(self, message, save_original=False):
        """Parse an incoming mail; links that it quotes lose their secrets."""
        parsed = super().message_parse(message, save_original=save_original)
        parsed["body"] = _redact(parsed.get("body"))
        parsed["attachments"] = [
            attachment._replace(content=_redact(attachment.content))
            for attachment in parsed.get("attachments") or []
        ]
        return parsed

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        reason = _diagnostic(email_message) or html2plaintext(
            message_dict.get("body") or ""
        )
        reason = personal_links.redact(reason.strip())[:500]
        return super(
            MailThread, self.with_context(nps_bounce_reason=reason)
        )._routing_handle_bounce(email_message, message_dict)


def _redact(content):
    """Redact a body or an attachment, whatever type it has."""
    if isinstance(content, bytes):
        return personal_links.redact(content.decode("latin-1")).encode("latin-1")
    if isinstance(content, Markup):
        return Markup(personal_links.redact(str(content)))
    return personal_links.redact(content) if isinstance(content, str) else content


def _diagnostic(email_message):
    """Return the Diagnostic-Code of a delivery report (RFC 3464), or ''."""
    for part in email_message.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload():
                code = block.get("Diagnostic-Code", "")
                if code:
                    return re.sub(r"\s+", " ", code.partition(";")[2] or code)
    return ""
