from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .nps_survey import CATEGORIES


class NpsReason(models.Model):
    """A reason that a customer may tick after his score, alone or below a heading."""

    _name = "nps.reason"
    _description = "NPS Reason"
    _inherit = ["nps.page.text.mixin", "nps.two.level.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    survey_id = fields.Many2one(
        "nps.survey", required=True, ondelete="cascade", index=True
    )
    parent_id = fields.Many2one(
        "nps.reason",
        string="Below",
        domain="[('survey_id', '=', survey_id), ('parent_id', '=', False)]",
        ondelete="cascade",
        index="btree_not_null",
        help="The heading under which the reason stands. A heading is not ticked.",
    )
    child_ids = fields.One2many("nps.reason", "parent_id", string="Reasons Below")
    category = fields.Selection(
        CATEGORIES, string="Offered To", help="Empty: offered after every score."
    )

    @api.constrains("parent_id", "survey_id")
    def _check_parent_survey(self):
        for reason in self.filtered("parent_id"):
            if reason.parent_id.survey_id != reason.survey_id:
                raise ValidationError(
                    self.env._("A heading belongs to the same survey as its reasons.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        # Whoever deletes need not see every answer that would lose its reason.
        answers_sudo = self.env["nps.response"].sudo()
        if answers_sudo.search_count([("reason_ids", "in", self.ids)], limit=1):
            raise ValidationError(
                self.env._(
                    "Customers gave this reason, so it cannot be deleted. Archive it: "
                    "then it is not offered any more."
                )
            )

    def _copy_to(self, survey, heading=None):
        """Copy the reasons, with those below them, to another survey."""
        for reason in self:
            values = {"survey_id": survey.id, "parent_id": heading and heading.id}
            reason.child_ids._copy_to(survey, reason.copy(values))
