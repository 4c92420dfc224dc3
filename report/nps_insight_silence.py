from odoo import api, models
from odoo.fields import Domain
from odoo.tools import formatLang

from ..models.signed_number import signed
from ..tools import showing, silence
from ..tools.counts import Counts


class NpsInsight(models.AbstractModel):
    """The silent: how many answered, and what the others could make of the score."""

    _inherit = "nps.insight"

    @api.model
    @api.readonly
    def get_silence(self, domain, options=None):
        """Return response rates and bounds, and how late answers differ from early.

        :param domain: what the search bar asks for
        :param dict options: see ``_options_allowed``
        """
        question, answer = self._answer(domain, options)
        # Who was asked twice was silent or not each time.
        question = question._replace(counting="all")
        by_state = {state: n for (state,), n in self._rows(question, ("state",))}
        total = sum(by_state.values(), Counts())
        can_answer = by_state.get("sent", Counts())
        return {
            **answer,
            "total": self._silence_of(total),
            "sentences": self._silence_sentences(total, can_answer),
            "rows": self._silence_rows(question),
            "moments": self._moments(question),
            "empty": self.env._(
                "Nobody was asked in this period. Choose a longer one or fewer filters."
            ),
            "method": self._method_of_tab(
                question, self._method_lines(question), self._silence_method()
            ),
        }

    @api.model
    def _silence_rows(self, question):
        """Return a row for each group, the one with the most silent first."""
        groups = self._groups(question, question.period)
        groups = self._at_depth(groups, self._depth(groups))
        asked = [pair for pair in groups.items() if pair[1].invited]
        asked.sort(key=lambda pair: pair[1].responded - pair[1].invited)
        return [self._silence_row(question, *pair) for pair in asked]

    @api.model
    def _silence_row(self, question, path, counts):
        extra = self._path_domain(question, path)
        rows = self._rows_domain(question) & extra & Domain("invited", "=", 1)
        return {
            "key": "/".join(self._group_key(*step) for step in path),
            "name": self._group_label(*path[-1]),
            "domain": self._for_client(rows),
            **self._silence_of(counts),
        }

    @api.model
    def _silence_of(self, counts):
        """Return who was asked, who answered, and what the others could change."""
        figure = self._say_figure(counts)
        bounds = self._bounds(counts)
        return {
            "asked": counts.invited,
            "responded": counts.responded,
            "rate": self._say_rate(counts),
            "figure": figure,
            "bounds": bounds,
            "bounds_text": self._say_span(*bounds) if bounds else "",
        }

    @api.model
    def _bounds(self, counts):
        """Return the bounds of the net score of all asked, or None of too few."""
        if not showing.has_number(counts.answers):
            return None
        return silence.bounds(*counts.bands, counts.unknown)

    # === WORDS === #

    @api.model
    def _say_rate(self, counts):
        """Return the response rate with its interval."""
        if not showing.has_number(counts.invited):
            return self.env._("too few were asked")
        rate, low, high = (
            formatLang(self.env, number, digits=1)
            for number in (counts.rate, *counts.rate_interval)
        )
        return self.env._(
            "%(rate)s %% (%(low)s to %(high)s)", rate=rate, low=low, high=high
        )

    @api.model
    def _silence_words(self, counts):
        """Return in one line what the silent could make of a number, or "".

        For below a total. The counts are of all answers, not only the latest.
        """
        bounds = self._bounds(counts)
        if not bounds:
            return ""
        low, high = (signed(self.env, end) for end in bounds)
        words = self.env._(
            "Response rate %(rate)s. Had all who were silent answered too, the net "
            "score would lie between %(low)s, if all of them were detractors, and "
            "%(high)s, if all were promoters.",
            rate=self._say_rate(counts),
            low=low,
            high=high,
        )
        return " ".join(filter(None, [words, self._say_unknown(counts)]))

    @api.model
    def _silence_sentences(self, total, can_answer):
        if not total.invited:
            return []
        return [
            self._say_answered(total),
            *filter(
                None,
                [
                    self._say_can_answer(can_answer.invited - can_answer.responded),
                    self._say_unknown(total),
                    self._say_bounds(total),
                    self._say_turning_point(total),
                ],
            ),
        ]

    @api.model
    def _say_answered(self, total):
        return self.env._(
            "%(answered)s of %(asked)s who were asked answered: %(rate)s.",
            answered=self._whole(total.responded),
            asked=self._whole(total.invited),
            rate=self._say_rate(total),
        )

    @api.model
    def _say_can_answer(self, number):
        if number <= 0:
            return ""
        return self.env._("%s of the silent can answer still.", self._whole(number))

    @api.model
    def _say_unknown(self, counts):
        """Return who else is meant by the silent, or ""."""
        if not counts.withheld or not self._bounds(counts):
            return ""
        return self.env._(
            "“The silent” are here also the customers of %s withheld answers: they did "
            "answer, but what they said is unknown here.",
            self._whole(counts.withheld),
        )

    @api.model
    def _say_bounds(self, total):
        bounds = self._bounds(total)
        if not bounds:
            return self.env._("Too few answers to say more: it needs ten.")
        low, high = (signed(self.env, end) for end in bounds)
        return self.env._(
            "The net score is %(score)s. That of all who were asked lies between "
            "%(low)s, if all the silent were detractors, and %(high)s, if all were "
            "promoters.",
            score=signed(self.env, total.net),
            low=low,
            high=high,
        )

    @api.model
    def _say_turning_point(self, total):
        unknown = total.unknown
        point = silence.turning_point(total.promoters, total.detractors, unknown)
        if not unknown or not showing.has_number(total.answers):
            return ""
        if point is None and total.net > 0:
            return self.env._("Whatever the silent think, it is above 0.")
        if point is None:
            return self.env._("Whatever the silent think, it is below 0.")
        if total.net > 0:
            return self.env._(
                "It would be 0 or less if the net score of the silent were %s or less.",
                signed(self.env, point),
            )
        return self.env._(
            "It would be 0 or more if the net score of the silent were %s or more.",
            signed(self.env, point),
        )

    @api.model
    def _silence_method(self):
        return self.env._(
            "Bounds: nothing is assumed of the silent (Manski 1990). Late answers as a "
            "hint at the silent: who answers late resembles them more than who answers "
            "at once (Armstrong and Overton 1977; Lin and Schaeffer 1995). All answers "
            "count here, also several of one customer: he was asked each time."
        )
