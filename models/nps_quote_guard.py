from odoo import api, models
from odoo.exceptions import AccessError, UserError

WRITABLE = {"text", "shown_name", "website_id", "sequence"}
"""What analysts write. The rest is the answer's, or a decision that a button takes."""

WRITABLE_PREFIXES = ("message_", "activity_")
"""Beginnings of the fields of the chatter, which has its own guards."""


class NpsQuote(models.Model):
    """What nobody writes by himself: whose words a quote holds, and who approved it."""

    _inherit = "nps.quote"

    @api.model
    def default_get(self, fields):
        """Propose values; no context and no user's own default decides anything."""
        defaults = super().default_get(fields)
        if self.env.su:
            return defaults
        proposed = {n: value for n, value in defaults.items() if _is_writable(n)}
        return {**proposed, "state": "draft"} if "state" in fields else proposed

    def onchange(self, values, field_names, fields_spec):
        """Answer a form; not about answers that the user may not read."""
        self._check_responses([values])
        return super().onchange(values, field_names, fields_spec)

    @api.model_create_multi
    def create(self, vals_list):
        # First of all: another refusal could tell what stands in a foreign answer.
        self._check_responses(vals_list)
        for vals in vals_list:
            self._check_writable(vals.keys() - {"response_id"})
        return super().create(vals_list)

    def write(self, vals):
        self._check_writable(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_approved(self):
        if not self.env.su and any(self.mapped("approved_at")):
            raise UserError(
                self.env._(
                    "A quote that was approved once is kept, so that it is known who "
                    "approved it. Use “Take Off” to take it off the website."
                )
            )

    def _check_responses(self, vals_list):
        """Raise unless the user may read the answers that are to be quoted."""
        to_id = self._fields["response_id"].convert_to_cache
        ids = {to_id(vals.get("response_id"), self) for vals in vals_list}
        self.env["nps.response"].browse(ids - {None}).check_access("read")

    def _check_writable(self, names):
        """Raise if one of the fields is none that people write."""
        kept = sorted(name for name in names if not _is_writable(name))
        if kept and not self.env.su:
            raise AccessError(
                self.env._(
                    "These cannot be written: %s. Use the buttons of the quote to "
                    "approve it or take it off; the rest comes from the answer.",
                    ", ".join(kept),
                )
            )


def _is_writable(name):
    return name in WRITABLE or name.startswith(WRITABLE_PREFIXES)
