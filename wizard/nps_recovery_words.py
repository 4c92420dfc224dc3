from odoo import models
from odoo.tools import formatLang

from ..tools import intervals, matching

FEWEST = intervals.FEWEST_FOR_MEAN
"""Below so many customers only their number is shown."""

FEW = 30
"""Below so many customers on a side a number is indicative."""


class NpsRecovery(models.TransientModel):
    """The result in plain words, each number with its interval and what it counts."""

    _inherit = "nps.recovery"

    def _words(self, rows, found, strata):
        """Return the values of what is shown.

        :param rows: the :class:`~.nps_recovery_pairs.Row` of every customer
        :param found: the :class:`~.tools.recovery.Comparison` of all
        :param strata: those of each first score
        """
        overview = ""
        if found.treated.answered.total or found.controls.answered.total:
            overview = self.env["ir.qweb"]._render(
                "nps.nps_recovery_overview",
                {
                    "rows": self._table_rows(found),
                    "bars": self._bars(found, strata),
                    "cautions": self._cautions(rows, found),
                },
            )
        return {"summary": self._summary(found), "overview": overview}

    # === IN ONE PARAGRAPH === #

    def _summary(self, found):
        if not found.treated.answered.total:
            return self._no_case_text()
        if not found.effect:
            return self._too_few_text(found)
        parts = [self._shares_text(found), self._effect_text(found.effect)]
        return " ".join([*parts, *self._indicative_texts(found.effect)])

    def _no_case_text(self):
        return self.env._(
            "No case was opened yet for one of these answers, so there is nothing to "
            "compare. Cases open by themselves by the case rules; close some, and come "
            "back when these customers have answered again. A longer time may help."
        )

    def _too_few_text(self, found):
        return self.env._(
            "Too few to compare: it takes %(fewest)s customers on each side who "
            "answered again and gave the same first scores. With a case %(answered)s "
            "of %(all)s answered again, and %(matched)s of them can be compared. A "
            "longer time may help.",
            fewest=matching.FEWEST,
            answered=found.treated.answered.hits,
            all=found.treated.answered.total,
            matched=found.matched.total,
        )

    def _shares_text(self, found):
        return self.env._(
            "Of %(all)s customers with a case who answered again, %(better)s gave a "
            "better score: %(share)s. Of comparable customers without a case: "
            "%(other)s.",
            all=found.matched.total,
            better=found.matched.hits,
            share=self._percent(found.matched),
            other=self._percent(found.comparable),
        )

    def _effect_text(self, effect):
        return self.env._(
            "Difference in net score: %(value)s points (%(low)s…%(high)s). %(verdict)s",
            value=self._signed(effect.value),
            low=self._signed(effect.low),
            high=self._signed(effect.high),
            verdict=self._verdict_text(effect.verdict),
        )

    def _verdict_text(self, verdict):
        if verdict == "noise":
            return self.env._(
                "That could be noise: no difference at all lies within the interval."
            )
        if verdict == "more":
            found = self.env._("That is more than chance explains.")
        else:
            found = self.env._("That is worse than chance explains.")
        no_proof = self.env._(
            "It goes together with the case, which is no proof that the case did it: "
            "nobody drew by lot who gets one."
        )
        return f"{found} {no_proof}"

    def _indicative_texts(self, effect):
        if min(effect.treated, effect.controls) >= FEW:
            return []
        return [self.env._("Few customers were compared: take it as indicative.")]

    # === THE TABLE === #

    def _table_rows(self, found):
        """Return (what, with a case, without one, of the same first score) in words."""
        totals = (found.treated.answered.total, found.controls.answered.total)
        comparable = found.effect and self._without(found.comparable)
        return [
            (self.env._("Unhappy customers"), *totals, ""),
            self._share_row(found, "answered", self.env._("Answered again")),
            self._share_row(
                found, "better", self.env._("Gave a better score"), comparable
            ),
            self._share_row(
                found, "category_up", self.env._("Came up a category or more")
            ),
            self._days_row(found.treated, found.controls),
            *self._change_rows(found),
        ]

    def _share_row(self, found, attribute, name, comparable=None):
        sides = (getattr(side, attribute) for side in (found.treated, found.controls))
        return (name, *map(self._share, sides), comparable or "")

    def _days_row(self, treated, controls):
        days = [
            "" if side.days is None else self._number(side.days)
            for side in (treated, controls)
        ]
        return (self.env._("Half of them answered again within (days)"), *days, "")

    def _change_rows(self, found):
        rows = [
            (self.env._("Change of net score"), "net_change", found.effect, 0),
            (self.env._("Change of score"), "score_change", found.score_effect, 1),
        ]
        return [
            (
                name,
                self._mean(getattr(found.treated, attribute), digits),
                self._mean(getattr(found.controls, attribute), digits),
                self._difference(effect, digits) if effect else self._too_few(),
            )
            for name, attribute, effect, digits in rows
        ]

    def _line_values(self, found):
        """Return the values of a line of one first score."""
        effect = found.effect
        return {
            "with_count": found.treated.answered.total,
            "with_again": found.treated.answered.hits,
            "with_better": self._share(found.treated.better),
            "without_count": found.controls.answered.total,
            "without_again": found.controls.answered.hits,
            "without_better": self._share(found.controls.better),
            "effect": effect and effect.value,
            "effect_low": effect and effect.low,
            "effect_high": effect and effect.high,
            "difference": self._difference(effect) if effect else self._too_few(),
        }

    # === THE WHISKERS === #

    def _bars(self, found, strata):
        """Return what is drawn: name, words, and where in percent of the width."""
        named = [(self.env._("All"), found.effect)]
        named += [
            (self.env._("First score %s", score), stratum.effect)
            for (_metric, score), stratum in strata.items()
        ]
        drawn = [(name, effect) for name, effect in named if effect]
        widest = max((max(abs(e.low), abs(e.high)) for _n, e in drawn), default=0)
        return [
            {
                "name": name,
                "words": self._difference(effect),
                "is_noise": effect.verdict == "noise",
                **{
                    end: round(50 + 50 * getattr(effect, end) / widest, 2)
                    for end in ("low", "value", "high")
                },
            }
            for name, effect in drawn
        ]

    # === NUMBERS === #

    def _share(self, share):
        """Return a share with what it counts, as far as it says anything."""
        if share.total < FEWEST:
            return self.env._("too few (%s)", share.total)
        if share.total < matching.FEWEST:
            return self.env._(
                "%(hits)s of %(total)s: too few", hits=share.hits, total=share.total
            )
        return self.env._(
            "%(hits)s of %(total)s: %(percent)s",
            hits=share.hits,
            total=share.total,
            percent=self._percent(share),
        )

    def _without(self, comparable):
        return self.env._("without a case: %s", self._percent(comparable))

    def _percent(self, share):
        return self.env._(
            "%(percent)s %% (%(low)s…%(high)s)",
            percent=round(share.percent),
            low=round(share.low),
            high=round(share.high),
        )

    def _mean(self, mean, digits=0):
        if mean.value is None:
            return self._too_few()
        return self._between(mean.value, mean.low, mean.high, digits)

    def _difference(self, effect, digits=0):
        return self._between(effect.value, effect.low, effect.high, digits)

    def _between(self, value, low, high, digits):
        ends = (self._signed(number, digits) for number in (value, low, high))
        return "{} ({}…{})".format(*ends)

    def _signed(self, number, digits=0):
        """Return a number with its sign; what is rounded to 0 has none.

        The sign is part of the number, and 0 is no improvement.
        """
        number = round(number, digits)
        sign = "+" if number > 0 else "−" if number < 0 else ""
        return sign + self._number(abs(number), digits)

    def _number(self, number, digits=0):
        return formatLang(self.env, number, digits=digits)

    def _too_few(self):
        return self.env._("too few")
