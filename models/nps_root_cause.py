from odoo import api, fields, models
from odoo.exceptions import ValidationError


class NpsRootCause(models.Model):
    """Why a customer was unhappy, in our own words: what would have to change."""

    _name = "nps.root.cause"
    _description = "NPS Root Cause"
    _inherit = ["nps.two.level.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    parent_id = fields.Many2one(
        "nps.root.cause",
        string="Below",
        domain="[('parent_id', '=', False), ('id', '!=', id)]",
        ondelete="restrict",
        index="btree_not_null",
        help="The heading under which it stands. A heading is not chosen for a case.",
    )
    child_ids = fields.One2many("nps.root.cause", "parent_id", string="Causes Below")
    case_count = fields.Integer(compute="_compute_case_count")

    def _compute_case_count(self):
        counts = dict(
            self.env["nps.case"]._read_group(
                [("root_cause_id", "in", self.ids)], ["root_cause_id"], ["__count"]
            )
        )
        for cause in self:
            cause.case_count = counts.get(cause, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # Whoever deletes need not see every case that would lose its cause.
        cases_sudo = self.env["nps.case"].sudo()
        if cases_sudo.search_count([("root_cause_id", "in", self.ids)], limit=1):
            raise ValidationError(
                self.env._(
                    "Cases have this root cause, so it cannot be deleted. Archive it: "
                    "then it is not offered any more."
                )
            )
