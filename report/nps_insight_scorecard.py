from odoo import api, models
from odoo.fields import Domain

from ..tools import figures, verdicts
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
        :return: what ``_answer`` returns, and ``rows`` from the top of the tree down,
            ``total``, ``is_tree``, ``is_time``, ``shown_share`` (what the best band is
            called, False for NPS)
        """
        question, answer = self._answer(domain, options)
        nodes = self._nodes(question)
        before = self._nodes_before(question, nodes)
        rows = self._scorecard_rows(question, nodes, before, answer["options"])
        total = self._scorecard_total(question, nodes, before)
        self._decorate_rows(question, [*rows, total])
        return {
            **answer,
            "rows": rows,
            "total": total,
            "is_tree": any(row["depth"] for row in rows),
            "is_time": question.by.is_time,
            "shown_share": question.metric != "nps"
            and self._band_labels(question.metric)[0],
        }

    @api.model
    def _decorate_rows(self, question, rows):
        """Add to the rows what else is known of their groups; extend it.

        A row knows its groups as ``groups``, a list of (spec, value) from the top, with
        ids for records; the last row is the total, without any. Marks to be drawn on
        the axis of the score go into ``marks``, a list of dicts with ``value``
        (−100…100) and ``label``.

        :param rows: list of dicts, changed in place
        """

    # === ROWS === #

    @api.model
    def _scorecard_rows(self, question, nodes, before, options):
        places = {} if question.by.is_time else self._places(nodes)
        ordered = self._ordered(question, nodes, places, options["order"])
        rows = [
            {
                **self._row_head(question, path, name),
                **figures.figure(question.metric, nodes[path]),
                **self._row_place(places.get(path)),
            }
            for path, name in ordered
        ]
        sides = [(before.get(path, Counts()), nodes[path]) for path, _name in ordered]
        self._add_changes(question, rows, sides)
        return rows

    @api.model
    def _row_head(self, question, path, name):
        keys = [self._group_key(*pair) for pair in path]
        return {
            "key": "/".join(keys),
            "parent": "/".join(keys[:-1]),
            "depth": len(path) - 1,
            "name": name,
            "groups": [(spec, self._group_value(value)) for spec, value in path],
            "domain": self._answers_domain(question, path),
            "marks": [],
        }

    @api.model
    def _answers_domain(self, question, path):
        """Return the domain of the answers of a group, for the web client."""
        groups = self._path_domain(question, path)
        answered = Domain("category", "!=", False)
        return self._for_client(self._rows_domain(question) & groups & answered)

    @api.model
    def _row_place(self, place):
        """Return the shrunken score of a row and which places it may have."""
        if not place:
            return {"shrunken": None, "best": None, "worst": None, "of": None}
        group, best, worst, total = place
        return {"shrunken": group.score, "best": best, "worst": worst, "of": total}

    # === CHANGES === #

    @api.model
    def _add_changes(self, question, rows, sides):
        """Add to each row how it moved, and what may be said of all of them at once."""
        if not question.before:
            for row in rows:
                row["change"] = None
            return
        moved = [figures.change(*side) for side in sides]
        said = verdicts.verdicts([difference for _shown, difference in moved])
        labels = self._verdict_labels()
        for row, (shown, _difference), verdict in zip(rows, moved, said, strict=True):
            row["change"] = {**shown, "verdict": verdict, "label": labels[verdict]}

    @api.model
    def _verdict_labels(self):
        return {
            verdicts.REAL: self.env._("real"),
            verdicts.PROBABLE: self.env._("probably real"),
            verdicts.NOISE: self.env._("could be noise"),
            verdicts.FEW: self.env._("too few to say"),
        }

    # === TOTAL === #

    @api.model
    def _scorecard_total(self, question, nodes, before):
        """Return the row of the total: of its answers, never of the rows' scores."""
        counts = self._total(question, nodes)
        total = {
            "key": "total",
            "parent": "",
            "depth": 0,
            "name": self.env._("Total"),
            "groups": [],
            "domain": self._answers_domain(question, ()),
            "marks": [],
            **figures.figure(question.metric, counts),
            **self._row_place(None),
        }
        self._add_changes(
            question, [total], [(self._total_before(question, before), counts)]
        )
        return total

    @api.model
    def _total_before(self, question, before):
        if not question.before:
            return Counts()
        # The months before are not the period before: they are counted once more.
        if question.by.is_time:
            [(_values, total)] = self._rows(question, (), question.before)
            return total
        return self._total(question, before, question.before)
