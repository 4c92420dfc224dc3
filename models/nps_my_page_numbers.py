from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import format_date

from ..tools import intervals, metrics, showing
from .signed_number import signed

MONTHS = 12
"""How far back the trend goes."""

QUARTER = 3


class NpsMyPage(models.AbstractModel):
    """The net score, its interval and its trend: sums of the report's own counts."""

    _inherit = "nps.my.page"

    def _page_numbers(self, who, metric, days, months):
        periods = [self._period(months, back) for back in (0, 1)]
        now, before = (self._counts_between(days, *period) for period in periods)
        sides = [(metric, *side) for side in zip(periods, (now, before), strict=True)]
        return {
            "figure": self._figure(now),
            "trend": self._trend(days),
            "better": self._better(who, sides[1], sides[0]),
        }

    def _figure(self, counts):
        """Return the net score of a period in words, and what of it may be shown."""
        answers = sum(counts)
        nothing = {"score": None, "low": None, "high": None, "interval": ""}
        return {
            "answers": answers,
            "level": showing.level(answers),
            "counts": [
                {"category": category, "count": count}
                for category, count in zip(metrics.CATEGORIES, counts, strict=True)
            ],
            **(self._say_score(counts) if showing.has_number(answers) else nothing),
        }

    def _say_score(self, counts):
        low, high = intervals.net_interval(*counts)
        return {
            "score": signed(self.env, intervals.net_score(*counts)),
            "low": low,
            "high": high,
            "interval": self.env._(
                "%(low)s to %(high)s",
                low=signed(self.env, low),
                high=signed(self.env, high),
            ),
        }

    # === TREND === #

    def _trend(self, days):
        """Return the months of the last year, each as one point or with two before it.

        Months with few answers say nothing alone.
        """
        by_month = self._counts_by_month(days)
        months = list(by_month)
        shown = months[QUARTER - 1 :]
        alone = [n for month in shown if (n := sum(by_month[month]))]
        span = 1 if 2 * sum(map(showing.has_number, alone)) > len(alone) else QUARTER
        points = []
        for index in range(QUARTER - 1, len(months)):
            spanned = [by_month[m] for m in months[index + 1 - span : index + 1]]
            points.append(self._point(months[index], spanned))
        return {"span": span, "points": points if any(alone) else []}

    def _counts_by_month(self, days):
        """Return the first day of each month -> counts, also of months without any."""
        this_month = fields.Date.context_today(self).replace(day=1)
        first = this_month - relativedelta(months=MONTHS + QUARTER - 2)
        months = [
            first + relativedelta(months=number)
            for number in range(MONTHS + QUARTER - 1)
        ]
        return {
            month: self._counts_between(
                days, month, month + relativedelta(months=1, days=-1)
            )
            for month in months
        }

    def _point(self, month, spanned):
        counts = tuple(map(sum, zip(*spanned, strict=True)))
        answers = sum(counts)
        point = {
            "month": format_date(self.env, month, date_format="LLL yyyy"),
            "label": format_date(self.env, month, date_format="LLL"),
            "answers": answers,
            "value": None,
            "score": None,
        }
        if showing.has_number(answers):
            point.update(self._say_score(counts), value=intervals.net_score(*counts))
        return point
