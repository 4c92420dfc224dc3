from odoo import api, models

from ..models.signed_number import signed
from ..tools import tendency, verdicts
from ..tools.counts import Counts


class NpsInsight(models.AbstractModel):
    """Whether the net score rises or falls, and which months stand out, in words."""

    _inherit = "nps.insight"

    @api.model
    def _trend_verdict(self, question, unit, spans):
        """Return where the net score goes: ``key``, ``text`` and how sure it is."""
        bands = [counts.bands for _span, counts in spans]
        line = tendency.tendency(enumerate(bands))
        if not line:
            return {"key": "", "text": self._say_no_line(unit), "sure": None}
        sure = self._say_verdict(line.chance)
        score, slope = self._say_score_name(question), self._say_slope(unit, line)
        if sure["key"] == verdicts.NOISE:
            return {
                "key": "none",
                "text": self.env._(
                    "No clear trend: the %(score)s may as well have stayed as it was "
                    "(%(slope)s).",
                    score=score,
                    slope=slope,
                ),
                "sure": sure,
            }
        if line.slope > 0:
            text = self.env._(
                "The %(score)s rises: %(slope)s.", score=score, slope=slope
            )
            return {"key": "rising", "text": text, "sure": sure}
        text = self.env._("The %(score)s falls: %(slope)s.", score=score, slope=slope)
        return {"key": "falling", "text": text, "sure": sure}

    @api.model
    def _say_no_line(self, unit):
        if unit == "week":
            return self.env._(
                "A trend needs answers in three weeks, and ten answers in all."
            )
        return self.env._(
            "A trend needs answers in three months, and ten answers in all."
        )

    @api.model
    def _say_slope(self, unit, line):
        values = {
            "points": signed(self.env, line.slope, 1),
            "span": self._say_span(line.low, line.high, 1),
            "answers": line.answers,
        }
        if unit == "week":
            return self.env._(
                "%(points)s points a week, 95 %% interval %(span)s, %(answers)s "
                "answers",
                **values,
            )
        return self.env._(
            "%(points)s points a month, 95 %% interval %(span)s, %(answers)s answers",
            **values,
        )

    # === WHAT STANDS OUT === #

    @api.model
    def _mark_points(self, points, groups):
        """Mark the points that stand out; return a sentence for each."""
        total = sum(groups, Counts())
        chances = tendency.standing_out([counts.bands for counts in groups])
        marks = []
        for point, counts, chance in zip(points, groups, chances, strict=True):
            sure = self._say_verdict(chance)
            if not sure or sure["key"] == verdicts.NOISE:
                continue
            rest = Counts(*(a - b for a, b in zip(total, counts, strict=True)))
            is_above = counts.net > rest.net
            point["mark"] = "above" if is_above else "below"
            point["mark_text"] = self._say_side(is_above)
            marks.append(
                {
                    "kind": point["mark"],
                    "text": self._say_mark(point, is_above, rest, sure["text"]),
                }
            )
        return marks

    @api.model
    def _say_side(self, is_above):
        if is_above:
            return self.env._("higher than the rest")
        return self.env._("lower than the rest")

    @api.model
    def _say_mark(self, point, is_above, rest, sure):
        values = {
            "name": point["name"],
            "score": point["score"],
            "answers": point["answers"],
            "rest": signed(self.env, rest.net),
            "others": rest.answers,
            "sure": sure,
        }
        if is_above:
            return self.env._(
                "%(name)s was higher than the rest: %(score)s (%(answers)s answers) "
                "against %(rest)s (%(others)s answers): %(sure)s.",
                **values,
            )
        return self.env._(
            "%(name)s was lower than the rest: %(score)s (%(answers)s answers) "
            "against %(rest)s (%(others)s answers): %(sure)s.",
            **values,
        )
