from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools import intervals, metrics, showing
from .signed_number import signed

COUNTS = ("promoters", "passives", "detractors")
MONTHS = 12
"""How far back the trend goes."""

QUARTER = 3


class NpsMyPage(models.AbstractModel):
    """The net score, its interval and its trend; the report's own numbers."""

    _inherit = "nps.my.page"

    def _page_numbers(self, answers, months):
        now = answers & self._period(months)
        before = answers & self._period(months, back=1)
        return {
            "figure": self._figure(now),
            "trend": self._trend(answers),
            "better": self._better(now, before),
        }

    def _figure(self, domain):
        """Return the net score of a period in words, and what of it may be shown."""
        names = [f"{name}:sum" for name in COUNTS]
        names += ["net_score:avg", "net_low:avg", "net_high:avg"]
        [(*counts, score, low, high)] = self.env["nps.report"]._read_group(
            domain, [], names
        )
        counts = [count or 0 for count in counts]
        answers = sum(counts)
        return {
            "answers": answers,
            "level": showing.level(answers),
            "counts": [
                {"category": category, "count": count}
                for category, count in zip(metrics.CATEGORIES, counts, strict=True)
            ],
            **(
                self._say_score(score, low, high)
                if showing.has_number(answers)
                else {"score": None, "low": None, "high": None, "interval": ""}
            ),
        }

    def _say_score(self, score, low, high):
        return {
            "score": signed(self.env, score),
            "low": low,
            "high": high,
            "interval": self.env._(
                "%(low)s to %(high)s",
                low=signed(self.env, low),
                high=signed(self.env, high),
            ),
        }

    # === TREND === #

    def _trend(self, answers):
        """Return the months of the last year, each as one point or with two before it.

        Months with few answers say nothing alone.
        """
        by_month = self._counts_by_month(answers)
        months = list(by_month)
        shown = months[QUARTER - 1 :]
        alone = [n for month in shown if (n := sum(by_month[month]))]
        span = 1 if 2 * sum(map(showing.has_number, alone)) > len(alone) else QUARTER
        points = []
        for index in range(QUARTER - 1, len(months)):
            spanned = [by_month[m] for m in months[index + 1 - span : index + 1]]
            points.append(self._point(months[index], spanned))
        return {"span": span, "points": points if any(alone) else []}

    def _counts_by_month(self, answers):
        """Return the first day of each month -> counts, also of months without any."""
        this_month = fields.Date.context_today(self).replace(day=1)
        first = this_month - relativedelta(months=MONTHS + QUARTER - 2)
        groups = self.env["nps.report"]._read_group(
            answers & Domain("local_date", ">=", first),
            ["local_date:month"],
            [f"{name}:sum" for name in COUNTS],
        )
        found = {month: counts for month, *counts in groups}
        months = [
            first + relativedelta(months=number)
            for number in range(MONTHS + QUARTER - 1)
        ]
        return {month: found.get(month, (0, 0, 0)) for month in months}

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
            score = intervals.net_score(*counts)
            point.update(
                self._say_score(score, *intervals.net_interval(*counts)), value=score
            )
        return point
