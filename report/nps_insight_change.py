from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain

from ..models.signed_number import signed
from ..tools import change, showing, verdicts
from ..tools.counts import Counts
from ..tools.differences import net_difference


class Pair(NamedTuple):
    """One group of an axis in two periods.

    :param key: what tells it from the others; None: several small groups together
    :param name: what it is called
    :param extra: the domain of its rows, within those of the question
    """

    key: str
    name: str
    extra: Domain
    before: Counts
    now: Counts

    @property
    def bands(self):
        """What :func:`~.tools.change.split` takes."""
        return self.before.bands, self.now.bands

    @property
    def is_small(self):
        """Whether no score of it may be shown in either period."""
        return not any(showing.has_number(c.answers) for c in (self.before, self.now))


class NpsInsight(models.AbstractModel):
    """Why the net score moved: the groups' own scores, or their shares."""

    _inherit = "nps.insight"

    @api.model
    @api.readonly
    def get_change(self, domain, options=None):
        """Return the change against the period before, split exactly by an axis.

        :param domain: what the search bar asks for
        :param dict options: see ``_options_allowed``
        """
        question, answer = self._answer(domain, options)
        obstacle = self._why_not_split(question)
        if obstacle:
            return {**answer, **obstacle, "rows": []}
        pairs = self._pairs(question)
        before = sum((pair.before for pair in pairs), Counts())
        now = sum((pair.now for pair in pairs), Counts())
        total = {"before": self._say_figure(before), "now": self._say_figure(now)}
        obstacle = self._why_too_few(before, now)
        if obstacle:
            return {**answer, **obstacle, "rows": [], "total": total}
        split = change.split([pair.bands for pair in pairs])
        sure = self._say_verdict(net_difference(before.bands, now.bands).p_value)
        rows = self._change_rows(question, pairs, split)
        return {
            **answer,
            "obstacle": "",
            "total": {**total, **self._say_part(split), "sure": sure},
            "rows": rows,
            "sentences": self._change_sentences(question, total, split, sure, rows),
            "warning": self._change_warning(split),
            "method": self._method_of_tab(
                question, answer["method"], self._change_method()
            ),
        }

    # === GROUPS === #

    @api.model
    def _pairs(self, question):
        """Return the groups with their counts in both periods.

        Groups of which no score may be shown go together: they would only be many.
        """
        sides = [self._groups(question, p) for p in (question.before, question.period)]
        depth = self._depth({path for side in sides for path in side})
        sides = [self._at_depth(side, depth) for side in sides]
        pairs = [
            Pair(
                key="/".join(self._group_key(*step) for step in path),
                name=self._group_label(*path[-1]),
                extra=self._path_domain(question, path),
                before=sides[0].get(path, Counts()),
                now=sides[1].get(path, Counts()),
            )
            for path in dict.fromkeys([*sides[1], *sides[0]])
        ]
        return self._small_together([p for p in pairs if any(sum(p.bands, ()))])

    @api.model
    def _groups(self, question, period):
        """Return path -> counts; a path is a tuple of (spec, value), from the top."""
        groupby = question.by.groupby
        return {
            self._path(groupby, values): counts
            for values, counts in self._rows(question, groupby, period)
        }

    @api.model
    def _depth(self, paths):
        """Return how many steps down a tree first parts: one company is no split."""
        deepest = max(map(len, paths), default=1)
        parted = (d for d in range(1, deepest) if len({p[:d] for p in paths}) > 1)
        return next(parted, deepest)

    @api.model
    def _at_depth(self, groups, depth):
        together = {}
        for path, counts in groups.items():
            together[path[:depth]] = together.get(path[:depth], Counts()) + counts
        return together

    @api.model
    def _small_together(self, pairs):
        small = [pair for pair in pairs if pair.is_small]
        if len(small) < 2:
            return pairs
        together = Pair(
            key=None,
            name=self.env._("%s groups with fewer than ten answers", len(small)),
            extra=Domain.OR(pair.extra for pair in small),
            before=sum((pair.before for pair in small), Counts()),
            now=sum((pair.now for pair in small), Counts()),
        )
        return [*(pair for pair in pairs if not pair.is_small), together]

    # === ROWS === #

    @api.model
    def _change_rows(self, question, pairs, split):
        """Return a row for each group, what moved the total most first."""
        chances = verdicts.adjusted([self._own_chance(pair) for pair in pairs])
        rows = [
            {
                "key": pair.key or "small",
                "name": pair.name,
                "before": self._say_figure(pair.before),
                "now": self._say_figure(pair.now),
                **self._say_part(part),
                "sure": self._say_verdict(p),
                "domain": self._domain_of_answers(question, extra=pair.extra),
            }
            for pair, part, p in zip(pairs, split.parts, chances, strict=True)
        ]
        return sorted(rows, key=lambda row: (-abs(row["points"]), row["name"]))

    @api.model
    def _own_chance(self, pair):
        if not all(showing.has_number(c.answers) for c in (pair.before, pair.now)):
            return None
        return net_difference(*pair.bands).p_value

    @api.model
    def _say_part(self, part):
        """Return what a part adds, as numbers and in words."""
        return {
            name: value
            for key in ("points", "mix", "rate")
            for name, value in (
                (key, getattr(part, key)),
                (f"{key}_text", signed(self.env, getattr(part, key), 1)),
            )
        }
