from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools import reporting_periods

DATE_FIELDS = ("local_date", "picked_at")
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
"""Days of one's own lie between these: what is compared with them has to be a date."""


class NpsInsight(models.AbstractModel):
    """The period of a question, and the one that it is compared with."""

    _inherit = "nps.insight"

    @api.model
    def _period_keys(self):
        """Return the keys of the periods, the default first."""
        default = reporting_periods.DEFAULT
        return sorted(reporting_periods.PERIODS, key=lambda key: key != default)

    @api.model
    def _period_labels(self):
        labels = {
            "this_month": self.env._("This month"),
            "last_month": self.env._("Last month"),
            "this_quarter": self.env._("This quarter"),
            "last_quarter": self.env._("Last quarter"),
            "this_year": self.env._("This year"),
            "last_year": self.env._("Last year"),
            "30_days": self.env._("Last 30 days"),
            "90_days": self.env._("Last 90 days"),
            "6_months": self.env._("Last 6 months"),
            "12_months": self.env._("Last 12 months"),
            "all": self.env._("All time"),
        }
        return [(key, labels[key]) for key in reporting_periods.PERIODS]

    @api.model
    def _compare_labels(self):
        labels = {
            "previous": self.env._("Period before"),
            "year": self.env._("A year before"),
            False: self.env._("No comparison"),
        }
        return list(labels.items())

    @api.model
    def _period_days(self, period):
        """Return the first and the last day of a period, or (None, None) for all.

        :raise UserError: the days are no dates, or the first is after the last, or they
            are farther away than any interaction
        """
        if not isinstance(period, dict):
            today = fields.Date.context_today(self)
            return reporting_periods.period(period, today)
        try:
            start, end = (fields.Date.to_date(period[day]) for day in ("start", "end"))
        except (KeyError, ValueError, TypeError):
            start = end = None
        if not start or not end or start > end:
            raise UserError(
                self.env._("Choose a first and a last day, the first one earlier.")
            )
        if start < FIRST_DAY or end > LAST_DAY:
            raise UserError(
                self.env._(
                    "Choose days from %(first)s to %(last)s.",
                    first=format_date(self.env, FIRST_DAY),
                    last=format_date(self.env, LAST_DAY),
                )
            )
        return start, end

    @api.model
    def _days_before(self, domain, compare, start, end):
        """Return the (start, end) of the period to compare with, or None."""
        if not compare or not start or self._limits_dates(domain):
            return None
        if compare == "year":
            return reporting_periods.year_before(start, end)
        return reporting_periods.before(start, end)

    @api.model
    def _limits_dates(self, domain):
        """Tell whether the search bar asks for days itself."""
        return any(
            condition.field_expr.split(".")[0] in DATE_FIELDS
            for condition in domain.iter_conditions()
        )

    @api.model
    def _why_not_compared(self, domain, chosen, question):
        """Return in words why a wanted comparison is missing, or ""."""
        if not chosen["compare"] or question.before:
            return ""
        if self._limits_dates(domain):
            return self.env._(
                "Not compared: your search limits the dates itself. Remove its date "
                "filter and choose a period here instead."
            )
        if question.start:
            return self.env._(
                "Not compared: the periods overlap, so that answers would be compared "
                "with themselves. Choose at most a year, or compare with the period "
                "before."
            )
        return self.env._("Not compared: nothing lies before all time.")

    @api.model
    def _period_in_words(self, period):
        """Return a dict of the days of a period and its label."""
        start, end = period
        if not start:
            return {"start": False, "end": False, "label": self.env._("All time")}
        return {
            "start": fields.Date.to_string(start),
            "end": fields.Date.to_string(end),
            "label": self.env._(
                "%(start)s to %(end)s",
                start=format_date(self.env, start),
                end=format_date(self.env, end),
            ),
        }
