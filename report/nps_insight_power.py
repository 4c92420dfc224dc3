from datetime import timedelta
from math import ceil

from odoo import api, models
from odoo.tools import formatLang

from ..tools import power
from ..tools.counts import Counts

DAYS = {"month": 365.25 / 12, "week": 7}
STEPS_TO_SEE = (10, 5)
"""Changes of a net score of which is said how many answers they take."""
WIDEST = 200
"""No net score can change by more points."""


class NpsInsight(models.AbstractModel):
    """When will I know: what the present number of answers can show."""

    _inherit = "nps.insight"

    @api.model
    def _trend_resolution(self, question, unit, spans):
        """Return in sentences how small a change can be seen, and what it takes."""
        total = sum((counts for _span, counts in spans), Counts())
        answers = total.answers * DAYS[unit] / self._days_of(question, spans)
        variance = power.answer_variance(*total.bands)
        smallest = power.smallest_change(variance, answers, answers)
        if not smallest or smallest > WIDEST:
            return [self._say_nothing_seen()]
        return [
            self._say_smallest(unit, round(answers), ceil(smallest)),
            *(
                self._say_needed(unit, variance, points, answers)
                for points in STEPS_TO_SEE
                if points < smallest
            ),
        ]

    @api.model
    def _days_of(self, question, spans):
        if not spans:
            return 1
        (first, _end), (_start, last) = spans[0][0], spans[-1][0]
        start = max(first, question.start or first)
        end = min(last, question.end or last)
        return (end - start) / timedelta(days=1) + 1

    @api.model
    def _say_nothing_seen(self):
        return self.env._(
            "There are too few answers to tell any change from chance. Choose a longer "
            "period or fewer filters."
        )

    @api.model
    def _say_smallest(self, unit, answers, points):
        values = {"answers": self._whole(answers), "points": points}
        if unit == "week":
            return self.env._(
                "With about %(answers)s answers a week, a change below ±%(points)s "
                "points from one week to the next cannot be told from chance (80 %% "
                "power, 5 %%).",
                **values,
            )
        return self.env._(
            "With about %(answers)s answers a month, a change below ±%(points)s points "
            "from one month to the next cannot be told from chance (80 %% power, "
            "5 %%).",
            **values,
        )

    @api.model
    def _say_needed(self, unit, variance, points, answers):
        values = {
            "points": points,
            "needed": self._whole(power.answers_needed(variance, points)),
            "periods": power.periods_needed(variance, points, answers),
        }
        if unit == "week":
            return self.env._(
                "To see a change of %(points)s points takes about %(needed)s answers "
                "on each side: %(periods)s weeks compared with the %(periods)s weeks "
                "before.",
                **values,
            )
        return self.env._(
            "To see a change of %(points)s points takes about %(needed)s answers on "
            "each side: %(periods)s months compared with the %(periods)s months "
            "before.",
            **values,
        )

    @api.model
    def _whole(self, number):
        return formatLang(self.env, number, digits=0)
