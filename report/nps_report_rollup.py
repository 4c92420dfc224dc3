from odoo import api, models

from ..tools import intervals, rollup
from .nps_report_interval import LOW


class NpsReport(models.Model):
    """A pivot's levels, counted once.

    PostgreSQL counts GROUPING SETS one row after the other on one processor. Here it
    counts the smallest groups, on all of them, and these are added up: never averaged,
    since of each average the sum and the number of values are read.
    """

    _inherit = "nps.report"

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        every = list(dict.fromkeys(spec for specs in grouping_sets for spec in specs))
        parts = self._parts_of(aggregates)
        rows = []
        if parts and not order and self._adds_up(every, grouping_sets):
            rows = self._read_group(domain, every, parts)
        if not rows:
            return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)
        smallest = [(row[: len(every)], _numbers(row[len(every) :])) for row in rows]
        return [
            self._groups(
                rollup.roll_up(smallest, [every.index(spec) for spec in groupby]),
                aggregates,
                parts,
            )
            for groupby in grouping_sets
        ]

    @api.model
    def _adds_up(self, every, grouping_sets):
        """Tell whether the smallest groups add up to all others.

        They do not where an interaction belongs to two groups, as it may behind a path,
        and where nobody asked for them they may be too many. Weekdays have an order of
        their own.
        """
        names = [spec.partition(":")[0] for spec in every]
        is_plain = all(
            name in self._fields and self._fields[name].type != "many2many"
            for name in names
        )
        has_weekdays = any(spec.endswith(":day_of_week") for spec in every)
        return is_plain and not has_weekdays and set(every) in map(set, grouping_sets)

    @api.model
    def _groups(self, rows, aggregates, parts):
        """Return the rows of a grouping as Odoo does, from what was added up."""
        sums = [dict(zip(parts, numbers, strict=True)) for _values, numbers in rows]
        columns = [
            self._read_group_postprocess_aggregate(
                spec, [self._whole(spec, known) for known in sums]
            )
            for spec in aggregates
        ]
        values = [values for values, _numbers in rows]
        return [
            (*group, *numbers)
            for group, numbers in zip(values, zip(*columns, strict=True), strict=True)
        ]

    @api.model
    def _parts_of(self, aggregates):
        """Return what has to be added up for some aggregates, or None."""
        parts = []
        for spec in aggregates:
            name, _sep, how = spec.partition(":")
            if spec in self._interval_ends():
                parts += [f"{part}:sum" for part in self._interval_ends()[spec][1]]
            elif how == "avg":
                parts += [f"{name}:sum", f"{name}:count"]
            elif how == "sum" or spec == "__count":
                parts.append(spec)
            else:
                return None
        return list(dict.fromkeys(parts))

    @api.model
    def _whole(self, spec, sums):
        """Return an aggregate of a group from what was added up for it, or None."""
        if spec in self._interval_ends():
            end, counts = self._interval_ends()[spec]
            return _end(end, *(sums[f"{part}:sum"] for part in counts))
        name, _sep, how = spec.partition(":")
        if how != "avg":
            return sums[spec]
        count = sums[f"{name}:count"]
        return sums[f"{name}:sum"] / count if count else None


def _numbers(values):
    """Return what Odoo read as the database holds it: nothing is None."""
    return [None if value is False else value for value in values]


def _end(end, promoters, answers, detractors):
    """Return an end of the interval, or None where there are too few answers."""
    if (answers or 0) < intervals.FEWEST_FOR_WALD:
        return None
    passives = answers - promoters - detractors
    low, high = intervals.adjusted_wald(promoters, passives, detractors)
    return low if end == LOW else high
