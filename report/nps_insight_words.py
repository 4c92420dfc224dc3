from odoo import api, models
from odoo.fields import Domain

from ..models.signed_number import signed
from ..tools import showing, verdicts


class NpsInsight(models.AbstractModel):
    """What the tabs beside the scorecard say of counts, changes and chance."""

    _inherit = "nps.insight"

    @api.model
    def _say_figure(self, counts):
        """Return a net score with its interval in words and as numbers.

        Below ten answers only how many there are.
        """
        figure = {"answers": counts.answers, "level": showing.level(counts.answers)}
        if not showing.has_number(counts.answers):
            nothing = dict.fromkeys(("value", "low", "high", "score"))
            return {**figure, **nothing, "interval": ""}
        low, high = counts.interval
        return {
            **figure,
            "value": counts.net,
            "low": low,
            "high": high,
            "score": signed(self.env, counts.net),
            "interval": self._say_span(low, high),
        }

    @api.model
    def _say_span(self, low, high, digits=0):
        return self.env._(
            "%(low)s to %(high)s",
            low=signed(self.env, low, digits),
            high=signed(self.env, high, digits),
        )

    @api.model
    def _say_verdict(self, chance):
        """Return what to call a difference, as key and text; None if not tested."""
        if chance is None:
            return None
        key = verdicts.verdict(chance)
        return {"key": key, "text": self._verdict_labels()[key]}

    @api.model
    def _say_score_name(self, question):
        """Return what the net score is called: only for NPS it is the NPS."""
        return "NPS" if question.metric == "nps" else self.env._("net score")

    @api.model
    def _domain_of_answers(self, question, period=None, extra=Domain.TRUE):
        """Return the domain of the answers behind a number, to open them."""
        rows = self._rows_domain(question, period) & extra
        return self._for_client(rows & Domain("category", "!=", False))

    @api.model
    def _method_of_tab(self, question, lines, *sentences):
        """Return the method in words, without what only the scorecard does."""
        of_scorecard = self._say_order(question)
        return [*(line for line in lines if line not in of_scorecard), *sentences]
