from odoo import api, fields, models


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
