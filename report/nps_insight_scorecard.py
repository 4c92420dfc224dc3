from odoo import api, models
from odoo.fields import Domain

from ..tools import showing
from ..tools.counts import Counts


class NpsInsight(models.AbstractModel):
    """The scorecard: one row for each group of an axis, and the total."""

    _inherit = "nps.insight"

    @api.model
    @api.readonly
    def get_scorecard(self, domain, options=None):
        """Return the rows of a scorecard and its total.

        :param domain: what the search bar asks for
        :param dict options: see ``_options_allowed``
        """
        question, answer = self._answer(domain, options)
        rows = self._scorecard_rows(question)
        [(_values, total)] = self._rows(question, ())
        return {**answer, "rows": rows, "total": self._figure(question, total)}

    @api.model
    def _scorecard_rows(self, question):
        nodes = self._tree(question)
        return [self._scorecard_row(question, *node) for node in nodes.items()]

    @api.model
    def _tree(self, question, period=None):
        """Return path -> counts; a path is a tuple of (spec, value), from the top."""
        groupby = self._axes()[question.axis].groupby
        nodes = {}
        for values, counts in self._rows(question, groupby, period):
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
    def _scorecard_row(self, question, path, counts):
        keys = ["/".join(self._group_key(*p) for p in path[:n]) for n in (-1, None)]
        domain = Domain.AND(self._group_domain(*pair) for pair in path)
        return {
            "key": keys[1],
            "parent": keys[0],
            "level": len(path) - 1,
            "name": self._group_label(*path[-1]),
            "domain": self._for_client(self._rows_domain(question) & domain),
            **self._figure(question, counts),
        }

    @api.model
    def _figure(self, question, counts):
        """Return what may be said of counts, as numbers."""
        level = showing.level(counts.answers)
        low, high = counts.interval or (None, None)
        shown = showing.has_number(counts.answers)
        return {
            "n": counts.answers,
            "level_shown": level,
            "net": counts.net if shown else None,
            "low": low if shown else None,
            "high": high if shown else None,
            "rate": counts.rate,
        }
