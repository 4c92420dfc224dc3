from odoo import api, models
from odoo.exceptions import ValidationError


class NpsTwoLevelMixin(models.AbstractModel):
    """A list of two levels: headings, and what stands below them.

    A model that inherits it has ``name``, ``parent_id`` and ``child_ids``.
    """

    _name = "nps.two.level.mixin"
    _description = "Heading or Below One"

    @api.constrains("parent_id")
    def _check_two_levels(self):
        for entry in self.filtered("parent_id"):
            if entry.parent_id.parent_id or entry.child_ids:
                raise ValidationError(
                    self.env._("There are two levels: a heading and what is below it.")
                )

    @api.depends("name", "parent_id.name")
    @api.depends_context("hierarchical_naming")
    def _compute_display_name(self):
        # The same key as that of departments; charts have no room for both.
        full = self.env.context.get("hierarchical_naming", True)
        for entry in self:
            names = [full and entry.parent_id.name, entry.name]
            entry.display_name = " / ".join(name for name in names if name)
