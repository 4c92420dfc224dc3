from odoo import api, fields, models
from odoo.exceptions import UserError


class NpsUsageMixin(models.AbstractModel):
    """Something that invitations refer to: archived, never deleted, once it was used.

    A model that inherits it has a One2many ``invitation_ids``.
    """

    _name = "nps.usage.mixin"
    _description = "Used by NPS Invitations"

    invitation_count = fields.Integer(compute="_compute_invitation_count")

    def _compute_invitation_count(self):
        inverse = self._fields["invitation_ids"].inverse_name
        counts = dict(
            self.env["nps.invitation"]._read_group(
                [(inverse, "in", self.ids)], [inverse], ["__count"]
            )
        )
        for record in self:
            record.invitation_count = counts.get(record, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # Whoever deletes need not see every invitation that would lose its meaning.
        used = self.sudo().filtered("invitation_ids")
        if used:
            raise UserError(
                self.env._(
                    "“%s” was used already, so it cannot be deleted. Archive it "
                    "instead: then it is not offered any more.",
                    used[0].name,
                )
            )
