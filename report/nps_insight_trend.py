from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ..tools.counts import Counts
from .nps_insight_axes import STEPS

UNITS = ("month", "week")
DAY = timedelta(days=1)


class NpsInsight(models.AbstractModel):
    """The trend: one point for each month or week, and what stands out."""

    _inherit = "nps.insight"

    @api.model
    def _options_allowed(self):
        return {**super()._options_allowed(), "unit": list(UNITS)}

    @api.model
    @api.readonly
    def get_trend(self, domain, options=None):
        """Return the net score over the period, month by month or week by week.

        :param domain: what the search bar asks for
        :param dict options: see ``_options_allowed``
        """
        question, answer = self._answer(domain, options)
        unit = answer["options"]["unit"]
        spans = self._trend_spans(question, unit)
        points = [self._trend_point(question, unit, *pair) for pair in spans]
        return {
            **answer,
            "unit": unit,
            "points": points,
            "lines": self._trend_lines(question),
            "marks": self._mark_points(points, [counts for _span, counts in spans]),
            "verdict": self._trend_verdict(question, unit, spans),
            "resolution": self._trend_resolution(question, unit, spans),
            **self._trend_lacks(unit),
            "method": self._method_of_tab(
                question, answer["method"], *self._trend_method(question)
            ),
        }

    # === HOOKS === #

    @api.model
    def _trend_lines(self, question):
        """Return lines to draw across the trend; extend it to add some.

        :return: a list of dicts: ``name``; ``value``, a net score; ``kind``,
            ``target`` or ``benchmark``; ``from`` and ``to``, days as text or False
        """
        return []

    # === POINTS === #

    @api.model
    def _trend_spans(self, question, unit):
        """Return ((first day, last day), counts), also of months without any answer."""
        rows = self._rows(question, (f"local_date:{unit}",))
        found = {first: counts for (first,), counts in rows if first}
        if not found:
            return []
        step = STEPS[unit]
        first, last = min(found), max(found)
        while question.start and first > question.start:
            first -= step
        while question.end and last + step <= question.end:
            last += step
        spans = []
        while first <= last:
            spans.append(((first, first + step - DAY), found.get(first, Counts())))
            first += step
        return spans

    @api.model
    def _trend_point(self, question, unit, span, counts):
        """Return one point; within the period, even if the month began before it."""
        start = max(span[0], question.start or span[0])
        end = min(span[1], question.end or span[1])
        name = self._trend_name(unit, span, (start, end))
        figure = self._say_figure(counts)
        return {
            "key": fields.Date.to_string(span[0]),
            "start": fields.Date.to_string(start),
            "end": fields.Date.to_string(end),
            "name": name,
            "label": self._trend_label(unit, span[0]),
            "title": self._trend_title(name, figure),
            "domain": self._domain_of_answers(question, (start, end)),
            "mark": None,
            **figure,
        }

    @api.model
    def _trend_name(self, unit, span, part):
        name = self._days_label(span[0], unit)
        if part == span:
            return name
        return self.env._("%s (not all of it)", name)

    @api.model
    def _trend_label(self, unit, first):
        if unit == "week":
            return format_date(self.env, first, date_format="d MMM")
        if first.month == 1:
            return format_date(self.env, first, date_format="yyyy")
        return format_date(self.env, first, date_format="LLL")

    @api.model
    def _trend_title(self, name, figure):
        if figure["score"] is None:
            return self.env._(
                "%(name)s: %(answers)s answers, too few for a score",
                name=name,
                answers=figure["answers"],
            )
        return self.env._(
            "%(name)s: %(score)s (%(interval)s), %(answers)s answers",
            name=name,
            score=figure["score"],
            interval=figure["interval"],
            answers=figure["answers"],
        )

    @api.model
    def _trend_lacks(self, unit):
        """Return what to say where there is nothing to draw."""
        if unit == "week":
            few = self.env._(
                "No week has ten answers, which a score needs. Look at months instead, "
                "or choose fewer filters."
            )
        else:
            few = self.env._(
                "No month has ten answers, which a score needs. Choose fewer filters, "
                "or look at the scorecard for the whole period."
            )
        empty = self.env._(
            "No answers in this period. Choose a longer one or fewer filters."
        )
        return {"few": few, "empty": empty}

    @api.model
    def _trend_method(self, question):
        lines = [
            self.env._(
                "Trend: least squares over the answers, weighted by their number, "
                "widened where months swing more than chance (Cochran 1954). What "
                "stands out differs from all the rest together, corrected for looking "
                "at so many (Benjamini-Hochberg)."
            )
        ]
        if question.counting == "latest":
            lines.append(
                self.env._(
                    "A customer who answered several times stands where his latest "
                    "answer is, so earlier times lose answers."
                )
            )
        return lines
