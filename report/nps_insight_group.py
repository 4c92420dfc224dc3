from odoo import api, models
from odoo.fields import Domain

from .nps_insight_axes import Axis
from .nps_report_group_axis import TREE

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
            nodes.update(self._nodes_below(question, period, nodes))
        return nodes

    @api.model
    def _nodes_below(self, question, period, tops):
        """Return path -> counts of the groups below some: each row counts once in each.

        All levels in one query, and each group on its own: the parts of an overlap add
        up to too much.

        :param tops: path -> counts of the groups right below the axis
        """
        paths = {path[-1][1]: path for path in tops}
        above = [group.id for group in paths if group.has_children]
        if not above:
            return {}
        nodes = {}
        within = Domain("group_ids", "child_of", above)
        counted = dict(self._rows(question, (f"{BELOW}{TREE}",), period, within))
        every = self.env["nps.group"].union(*(group for (group,) in counted))
        for group in every.sorted(lambda group: group.parent_path.count("/")):
            counts, parent = counted[group,], group.parent_id
            if group in paths or parent not in paths or not parent.has_children:
                continue
            if counts.answers or counts.invited:
                paths[group] = (*paths[parent], (f"{BELOW}{parent.id}", group))
                nodes[paths[group]] = counts
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
