from odoo import models
from odoo.fields import Domain

from ..tools import differences, intervals, showing
from .signed_number import signed

GOOD_FROM = 4
"""From here on a driver (1–5) went well."""


class NpsMyPage(models.AbstractModel):
    """What improved. What did not is in the numbers; here nobody is reproached."""

    _inherit = "nps.my.page"

    def _better(self, who, before, now):
        """Return what is better than in the period before, the surest first.

        :param before: metric, (first day, last day), counts of the period before
        :param now: the same of this one
        :return: ``items``: text and whether it is more than chance makes; ``text``:
            what to say when there is none
        """
        counts = before[-1], now[-1]
        if not all(showing.has_number(sum(side)) for side in counts):
            return {"items": [], "text": self._say_no_comparison(*map(sum, counts))}
        items = [
            *self._better_score(*counts),
            *self._better_detractors(*counts),
            *self._better_reasons(who, before, now),
            *self._better_drivers(who, before, now),
        ]
        items.sort(key=lambda item: not item["is_clear"])
        return {"items": items, "text": "" if items else self._say_nothing_yet()}

    def _say_no_comparison(self, before, now):
        if not showing.has_number(now):
            return self.env._(
                "Ten answers are needed to say what improved; there are %s so far.", now
            )
        return self.env._(
            "There is nothing to compare with yet: %s answers in the months before.",
            before,
        )

    def _say_nothing_yet(self):
        return self.env._(
            "Nothing yet that is more than chance makes. It takes time and answers: "
            "keep going."
        )

    # === SCORES === #

    def _better_score(self, before, now):
        moved = differences.net_difference(before, now)
        if round(moved.points) < 1:
            return []
        values = {
            "points": round(moved.points),
            "now": signed(self.env, intervals.net_score(*now)),
            "before": signed(self.env, intervals.net_score(*before)),
        }
        if moved.is_clear:
            text = self.env._(
                "The net score rose by %(points)s points, from %(before)s to %(now)s.",
                **values,
            )
        else:
            text = self.env._(
                "The net score is %(points)s points higher than before (%(before)s to "
                "%(now)s), which may be chance still.",
                **values,
            )
        return [{"text": text, "is_clear": moved.is_clear}]

    def _better_detractors(self, before, now):
        sides = [(counts[-1], sum(counts)) for counts in (before, now)]
        moved = differences.share_difference(*sides)
        if not moved.high < 0:
            return []
        text = self.env._(
            "Fewer customers were unhappy: %(now)s instead of %(before)s.",
            **self._say_shares(*sides),
        )
        return [{"text": text, "is_clear": True}]

    # === REASONS AND DRIVERS === #

    def _better_reasons(self, who, before, now):
        """Yield the reasons that unhappy and lukewarm customers give less often."""
        was, is_now = self._reasons_of(who, before), self._reasons_of(who, now)
        for reason, ticked in was.items():
            sides = (ticked, sum(before[-1])), (is_now.get(reason, 0), sum(now[-1]))
            if differences.share_difference(*sides).high < 0:
                text = self.env._(
                    "“%(reason)s” is given as a reason less often: %(now)s instead of "
                    "%(before)s of the customers.",
                    reason=reason.name,
                    **self._say_shares(*sides),
                )
                yield {"text": text, "is_clear": True}

    def _reasons_of(self, who, side):
        unhappy = Domain("category", "!=", "promoter")
        given = unhappy & Domain("reason_ids", "!=", False)
        return dict(
            self.env["nps.response"]._read_group(
                self._responses_domain(who, side) & given, ["reason_ids"], ["__count"]
            )
        )

    def _better_drivers(self, who, before, now):
        """Yield the driver questions that are answered well more often."""
        was, is_now = self._drivers_of(who, before), self._drivers_of(who, now)
        for driver in was.keys() & is_now.keys():
            sides = was[driver], is_now[driver]
            if not all(showing.has_number(answers) for _good, answers in sides):
                continue
            if differences.share_difference(*sides).low > 0:
                text = self.env._(
                    "“%(driver)s” was judged well by %(now)s instead of %(before)s.",
                    driver=driver.name,
                    **self._say_shares(*sides),
                )
                yield {"text": text, "is_clear": True}

    def _drivers_of(self, who, side):
        """Return driver -> (how many judged it well, how many judged it)."""
        answers = Domain("response_id", "any", self._responses_domain(who, side))
        found = {}
        for driver, value, count in self.env["nps.driver.answer"]._read_group(
            self._whose(who) & answers & Domain("value", "!=", False),
            ["driver_id", "value"],
            ["__count"],
        ):
            good, answers = found.get(driver, (0, 0))
            found[driver] = (good + count * (value >= GOOD_FROM), answers + count)
        return found

    # === HELPERS === #

    def _responses_domain(self, who, side):
        """Return the domain of the responses that are counted in a period."""
        metric, (first, last), _counts = side
        return self._whose(who) & Domain(
            [
                ("state", "=", "counted"),
                ("metric", "=", metric),
                ("invitation_id.is_reask", "=", False),
                ("invitation_id.local_date", ">=", first),
                ("invitation_id.local_date", "<=", last),
            ]
        )

    def _say_shares(self, before, now):
        return {"before": self._say_share(*before), "now": self._say_share(*now)}

    def _say_share(self, hits, answers):
        return self.env._(
            "%(share)s %% (%(hits)s of %(answers)s)",
            share=round(100 * hits / answers),
            hits=hits,
            answers=answers,
        )
