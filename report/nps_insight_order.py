from odoo import api, models

from ..tools import ranks, showing, shrinkage


class NpsInsight(models.AbstractModel):
    """The order of the groups of a scorecard, and which of them are tied."""

    _inherit = "nps.insight"

    @api.model
    def _options_allowed(self):
        return {**super()._options_allowed(), "order": ["score", "name", "count"]}

    @api.model
    def _places(self, nodes):
        """Return path -> (Shrunken, best place, worst place, of how many).

        Groups are ranked among those with the same parent, and only those with enough
        answers for a number.
        """
        places = {}
        for siblings in self._siblings(nodes).values():
            known = [p for p in siblings if showing.has_number(nodes[p].answers)]
            drawn = shrinkage.shrink([nodes[path].bands for path in known]).groups
            for path, group, place in zip(
                known, drawn, ranks.ranks(drawn), strict=True
            ):
                places[path] = (group, *place, len(known))
        return places

    @api.model
    def _siblings(self, nodes):
        """Return parent path -> the paths below it."""
        siblings = {}
        for path in nodes:
            siblings.setdefault(path[:-1], []).append(path)
        return siblings

    @api.model
    def _ordered(self, question, nodes, places, order):
        """Return the paths from the top of the tree down, siblings in their order."""
        names = {path: self._group_label(*path[-1]) for path in nodes}
        axis = question.by

        def by(path):
            value = path[-1][1]
            if axis.is_time:
                return (not value, value or names[path])
            if order == "name":
                return self._name_order(value, names[path])
            group = (
                places[path][0].score if path in places and order == "score" else -1e9
            )
            return (-group, -nodes[path].answers, names[path].lower())

        siblings = {
            parent: sorted(children, key=by)
            for parent, children in self._siblings(nodes).items()
        }
        ordered, open_paths = [], list(reversed(siblings.get((), [])))
        while open_paths:
            path = open_paths.pop()
            ordered.append((path, names[path]))
            open_paths += reversed(siblings.get(path, []))
        return ordered

    @api.model
    def _name_order(self, value, name):
        """Return by what groups are ordered by name; hours and weekdays are by time."""
        is_empty = not value and value != 0
        is_record = isinstance(value, models.BaseModel)
        number = value if isinstance(value, int) and not is_record else 0
        return (is_empty, number, name.lower())
