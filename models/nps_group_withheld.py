from odoo import api, fields, models

TELLING = {"answer_id", "response_ids", "case_ids", "is_reask"}
"""Fields of an invitation by which a rule looks at what a customer answered."""


class NpsGroup(models.Model):
    """A group made of answers tells of each interaction in it how it was answered.

    So nobody from whom answers are withheld sees such a group, or one that collects it.
    """

    _inherit = "nps.group"

    tells_withheld = fields.Boolean(
        compute="_compute_tells_withheld",
        search="_search_tells_withheld",
        export_string_translation=False,
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_tells_withheld(self):
        telling = self._telling_withheld()
        for group in self:
            group.tells_withheld = group._origin in telling

    def _search_tells_withheld(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("id", "in", self._telling_withheld().ids)]

    @api.model
    def _telling_withheld(self):
        """Return the groups that the user may not know, also in superuser mode."""
        if not self.env["nps.withheld.mixin"]._withheld_companies():
            return self.browse()
        # Which they are is to be found out of all of them.
        groups_sudo = self.sudo().with_context(active_test=False)
        telling = groups_sudo.search([("domain", "!=", False)]).filtered(
            lambda group: group._looks_at_what_was_said()
        )
        return groups_sudo.search([("id", "parent_of", telling.ids)]).sudo(self.env.su)

    def _looks_at_what_was_said(self):
        conditions = self._rule_domain().iter_conditions()
        return any(c.field_expr.split(".")[0] in TELLING for c in conditions)


class NpsInvitation(models.Model):
    """An interaction belongs to groups, some of which tell how it was answered."""

    _name = "nps.invitation"
    _inherit = ["nps.invitation", "nps.group.withheld.mixin"]
