from odoo import models
from odoo.fields import Domain

from ..tools import differences, intervals, showing
from .nps_my_page_numbers import COUNTS
from .signed_number import signed

GOOD_FROM = 4
"""From here on a driver (1–5) went well."""


class NpsMyPage(models.AbstractModel):
    """What improved. What did not is in the numbers; here nobody is reproached."""

    _inherit = "nps.my.page"

    def _better(self, now, before):
        """Return what is better than in the period before, the surest first.

        :return: ``items``: text and whether it is more than chance makes; ``text``:
            what to say when there is none
        """
        sides = [self._answers_of(domain) for domain in (before, now)]
        if not all(showing.has_number(sum(counts)) for counts in sides):
            return {"items": [], "text": self._say_no_comparison(*map(sum, sides))}
        items = [
            *self._better_score(*sides),
            *self._better_detractors(*sides),
            *self._better_reasons(before, now, *map(sum, sides)),
            *self._better_drivers(before, now),
        ]
        items.sort(key=lambda item: not item["is_clear"])
        return {"items": items, "text": "" if items else self._say_nothing_yet()}

    def _answers_of(self, domain):
        [counts] = self.env["nps.report"]._read_group(
            domain, [], [f"{name}:sum" for name in COUNTS]
        )
        return tuple(count or 0 for count in counts)

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

    def _better_reasons(self, before, now, answers_before, answers_now):
        """Yield the reasons that unhappy and lukewarm customers give less often."""
        was, is_now = self._reasons_of(before), self._reasons_of(now)
        for reason, ticked in was.items():
            sides = (ticked, answers_before), (is_now.get(reason, 0), answers_now)
            if differences.share_difference(*sides).high < 0:
                text = self.env._(
                    "“%(reason)s” is given as a reason less often: %(now)s instead of "
                    "%(before)s of the customers.",
                    reason=reason.name,
                    **self._say_shares(*sides),
                )
                yield {"text": text, "is_clear": True}

    def _reasons_of(self, domain):
        rows = domain & Domain("category", "!=", "promoter")
        return dict(
            self.env["nps.response"]._read_group(
                self._responses_domain(rows) + [("reason_ids", "!=", False)],
                ["reason_ids"],
                ["__count"],
            )
        )

    def _better_drivers(self, before, now):
        """Yield the driver questions that are answered well more often."""
        was, is_now = self._drivers_of(before), self._drivers_of(now)
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

    def _drivers_of(self, domain):
        """Return driver -> (how many judged it well, how many judged it)."""
        responses = self.env["nps.response"]._search(self._responses_domain(domain))
        found = {}
        for driver, value, count in self.env["nps.driver.answer"]._read_group(
            [("response_id", "in", responses), ("value", "!=", False)],
            ["driver_id", "value"],
            ["__count"],
        ):
            good, answers = found.get(driver, (0, 0))
            found[driver] = (good + count * (value >= GOOD_FROM), answers + count)
        return found

    # === HELPERS === #

    def _responses_domain(self, rows):
        """Return the domain of the responses behind rows of the report."""
        return [
            ("state", "=", "counted"),
            ("invitation_id", "in", self.env["nps.report"]._search(rows)),
        ]

    def _say_shares(self, before, now):
        return {"before": self._say_share(*before), "now": self._say_share(*now)}

    def _say_share(self, hits, answers):
        return self.env._(
            "%(share)s %% (%(hits)s of %(answers)s)",
            share=round(100 * hits / answers),
            hits=hits,
            answers=answers,
        )
