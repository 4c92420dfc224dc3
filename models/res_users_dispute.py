from odoo import api, models
from odoo.exceptions import UserError


class ResUsers(models.Model):
    """Users who contested answers: who said so stays known."""

    _inherit = "res.users"

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_contested(self):
        # Whoever deletes users need not be able to read disputes.
        dispute_sudo = self.env["nps.dispute"].sudo()
        raised_sudo = dispute_sudo.search([("raised_by_id", "in", self.ids)])
        if raised_sudo:
            names = raised_sudo.raised_by_id.mapped("name")
            raise UserError(
                self.env._(
                    "%s contested answers, and it stays known who did. Archive the "
                    "user instead of deleting him.",
                    ", ".join(names),
                )
            )
