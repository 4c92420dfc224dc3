from typing import NamedTuple

from odoo import fields, models

from ..tools import html_shapes


class Sanitizer(NamedTuple):
    """What a field makes of HTML before it stores it."""

    field: fields.Html

    def __call__(self, html):
        return self.field.convert_to_column(html, None)


class MessageBody(fields.Html):
    """Sanitizes the many new messages of one template once, and not anew for each.

    To sanitize a mail takes longer than to make it. What is stored is what Odoo would
    have stored: the context asks for it and lets nobody around it.
    """

    def convert_to_column_insert(self, value, record, values=None, validate=True):
        sanitized = None
        if validate and record.env.context.get("nps_sanitize_once"):
            sanitized = self._sanitized_once(value)
        if sanitized is None:
            return super().convert_to_column_insert(value, record, values, validate)
        return sanitized

    def _sanitized_once(self, html):
        """Return HTML as it is stored, or None: let Odoo look itself."""
        is_usual = isinstance(html, str) and html and not self.translate
        if not is_usual or not self.sanitize or self.sanitize_overridable:
            return None
        return html_shapes.sanitize(html, Sanitizer(self))


class MailMessage(models.Model):
    _inherit = "mail.message"

    body = MessageBody()
