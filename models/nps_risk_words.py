from odoo import models
from odoo.tools import format_date, formatLang

from ..tools import intervals, metrics


class NpsRisk(models.Model):
    """Says each reason in words, in the language of who reads it."""

    _inherit = "nps.risk"

    def _describe(self):
        """Return the reason in one sentence, made of the facts."""
        if not self.facts:
            return ""
        return getattr(self, f"_describe_{self.rule}")(self.facts)

    def _describe_unhappy_twice(self, facts):
        words = {"first": self._score_words(*facts["answers"][0])}
        words["second"] = self._score_words(*facts["answers"][1])
        if self.scope == "company":
            return self.env._(
                "%(first)s and %(second)s: the last two answers, of two people, are "
                "unhappy",
                **words,
            )
        return self.env._(
            "%(first)s and %(second)s: two unhappy answers in a row", **words
        )

    def _describe_falling(self, facts):
        if self.scope == "company":
            return self._describe_change(facts)
        return self.env._(
            "The last %(count)s answers fall: %(scores)s of %(highest)s, from "
            "%(first)s to %(last)s",
            count=len(facts["scores"]),
            scores=", ".join(map(str, facts["scores"])),
            highest=metrics.SCALES[facts["metric"]].highest,
            first=format_date(self.env, facts["from"]),
            last=format_date(self.env, facts["to"]),
        )

    def _describe_change(self, facts):
        return self.env._(
            "The net score (%(metric)s) fell from %(before)s (%(before_count)s answers "
            "in the year before) to %(now)s (%(now_count)s answers in 90 days)",
            metric=facts["metric"].upper(),
            before=self._net(facts["before"]),
            before_count=sum(facts["before"]),
            now=self._net(facts["now"]),
            now_count=sum(facts["now"]),
        )

    def _describe_silent(self, facts):
        return self.env._(
            "Answered %(answered)s of %(asks)s surveys, and none of the %(ignored)s "
            "after that of %(date)s",
            answered=facts["answered"],
            asks=facts["asks"],
            ignored=facts["ignored"],
            date=format_date(self.env, facts["last_at"]),
        )

    def _score_words(self, metric, score, moment):
        return self.env._(
            "%(score)s of %(highest)s on %(date)s",
            score=score,
            highest=metrics.SCALES[metric].highest,
            date=format_date(self.env, moment),
        )

    def _net(self, counts):
        """Return a net score with its sign and a real minus."""
        value = intervals.net_score(*counts)
        text = formatLang(self.env, abs(value), digits=0)
        return f"−{text}" if value < 0 else f"+{text}" if value > 0 else text
