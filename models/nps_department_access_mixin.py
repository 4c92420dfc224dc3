from odoo import api, fields, models


class NpsDepartmentAccessMixin(models.AbstractModel):
    """Something that belongs to a department, for the record rules of managers.

    A search field and not a list of ids in the rule: Odoo caches the domains of
    rules, and a new manager must not see his predecessor's departments.
    """

    _name = "nps.department.access.mixin"
    _description = "Belongs to a Department"

    is_in_my_departments = fields.Boolean(
        compute="_compute_is_in_my_departments",
        search="_search_is_in_my_departments",
        export_string_translation=False,
    )

    @api.depends_context("uid")
    def _compute_is_in_my_departments(self):
        mine = self.filtered_domain(self._my_departments_domain())
        for record in self:
            record.is_in_my_departments = record in mine

    def _search_is_in_my_departments(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._my_departments_domain()

    def _my_departments_domain(self):
        """Return the domain of what belongs to a department the user manages.

        Archived departments count: their past is still the manager's to see.
        """
        departments = (
            self.env["hr.department"]
            .sudo()
            .with_context(active_test=False)
            .search([("manager_id.user_id", "=", self.env.uid)])
        )
        return [("department_id", "child_of", departments.ids)]
