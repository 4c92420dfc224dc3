from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain

from ..tools.counts import Counts
from .nps_insight_rows import BANDS


class Factor(NamedTuple):
    """Something known of an interaction that may go with a better or worse score.

    :param field: name of a field of ``nps.report`` that is grouped by
    :param is_ordered: whether its groups have an order, as bands of hours do
    """

    field: str
    is_ordered: bool = False


class NpsInsight(models.AbstractModel):
    """What may go with a score, counted in one query."""

    _inherit = "nps.insight"

    @api.model
    def _factors(self):
        """Return the :class:`Factor` list; extend it to add some.

        A group without a value is what is not known: it is left out.
        """
        return [
            Factor("hours_open_band", is_ordered=True),
            Factor("was_late"),
            Factor("was_reopened"),
            Factor("customer_kind"),
            Factor("day_part"),
            Factor("weekday"),
            Factor("hours_to_answer_band", is_ordered=True),
        ]

    @api.model
    def _factor_label(self, factor):
        return (
            self.env["nps.report"]._fields[factor.field]._description_string(self.env)
        )

    @api.model
    def _factor_groups(self, question, factors):
        """Return field -> list of (value, counts), in the order of the values."""
        rows = self._rows_domain(question)
        answers = rows & Domain("category", "!=", False)
        if question.counting == "latest":
            answers &= Domain("id", "in", self._latest_answers(rows))
        found = self.env["nps.report"]._read_grouping_sets(
            answers, [[factor.field] for factor in factors], BANDS
        )
        return {
            factor.field: self._in_order(
                factor, [(value, Counts(*bands)) for value, *bands in groups]
            )
            for factor, groups in zip(factors, found, strict=True)
        }

    @api.model
    def _in_order(self, factor, groups):
        """Return the groups of which the value is known, as the field orders them."""
        field = self.env["nps.report"]._fields[factor.field]
        known = [pair for pair in groups if pair[0] or field.type == "boolean"]
        known = [pair for pair in known if pair[0] is not None]
        if field.type != "selection":
            return sorted(known, key=lambda pair: str(pair[0]))
        keys = [key for key, _label in field._description_selection(self.env)]
        return sorted(known, key=lambda pair: keys.index(pair[0]))

    @api.model
    def _factor_value_label(self, factor, value):
        if isinstance(value, bool):
            label = self._factor_label(factor)
            if value:
                return self.env._("%s: yes", label)
            return self.env._("%s: no", label)
        return self._group_label(factor.field, value)
