from odoo import api, models

from ..models.signed_number import signed

MOVERS = 3
"""How many groups are named."""
SMALLEST = 0.5
"""What rounds to no point is not told of."""


class NpsInsight(models.AbstractModel):
    """A change and its parts in plain words."""

    _inherit = "nps.insight"

    @api.model
    def _change_sentences(self, question, total, split, sure, rows):
        """Return what happened, the most important first."""
        sentences = [self._say_change(question, total, split, sure)]
        if max(abs(split.rate), abs(split.mix)) >= SMALLEST:
            sentences.append(self._say_causes(split))
        movers = [row for row in rows if abs(row["points"]) >= SMALLEST][:MOVERS]
        if movers:
            named = "; ".join(map(self._say_mover, movers))
            sentences.append(self.env._("What moved it most: %s.", named))
        return sentences

    @api.model
    def _say_change(self, question, total, split, sure):
        values = {
            "score": self._say_score_name(question),
            "before": total["before"]["score"],
            "now": total["now"]["score"],
            "points": signed(self.env, split.points, 1),
            "sure": sure["text"],
            "n_before": total["before"]["answers"],
            "n_now": total["now"]["answers"],
        }
        if split.points > 0:
            return self.env._(
                "The %(score)s rose from %(before)s (%(n_before)s answers) to %(now)s "
                "(%(n_now)s answers): %(points)s points, %(sure)s.",
                **values,
            )
        if split.points < 0:
            return self.env._(
                "The %(score)s fell from %(before)s (%(n_before)s answers) to %(now)s "
                "(%(n_now)s answers): %(points)s points, %(sure)s.",
                **values,
            )
        return self.env._(
            "The %(score)s stayed at %(now)s (%(n_before)s and %(n_now)s answers).",
            **values,
        )

    @api.model
    def _say_causes(self, split):
        return self.env._(
            "%(rate)s because the groups' own scores changed, %(mix)s because other "
            "groups gave more of the answers.",
            rate=signed(self.env, split.rate, 1),
            mix=signed(self.env, split.mix, 1),
        )

    @api.model
    def _say_mover(self, row):
        values = {"name": row["name"], "points": row["points_text"]}
        if abs(row["rate"]) >= abs(row["mix"]):
            return self.env._("%(name)s %(points)s, mostly by its own score", **values)
        return self.env._(
            "%(name)s %(points)s, mostly by its share of the answers", **values
        )

    @api.model
    def _change_warning(self, split):
        """Return a warning where the total tells the contrary of its parts, or ""."""
        if split.is_reversed:
            return self.env._(
                "Take care: the total moved one way and every single group the other "
                "way (Simpson's paradox). Only the shares of the groups made it so. "
                "Judge the groups, not the total."
            )
        if split.is_by_mix:
            return self.env._(
                "Take care: taken together the groups' own scores moved the other way "
                "than the total. The total moved because other groups gave more of the "
                "answers."
            )
        return ""

    @api.model
    def _change_method(self):
        return self.env._(
            "Split: own score = mean share × change of the score; share = change of "
            "the share × distance of the group's mean score from the total (Kitagawa "
            "1955). The parts sum to the change exactly; a group that is new or gone "
            "has only a share. Verdicts are about the own scores, corrected for "
            "looking at so many (Benjamini-Hochberg)."
        )
