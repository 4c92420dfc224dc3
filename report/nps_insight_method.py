from odoo import api, models

from ..tools import intervals, metrics, showing


class NpsInsight(models.AbstractModel):
    """The method, in sentences that stand under every result."""

    _inherit = "nps.insight"

    @api.model
    def _method_lines(self, question):
        """Return how the numbers were made; extend it to add a sentence."""
        return [
            self._say_counting(question),
            self._say_window(question),
            self._say_exclusions(question),
            self._say_rule(question),
            self._say_interval(),
            *self._say_order(question),
        ]

    @api.model
    def _say_counting(self, question):
        if question.counting == "latest":
            return self.env._(
                "Counted: the latest answer of each customer in the period (a customer "
                "is a contact, else an e-mail address). The response rate counts all "
                "answers."
            )
        return self.env._("Counted: all answers, also several of one customer.")

    @api.model
    def _say_window(self, question):
        period = self._period_in_words(question.period)["label"]
        if not question.before:
            return self.env._(
                "Period: %s, by the day of the interaction in its company.", period
            )
        return self.env._(
            "Period: %(period)s, compared with %(before)s, by the day of the "
            "interaction in its company.",
            period=period,
            before=self._period_in_words(question.before)["label"],
        )

    @api.model
    def _say_exclusions(self, question):
        kept_out = self.env._(
            "Left out: answers that an analyst excluded, suspect ones, and those that "
            "a customer replaced."
        )
        if any(c.field_expr == "is_reask" for c in question.domain.iter_conditions()):
            return kept_out
        return self.env._(
            "%s Surveys after cases are among the answers, and only unhappy customers "
            "get these.",
            kept_out,
        )

    @api.model
    def _say_rule(self, question):
        scale = metrics.SCALES[question.metric]
        return self.env._(
            "Net score: 100 × (answers of %(good)s and more − answers below "
            "%(middle)s) / answers, on the scale %(lowest)s–%(highest)s. A total is "
            "computed from all its answers, never from other scores.",
            good=scale.promoter_from,
            middle=scale.passive_from,
            lowest=scale.lowest,
            highest=scale.highest,
        )

    @api.model
    def _band_labels(self, metric):
        """Return what the bands are called, the best one first."""
        answer = self.env["nps.response"].new({"metric": metric})
        return [answer._label_of(key) for key in metrics.CATEGORIES]

    @api.model
    def _say_order(self, question):
        lines = []
        if not question.by.is_time:
            lines.append(
                self.env._(
                    "Order: by the score that may be expected, drawn towards the mean "
                    "by as much as a row is unsure (empirical Bayes). A place such as "
                    "2–5 says that chance may decide between these places. Grades: A "
                    "up to ±%(a)s points, B ±%(b)s, C ±%(c)s, D above.",
                    **{name.lower(): most for most, name in showing.GRADES},
                )
            )
        if question.before:
            lines.append(
                self.env._(
                    "Change: z test of two scores; “real” below 1 %, “probably real” "
                    "below 5 %, corrected for the number of rows (Benjamini–Hochberg)."
                )
            )
        return lines

    @api.model
    def _say_interval(self):
        return self.env._(
            "Interval: 95 %%, adjusted Wald (Rocks 2016). Below %(fewest)s answers "
            "there is no score, below %(full)s it is indicative. Shares: Wilson. "
            "Means: Student's t.",
            fewest=intervals.FEWEST_FOR_WALD,
            full=showing.FEWEST_FOR_FULL,
        )
