from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

TREE = "tree"
"""What stands behind the colon for groups of all levels at once."""


class NpsReport(models.Model):
    """Groups by the groups of one axis: ``group_ids:<id of the axis>``.

    A row counts once in each group right below the axis, in however many of the groups
    further below it is; of an axis without groups below it, in the axis itself. By
    ``group_ids:tree`` it counts once in each group of whichever level.
    """

    _inherit = "nps.report"

    def _read_group_groupby(self, alias, groupby_spec, query):
        name, _sep, axis = groupby_spec.partition(":")
        if name != "group_ids" or not axis:
            return super()._read_group_groupby(alias, groupby_spec, query)
        joined = query.make_alias(alias, f"group_ids_{axis}")
        query.add_join(
            "LEFT JOIN",
            joined,
            self._memberships(axis),
            SQL(
                "%s = %s",
                SQL.identifier(joined, "invitation_id"),
                SQL.identifier(alias, "id"),
            ),
        )
        return SQL.identifier(joined, "group_id")

    def _read_group_orderby(self, order, groupby_terms, query):
        # Odoo's orders know no number behind the colon; who asks sorts by himself.
        known = {
            spec: term
            for spec, term in groupby_terms.items()
            if not spec.startswith("group_ids:")
        }
        result = super()._read_group_orderby(order, known, query)
        groupby_terms.update(known)
        return result

    def _read_group_empty_value(self, spec):
        if spec.startswith("group_ids:"):
            return self.env["nps.group"]
        return super()._read_group_empty_value(spec)

    @api.model
    def _memberships(self, axis):
        """Return the query of who is in which group.

        :param str axis: ``tree``, or the id of a group: of those right below it
        """
        found = self._groups_above() if axis == TREE else self._groups_below(int(axis))
        pairs = SQL(", ").join(
            SQL("(%s, %s)", leaf_id, group_id) for leaf_id, group_id in [(0, 0), *found]
        )
        return SQL(
            "(SELECT DISTINCT rel.invitation_id, below.group_id"
            "  FROM nps_group_invitation_rel rel"
            "  JOIN (VALUES %s) AS below (leaf_id, group_id)"
            "    ON below.leaf_id = rel.group_id)",
            pairs,
        )

    @api.model
    def _groups_below(self, axis_id):
        """Return (id of a group that may have members, id of the one that counts)."""
        groups = self.env["nps.group"].with_context(active_test=False)
        below = groups.search([("id", "child_of", axis_id)])
        if len(below) == 1:
            return [(below.id, below.id)]
        tops = below.filtered(lambda group: group.parent_id.id == axis_id)
        return [
            (group.id, top.id)
            for top in tops
            for group in below
            if group.parent_path.startswith(top.parent_path)
        ]

    @api.model
    def _groups_above(self):
        """Return (id of a group, id of it or of one above it), of all groups."""
        groups = (
            self.env["nps.group"].with_context(active_test=False).search(Domain.TRUE)
        )
        return [
            (group.id, int(above))
            for group in groups
            for above in group.parent_path.split("/")[:-1]
        ]
