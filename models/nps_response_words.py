from odoo import fields, models
from odoo.tools import format_datetime

from ..tools import personal_links


class NpsResponse(models.Model):
    """An answer in the words of a message to a colleague."""

    _inherit = "nps.response"

    def _subscriber_values(self):
        """Return what a message tells of an answer, as its reader may read it.

        The records carry the reader's rights, language and clock. No link is in it but
        the one to the answer in Odoo.
        """
        self.ensure_one()
        return {
            "category": self.category,
            "headline": self._headline(),
            "comment": personal_links.disarm(self.comment),
            "customer": personal_links.disarm(self.customer_name) or "",
            "about": personal_links.disarm(self.subject) or "",
            "reasons": ", ".join(self.reason_ids.mapped("display_name")),
            "is_contact_requested": self.is_contact_requested,
            "context": " · ".join(self._subscriber_context()),
            "url": f"{self.get_base_url()}/odoo/nps-responses/{self.id}",
        }

    def _subscriber_context(self):
        """Return where and when: department, agent, moment."""
        # Names that stand beside every answer in Odoo too.
        names = [self.sudo().department_id.name, self.sudo().user_id.name]
        zone = self.env.context.get("tz")
        moment = format_datetime(self.env, self.submitted_at, zone, dt_format="short")
        return [*filter(None, names), moment]

    def _subscriber_subject(self):
        """Return the subject of the message: "3 of 10 (Detractor): Carla Customer"."""
        name = self.customer_name
        return f"{self._headline()}: {name}" if name else self._headline()

    def _counted_between(self, start, end):
        """Return the domain of what began to count in a time (UTC, end excluded)."""
        came = [("submitted_at", ">=", start), ("submitted_at", "<", end)]
        accepted = [("decided_at", ">=", start), ("decided_at", "<", end)]
        return fields.Domain.OR([[("decided_at", "=", False), *came], accepted])
