from odoo import api, models
from odoo.fields import Domain
from odoo.tools import formatLang

from ..models.signed_number import signed
from ..tools import associations, showing, tendency, verdicts
from ..tools.differences import net_difference

LAST = 2
"""Comes after every p value."""


class NpsInsight(models.AbstractModel):
    """What goes with a better score: words of association, never of cause."""

    _inherit = "nps.insight"

    @api.model
    @api.readonly
    def get_associations(self, domain, options=None):
        """Return the net score by bands of everything known, the clearest first.

        :param domain: what the search bar asks for
        :param dict options: see ``_options_allowed``
        """
        question, answer = self._answer(domain, options)
        factors = self._factors()
        groups = self._factor_groups(question, factors)
        chances = verdicts.adjusted(
            [self._factor_chance(factor, groups[factor.field]) for factor in factors]
        )
        found = [
            self._association(question, factor, groups[factor.field], p)
            for factor, p in zip(factors, chances, strict=True)
            if groups[factor.field]
        ]
        found.sort(key=lambda factor: (factor["chance"], -factor["points"]))
        return {
            **answer,
            "factors": found,
            "caution": self._say_caution(),
            "empty": self.env._(
                "No answers in this period. Choose a longer one or fewer filters."
            ),
            "method": self._method_of_tab(
                question, answer["method"], self._associations_method()
            ),
        }

    @api.model
    def _factor_chance(self, factor, groups):
        """Return the p value that the score is the same in all groups, or None."""
        if len(self._comparable(groups)) < 2:
            return None
        bands = [counts.bands for _value, counts in groups]
        if factor.is_ordered:
            return associations.bands_chance(bands)
        return associations.groups_chance(bands)

    @api.model
    def _comparable(self, groups):
        return [pair for pair in groups if showing.has_number(pair[1].answers)]

    @api.model
    def _association(self, question, factor, groups, chance):
        ends = self._best_and_worst(factor, groups)
        bands = [self._association_band(question, factor, *pair) for pair in groups]
        return {
            "key": factor.field,
            "label": self._factor_label(factor),
            "answers": sum(counts.answers for _value, counts in groups),
            "chance": LAST if chance is None else chance,
            "points": ends["points"] if ends else 0,
            "sure": self._say_verdict(chance),
            "text": self._say_association(factor, groups, ends, chance),
            "bands": bands,
        }

    @api.model
    def _association_band(self, question, factor, value, counts):
        extra = self._group_domain(factor.field, value) & factor.known
        return {
            "key": self._group_key(factor.field, value),
            "name": self._factor_value_label(factor, value),
            "domain": self._domain_of_answers(question, extra=Domain(extra)),
            **self._say_figure(counts),
        }

    @api.model
    def _best_and_worst(self, factor, groups):
        """Return the groups farthest apart and by how much, or None of too few."""
        known = sorted(self._comparable(groups), key=lambda pair: pair[1].net)
        if len(known) < 2:
            return None
        (worst, low), (best, high) = known[0], known[-1]
        difference = net_difference(low.bands, high.bands)
        return {
            "best": self._factor_value_label(factor, best),
            "worst": self._factor_value_label(factor, worst),
            "points": difference.points,
            "span": self._say_span(difference.low, difference.high),
        }

    # === WORDS === #

    @api.model
    def _say_association(self, factor, groups, ends, chance):
        if not ends or chance is None:
            return self.env._("Too few answers to compare: two bands of ten at least.")
        values = {**ends, "points": formatLang(self.env, ends["points"], digits=0)}
        if verdicts.verdict(chance) == verdicts.NOISE:
            return self.env._(
                "No difference that chance does not make: the bands are %(points)s "
                "points apart at most.",
                **values,
            )
        text = self.env._(
            "“%(best)s” goes with a net score %(points)s points higher than "
            "“%(worst)s” (95 %% interval %(span)s).",
            **values,
        )
        return " ".join(filter(None, [self._say_direction(factor, groups), text]))

    @api.model
    def _say_direction(self, factor, groups):
        line = factor.is_ordered and tendency.tendency(
            enumerate(counts.bands for _value, counts in groups)
        )
        if not line:
            return ""
        slope = signed(self.env, line.slope, 1)
        if line.slope < 0:
            return self.env._(
                "The more, the lower the score: %s points from band to band.", slope
            )
        return self.env._(
            "The more, the higher the score: %s points from band to band.", slope
        )

    @api.model
    def _say_caution(self):
        return self.env._(
            "What goes together need not be cause and effect: difficult cases take "
            "longer and disappoint more, whoever works on them. Take it as a reason to "
            "look, and try a change before you believe in it."
        )

    @api.model
    def _associations_method(self):
        return self.env._(
            "Bands in order: trend test (Cochran 1954, Armitage 1955). Others: mean "
            "score test (Landis, Heyman and Koch 1978). Verdicts are corrected for "
            "looking at so many (Benjamini-Hochberg). Interactions of which nothing is "
            "known are left out."
        )
