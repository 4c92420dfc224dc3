from odoo import models


class HrDepartment(models.Model):
    """Who leads a department, and those above it."""

    _inherit = "hr.department"

    def _nps_managers_up(self):
        """Return the users who lead this department and those above it, from below.

        Who left is passed over. Empty when nobody leads any of them.
        """
        managers = self.env["res.users"]
        # The tree is what it is, whoever looks.
        department_sudo = self.sudo()
        while department_sudo:
            managers |= department_sudo.manager_id.filtered("active").user_id
            department_sudo = department_sudo.parent_id
        return managers
