from odoo import api, models

from ..tools import showing


class NpsInsight(models.AbstractModel):
    """Why a change cannot be split, in words, and what to choose instead.

    An obstacle is a dict: ``obstacle``, the words; ``offer``, a label and the options
    that lead on, or None.
    """

    _inherit = "nps.insight"

    @api.model
    def _why_not_split(self, question):
        """Return the obstacle that lies in the question, or None."""
        if not question.before:
            return self._obstacle_of_comparison()
        if question.by.is_time:
            text = self.env._(
                "Two periods share no month or week, so that time explains nothing "
                "here. Choose another axis under “By”."
            )
            return self._obstacle_of_axis(text)
        if self._overlaps(question):
            text = self.env._(
                "One answer may be in several of these groups, so that the change "
                "cannot be split among them. Choose an axis under “By” on which each "
                "answer stands once, such as the organogram, channel or country."
            )
            return self._obstacle_of_axis(text)
        return None

    @api.model
    def _obstacle_of_comparison(self):
        return {
            "obstacle": self.env._(
                "There is nothing to compare with: choose a period, and under "
                "“Compared with” what it is compared with."
            ),
            "offer": {
                "label": self.env._("Last 90 days, and the 90 days before"),
                "options": {"period": "90_days", "compare": "previous"},
            },
        }

    @api.model
    def _obstacle_of_axis(self, text):
        key, axis = next(iter(self._axes().items()))
        offer = {"label": axis.label, "options": {"axis": key}}
        return {"obstacle": text, "offer": offer}

    @api.model
    def _why_too_few(self, before, now):
        """Return the obstacle that there are too few answers, or None."""
        sides = [showing.has_number(counts.answers) for counts in (before, now)]
        if all(sides):
            return None
        values = {"before": before.answers, "now": now.answers}
        if sides[1]:
            text = self.env._(
                "Too few answers before: %(before)s, and %(now)s now. Ten on each side "
                "are needed. Choose a shorter period, or fewer filters.",
                **values,
            )
            return {"obstacle": text, "offer": self._offer_shorter()}
        text = self.env._(
            "Too few answers: %(before)s before and %(now)s now. Ten on each side are "
            "needed. Choose a longer period or fewer filters.",
            **values,
        )
        return {"obstacle": text, "offer": None}

    @api.model
    def _offer_shorter(self):
        labels = dict(self._period_labels())
        return {"label": labels["90_days"], "options": {"period": "90_days"}}
