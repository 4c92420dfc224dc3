from odoo import api, fields, models

from .known_groups_field import READERS

CACHE = "nps_groups_made_of_answers"
"""Under which key of the cursor's cache, which ends with the transaction, they are."""


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

    # === COMPUTE METHODS === #

    @api.depends_context(*READERS)
    def _compute_tells_withheld(self):
        telling = self._telling_withheld()
        for group in self:
            group.tells_withheld = group._origin in telling

    def _search_tells_withheld(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("id", "in", self._telling_withheld().ids)]

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        groups = super().create(vals_list)
        self.env.cr.cache.pop(CACHE, None)
        return groups

    def write(self, vals):
        result = super().write(vals)
        self.env.cr.cache.pop(CACHE, None)
        return result

    def unlink(self):
        result = super().unlink()
        self.env.cr.cache.pop(CACHE, None)
        return result

    # === BUSINESS METHODS === #

    @api.model
    def _telling_withheld(self):
        """Return the groups that the user may not know, also in superuser mode."""
        if not self.env["nps.withheld.mixin"]._withheld_companies():
            return self.browse()
        cache = self.env.cr.cache
        # Every condition of every query asks, and the rules are many.
        if CACHE not in cache:
            cache[CACHE] = self._made_of_answers()
        return self.browse(cache[CACHE])

    @api.model
    def _made_of_answers(self):
        """Return the ids of groups made of answers, and of those that collect them."""
        # Which they are is to be found out of all of them.
        groups_sudo = self.sudo().with_context(active_test=False)
        telling = groups_sudo.search([("domain", "!=", False)]).filtered(
            lambda group: group._looks_at_what_was_said()
        )
        return tuple(groups_sudo.search([("id", "parent_of", telling.ids)]).ids)
