from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain

from ..tools.counts import Counts
from .nps_insight_rows import BANDS


class Factor(NamedTuple):
    """Something known of an interaction that may go with a better or worse score.

    :param field: name of a field of ``nps.report`` that is grouped by
    :param is_ordered: whether its groups have an order, as bands of hours do
    :param known_by: name of a field that is empty where this one is not known: for a
        checkbox, of which Odoo takes "not known" for "no"
    """

    field: str
    is_ordered: bool = False
    known_by: str = ""

    @property
    def groupby(self):
        """What its answers are grouped by."""
        return [self.field, self.known_by] if self.known_by else [self.field]

    @property
    def known(self):
        """The domain of the rows of which it is known."""
        return Domain(self.known_by or self.field, "!=", False)


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
            Factor("was_late", known_by="hours_open_band"),
            Factor("was_reopened", known_by="hours_open_band"),
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
            answers, [factor.groupby for factor in factors], BANDS
        )
        return {
            factor.field: self._in_order(factor, _known_groups(factor, groups))
            for factor, groups in zip(factors, found, strict=True)
        }

    @api.model
    def _in_order(self, factor, groups):
        """Return the groups as the field orders them."""
        field = self.env["nps.report"]._fields[factor.field]
        if field.type != "selection":
            return sorted(groups, key=lambda pair: str(pair[0]))
        keys = [key for key, _label in field._description_selection(self.env)]
        return sorted(groups, key=lambda pair: keys.index(pair[0]))

    @api.model
    def _factor_value_label(self, factor, value):
        if isinstance(value, bool):
            label = self._factor_label(factor)
            if value:
                return self.env._("%s: yes", label)
            return self.env._("%s: no", label)
        return self._group_label(factor.field, value)


def _known_groups(factor, groups):
    """Return (value, counts) of each value that is known."""
    counted = {}
    for group in groups:
        # The last thing that it is grouped by tells whether it is known.
        value, known = group[0], group[len(factor.groupby) - 1]
        if known:
            counts = Counts(*group[-len(BANDS) :])
            counted[value] = counted.get(value, Counts()) + counts
    return list(counted.items())
