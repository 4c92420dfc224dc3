from typing import NamedTuple

from odoo import api, fields, models

from ..tools import html_shapes


class Sanitizer(NamedTuple):
    """What a field makes of HTML before it stores it."""

    field: fields.Html

    def __call__(self, html):
        return self.field.convert_to_column(html, None)


class MailMessage(models.Model):
    """Sanitizes the many messages of one template once, and not anew for each.

    To sanitize a mail takes longer than to make it. What is stored is what Odoo would
    have stored: the context asks for it and lets nobody around it.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.context.get("nps_sanitize_once"):
            return super().create(vals_list)
        bodies = [self._nps_sanitized(values.get("body")) for values in vals_list]
        messages = super().create(
            [
                values if body is None else {**values, "body": ""}
                for values, body in zip(vals_list, bodies, strict=True)
            ]
        )
        messages._nps_store_sanitized(bodies)
        return messages

    @api.model
    def _nps_sanitized(self, body):
        """Return a body as the field would store it, or None: let the field do it."""
        field = self._fields["body"]
        # Odoo takes pictures out of a body before it stores it.
        is_plain = isinstance(body, str) and body and "data:" not in body
        if not is_plain or not field.sanitize or field.sanitize_overridable:
            return None
        return html_shapes.sanitize(body, Sanitizer(field))

    def _nps_store_sanitized(self, bodies):
        """Store bodies as they are.

        :param list bodies: what :meth:`_nps_sanitized` returned, one for each of these
        """
        field = self._fields["body"]
        kept = {m.id: b for m, b in zip(self, bodies, strict=True) if b is not None}
        stored = self.browse(kept)
        for message in stored:
            field._update_cache(message, kept[message.id], dirty=True)
        stored.modified(["body"])
