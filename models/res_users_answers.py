from odoo import fields, models

from .res_company_answers import TELL_ANSWERS


class ResUsers(models.Model):
    """When an agent hears of the answers to his own work: each chooses for himself."""

    _inherit = "res.users"

    nps_tell_answers = fields.Selection(
        TELL_ANSWERS,
        string="Tell Me of My Answers",
        help="When you hear of customers' answers to your own work. At once: a short "
        "notice while you have Odoo open. Once a day: one message, only if there were "
        "any; its hour and whether it is a mail you set under NPS, My Subscriptions. "
        "Empty: as your company has set it.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "nps_tell_answers"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "nps_tell_answers"]

    def write(self, vals):
        result = super().write(vals)
        if "nps_tell_answers" in vals:
            for user in self:
                self.env["nps.subscription"]._follow_preference(user)
        return result

    def _nps_tells_answers(self):
        """Return when the user is told: ``at_once``, ``daily`` or ``never``."""
        # Whoever answers or decides need not see how colleagues set their Odoo.
        user_sudo = self.sudo()
        return user_sudo.nps_tell_answers or user_sudo.company_id.nps_tell_answers
