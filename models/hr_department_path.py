from odoo import api, fields, models
from odoo.exceptions import UserError


class HrDepartment(models.Model):
    """Where a department stands in the tree, for interactions to keep."""

    _inherit = "hr.department"

    nps_path_id = fields.Many2one(
        "nps.department.path",
        compute="_compute_nps_path_id",
        store=True,
        recursive=True,
        index="btree_not_null",
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )

    @api.depends("parent_id.nps_path_id")
    def _compute_nps_path_id(self):
        # Whoever reorganises the company need know nothing of this addon.
        paths_sudo = self.env["nps.department.path"].sudo()
        for department in self:
            department.nps_path_id = department._origin and paths_sudo._at(
                department.parent_id.sudo().nps_path_id, department._origin
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_the_past(self):
        """Keep a department with whose name, or below which, interactions are kept."""
        # Whoever deletes a department need not see its interactions.
        paths_sudo = self.env["nps.department.path"].sudo()
        below_sudo = paths_sudo.search(
            [
                (
                    "id",
                    "child_of",
                    paths_sudo.search([("department_id", "in", self.ids)]).ids,
                )
            ]
        )
        kept_sudo = (
            self.env["nps.invitation"]
            .sudo()
            .search([("department_path_id", "in", below_sudo.ids)], limit=1)
        )
        if kept_sudo:
            raise UserError(
                self.env._(
                    "Interactions with customers belong to “%s”, and reports tell of "
                    "the past. Archive the department instead of deleting it.",
                    kept_sudo.department_path_id.complete_name,
                )
            )
