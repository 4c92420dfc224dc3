from odoo import models
from odoo.fields import Domain


class NpsCustomerAccessMixin(models.AbstractModel):
    """Something about a customer, who belongs to all departments that dealt with him.

    Who dealt with him stands on his invitations, frozen: a manager keeps what was his.
    """

    _name = "nps.customer.access.mixin"
    _description = "Belongs to the Departments of a Customer"
    _inherit = ["nps.department.access.mixin"]

    def _compute_is_in_my_departments(self):
        mine = self.search(
            [("id", "in", self.ids), ("is_in_my_departments", "in", [True])]
        )
        for record in self:
            record.is_in_my_departments = record in mine

    def _my_departments_domain(self):
        """Return the domain of the customers with whom the user's departments dealt."""
        # What a manager may know of a customer follows from all his invitations.
        invitations_sudo = self.env["nps.invitation"].sudo()
        dealt = invitations_sudo._my_departments_domain()
        dealt = Domain(dealt) | Domain("user_id", "=", self.env.uid)
        dealt &= Domain("company_id", "in", self.env.companies.ids)
        query = invitations_sudo._search(dealt)
        columns = [
            invitations_sudo._field_to_sql(query.table, name, query)
            for name in ("partner_id", "commercial_partner_id")
        ]
        return Domain.OR(
            Domain("partner_id", "in", query.subselect(column)) for column in columns
        )
