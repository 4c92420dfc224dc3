from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class NpsTarget(models.Model):
    """Targets of groups of interactions."""

    _inherit = "nps.target"

    group_id = fields.Many2one(
        "nps.group",
        index="btree_not_null",
        check_company=True,
        ondelete="cascade",
        help="Whose score it is about: the interactions of a group, with all groups "
        "below. Instead of a department.",
    )

    @api.constrains("department_id", "group_id")
    def _check_one_of_both(self):
        for target in self:
            if target.department_id and target.group_id:
                raise ValidationError(
                    self.env._(
                        "A target is for a department or for a group, not for both: "
                        "take one of them away, or make a group that needs the "
                        "department."
                    )
                )

    @api.constrains("group_id")
    def _check_no_overlap_of_groups(self):
        self._check_no_overlap()

    @api.depends("group_id")
    def _compute_display_name(self):
        return super()._compute_display_name()

    @api.depends("group_id")
    def _compute_whose(self):
        return super()._compute_whose()

    def _whose(self):
        # Whoever may read a target may know whose it is.
        return self.sudo().group_id.name or super()._whose()

    def _same_leaves(self):
        return [*super()._same_leaves(), ("group_id", "=", self.group_id.id)]

    @api.model
    def _exact_domain(self, department=None, group=None):
        own = Domain("group_id", "=", group.id if group else False)
        return super()._exact_domain(department, group) & own
