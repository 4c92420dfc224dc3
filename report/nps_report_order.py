import re

from odoo import api, models

ORDER_PART = re.compile(r"\s*(?P<term>\S+)(\s+(?P<direction>asc|desc))?\s*", re.I)


class NpsReport(models.Model):
    """Groups in the order of their names, without joining names to a million rows.

    Odoo groups by the name too where it orders by it, so that PostgreSQL sorts all rows
    instead of counting them. There are few groups: these are put in order here.
    """

    _inherit = "nps.report"

    @api.model
    def _read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        keys = self._order_keys(order, groupby)
        if not any(self._has_name(spec) for spec, _falls in keys):
            return super()._read_group(
                domain, groupby, aggregates, having, offset, limit, order
            )
        rows = super()._read_group(domain, groupby, aggregates, having)
        self._put_in_order(rows, groupby, keys)
        # Odoo's search panel says False where it means no limit.
        return rows[offset:][: limit or None]

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        every = list(dict.fromkeys(spec for specs in grouping_sets for spec in specs))
        keys = self._order_keys(order or ",".join(every), every)
        found = super()._read_grouping_sets(
            domain, grouping_sets, aggregates, None if keys else order
        )
        for groupby, rows in zip(grouping_sets, found, strict=True):
            own = [(spec, falls) for spec, falls in keys if spec in groupby]
            self._put_in_order(rows, groupby, own)
        return found

    @api.model
    def _order_keys(self, order, groupby):
        """Return (group, whether it falls) of an order by groups; [] of any other."""
        parts = [ORDER_PART.fullmatch(part) for part in (order or "").split(",")]
        if not all(part and part["term"] in groupby for part in parts):
            return []
        if any(part["term"].endswith(":day_of_week") for part in parts):
            # Weeks begin on the day on which the user's language begins them.
            return []
        return [
            (part["term"], (part["direction"] or "").lower() == "desc")
            for part in parts
        ]

    @api.model
    def _has_name(self, spec):
        field = self._fields.get(spec)
        return field is not None and field.type in ("many2one", "many2many")

    @api.model
    def _put_in_order(self, rows, groupby, keys):
        """Sort groups in place; without a value come last, or first where it falls."""
        for spec, falls in reversed(keys):
            column = list(groupby).index(spec)
            rank = self._rank_of(spec, [row[column] for row in rows])
            rows.sort(key=lambda row, at=column, by=rank: by(row[at]), reverse=falls)

    @api.model
    def _rank_of(self, spec, values):
        """Return the function that tells the place of a value of a group."""
        if not self._has_name(spec):
            is_known = self._is_known_of(spec)
            return lambda value: (not is_known(value), is_known(value) and value)
        # Whose name one may not read, one may see at its place all the same.
        records_sudo = values[0].sudo().union(*values) if values else ()
        ordered = records_sudo and records_sudo.with_context(active_test=False).search(
            [("id", "in", records_sudo.ids)]
        )
        places = {record.id: place for place, record in enumerate(ordered)}
        return lambda record: places.get(record.id, len(places))

    @api.model
    def _is_known_of(self, spec):
        """Return the function that tells a value of a group from no value."""
        field = self._fields.get(spec.partition(":")[0])
        if field is not None and field.type == "boolean":
            return lambda value: value is not None
        return lambda value: value is not None and value is not False
