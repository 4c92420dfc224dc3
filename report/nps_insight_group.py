from odoo import api, models
from odoo.fields import Domain

from .nps_insight_axes import Axis

BELOW = "group_ids:"
"""How a specification begins that groups by the groups right below another one."""


class NpsInsight(models.AbstractModel):
    """One axis for each tree of groups; its groups may overlap."""

    _inherit = "nps.insight"

    @api.model
    def _axes(self):
        roots = self.env["nps.group"].search([("parent_id", "=", False)])
        own = {
            f"group:{root.id}": Axis(root.name, (f"{BELOW}{root.id}",))
            for root in roots
        }
        return {**super()._axes(), **own}

    @api.model
    def _nodes(self, question, period=None):
        nodes = super()._nodes(question, period)
        if question.axis.startswith("group:"):
            for path in list(nodes):
                nodes.update(self._nodes_below(question, period, path))
        return nodes

    @api.model
    def _nodes_below(self, question, period, path):
        """Return path -> counts of the groups below one: each row counts once in each.

        Counted for each group on its own: the parts of an overlap add up to too much.
        """
        above, nodes = path[-1][1], {}
        if not above.has_children or f"{BELOW}{above.id}" == path[-1][0]:
            return nodes
        spec, within = f"{BELOW}{above.id}", above._subtree_domain()
        for (group,), counts in self._rows(question, (spec,), period, within):
            if group and (counts.answers or counts.invited):
                below = (*path, (spec, group))
                nodes[below] = counts
                nodes.update(self._nodes_below(question, period, below))
        return nodes

    @api.model
    def _group_label(self, spec, value):
        if spec.startswith(BELOW):
            return value.name or self.env._("In none of these groups")
        return super()._group_label(spec, value)

    @api.model
    def _group_domain(self, spec, value):
        if not spec.startswith(BELOW):
            return super()._group_domain(spec, value)
        if value:
            return value._subtree_domain()
        return ~Domain("group_ids", "child_of", int(spec.removeprefix(BELOW)))
