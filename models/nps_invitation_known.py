from odoo import api, fields, models
from odoo.fields import Domain

COUNTED = Domain("state", "=", "counted")


class NpsInvitation(models.Model):
    """What else is known of an interaction, for rules to go through."""

    _inherit = "nps.invitation"

    answer_id = fields.Many2one(
        "nps.response",
        compute="_compute_answer_id",
        search="_search_answer_id",
        help="The answer that counts.",
    )
    # === COMPUTE METHODS === #

    @api.depends("response_ids.state")
    def _compute_answer_id(self):
        for invitation in self:
            invitation.answer_id = invitation._counted_response()

    def _search_answer_id(self, operator, value):
        if operator in ("any", "any!"):
            return Domain("response_ids", operator, COUNTED & Domain(value))
        if operator != "in":
            return NotImplemented
        found = Domain("response_ids", "any", COUNTED & Domain("id", "in", value))
        if False in value:
            found |= Domain("response_ids", "not any", COUNTED)
        return found
