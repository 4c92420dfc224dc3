from odoo import api, models
from odoo.fields import Domain

from ..models.signed_number import signed
from ..tools import showing, silence, verdicts
from ..tools.counts import Counts
from ..tools.differences import net_difference

EARLY = "early"


class NpsInsight(models.AbstractModel):
    """Early and late answers: a hint at what the silent would say."""

    _inherit = "nps.insight"

    @api.model
    def _moments(self, question):
        """Return the answers by when they came, and what that hints at."""
        answered = Domain("category", "!=", False)
        rows = self._rows(question, ("answer_moment",), extra=answered)
        found = {moment: counts for (moment,), counts in rows if moment}
        late = sum((n for key, n in found.items() if key != EARLY), Counts())
        early = found.get(EARLY, Counts())
        return {
            "rows": [
                {
                    "key": moment,
                    "name": self._group_label("answer_moment", moment),
                    "domain": self._domain_of_answers(
                        question, extra=self._group_domain("answer_moment", moment)
                    ),
                    **self._say_figure(counts),
                }
                for moment, counts in found.items()
            ],
            **self._compare_moments(early, late),
        }

    @api.model
    def _compare_moments(self, early, late):
        if not all(showing.has_number(counts.answers) for counts in (early, late)):
            text = self.env._(
                "Too few answers to compare: %(early)s within %(hours)s hours and "
                "%(late)s later. Ten of each are needed.",
                early=early.answers,
                hours=silence.EARLY_HOURS,
                late=late.answers,
            )
            return {"text": text, "sure": None, "hint": ""}
        difference = net_difference(early.bands, late.bands)
        chance = difference.p_value
        return {
            "text": self._say_moments(early, late, difference),
            "sure": self._say_verdict(chance),
            "hint": self._say_hint(difference, verdicts.verdict(chance)),
        }

    @api.model
    def _say_moments(self, early, late, difference):
        return self.env._(
            "Within %(hours)s hours: %(early)s (%(n_early)s answers). Later: %(late)s "
            "(%(n_late)s answers). That is %(points)s points (95 %% interval "
            "%(span)s).",
            hours=silence.EARLY_HOURS,
            early=signed(self.env, early.net),
            n_early=early.answers,
            late=signed(self.env, late.net),
            n_late=late.answers,
            points=signed(self.env, difference.points),
            span=self._say_span(difference.low, difference.high),
        )

    @api.model
    def _say_hint(self, difference, sure):
        if sure == verdicts.NOISE:
            return self.env._(
                "So there is no sign that the silent think otherwise, and no proof "
                "that they do not."
            )
        if difference.points < 0:
            return self.env._(
                "Late answers resemble the silent most, so the silent are likely less "
                "happy than the score says. A hint, no proof."
            )
        return self.env._(
            "Late answers resemble the silent most, so the silent are likely happier "
            "than the score says. A hint, no proof."
        )
