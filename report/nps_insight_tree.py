from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

from ..tools.counts import Counts

STEPS = {
    ("month", "previous"): relativedelta(months=1),
    ("month", "year"): relativedelta(years=1),
    ("week", "previous"): timedelta(weeks=1),
    ("week", "year"): timedelta(weeks=52),
}


class NpsInsight(models.AbstractModel):
    """The groups of an axis as a tree, each with the counts of all below it.

    A path is a tuple of (spec, value) pairs from the top of the tree.
    """

    _inherit = "nps.insight"

    @api.model
    def _nodes(self, question, period=None):
        """Return path -> counts of every group that was asked or answered.

        Extend it for an axis whose groups overlap within the tree.
        """
        groupby = question.by.groupby
        nodes = {}
        for values, counts in self._rows(question, groupby, period):
            if not (counts.answers or counts.invited):
                continue
            path = self._path(groupby, values)
            for level in range(len(path)):
                node = path[: level + 1]
                nodes[node] = nodes.get(node, Counts()) + counts
        return nodes

    @api.model
    def _path(self, groupby, values):
        """Return the path of a group: empty levels are left out, the last one never."""
        pairs = list(zip(groupby, values, strict=True))
        return tuple(pair for pair in pairs[:-1] if pair[1]) + (pairs[-1],)

    @api.model
    def _path_domain(self, question, path):
        """Return the domain of the rows of a group, within those of the question.

        A group in which others are collects all of theirs. One of the last level has
        only its own rows: those that have no value where its path leaves a level out.
        """
        groupby = question.by.groupby
        domain = Domain.AND(self._group_domain(*step) for step in path)
        if not path or path[-1][0] != groupby[-1]:
            return domain
        left_out = set(groupby) - {spec for spec, _value in path}
        return domain & Domain.AND(Domain(spec, "=", False) for spec in left_out)

    @api.model
    def _nodes_before(self, question, nodes):
        """Return path -> counts of the same groups in the period compared with.

        A month or week is compared with the one before, or with that of a year before.
        """
        if not question.before:
            return {}
        earlier = self._nodes(question, question.before)
        axis = question.by
        if not axis.is_time:
            return earlier
        for path, counts in nodes.items():
            earlier[path] = earlier.get(path, Counts()) + counts
        return {
            path: earlier.get(self._shifted(path, question.compare), Counts())
            for path in nodes
        }

    @api.model
    def _shifted(self, path, compare):
        """Return the path of the month or week that one is compared with."""
        ((spec, first),) = path
        if not first:
            return path
        return ((spec, first - STEPS[spec.partition(":")[2], compare]),)

    @api.model
    def _total(self, question, nodes, period=None):
        """Return the counts of all rows: each counts once, in however many groups."""
        if self._overlaps(question):
            [(_values, total)] = self._rows(question, (), period)
            return total
        roots = [counts for path, counts in nodes.items() if len(path) == 1]
        return sum(roots, Counts())

    @api.model
    def _overlaps(self, question):
        """Tell whether a row may be in several groups of the axis."""
        fields = self.env["nps.report"]._fields
        groupby = question.by.groupby
        return any(fields[spec.split(":")[0]].type == "many2many" for spec in groupby)
