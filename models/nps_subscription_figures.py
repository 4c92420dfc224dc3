from math import sqrt

from odoo import models
from odoo.fields import Domain
from odoo.tools import formatLang

from ..tools import differences, intervals, metrics, showing

COUNTS = ("promoters", "passives", "detractors")


class NpsSubscription(models.Model):
    """The numbers of a regular message, as its reader would see them in Odoo."""

    _inherit = "nps.subscription"

    def _figures(self, start, end, before):
        """Return a dict of words and numbers for each metric that has answers.

        :param start: where the period begins (UTC)
        :param end: where it ends, excluded
        :param before: where the period begins with which it is compared
        """
        now, was = self._counts(start, end), self._counts(before, start)
        labels = (
            self.env["nps.survey"]._fields["metric"]._description_selection(self.env)
        )
        return [
            {"title": title, **self._figure(metric, now[metric], was.get(metric))}
            for metric, title in labels
            if metric in now
        ]

    def _figures_domain(self):
        """Return the domain of the ``nps.report`` rows of which the numbers are.

        Without those who were asked again after a case: all of them were unhappy.
        """
        return self._scope_domain() & Domain("is_reask", "=", False)

    def _counts(self, start, end):
        """Return metric -> how many answers of each category and of each score."""
        domain = self._figures_domain() & Domain(
            [("counted_at", ">=", start), ("counted_at", "<", end)]
        )
        groups = self._as_reader("nps.report")._read_group(
            domain,
            ["metric", "score"],
            [f"{name}:sum" for name in ("answered", *COUNTS)],
        )
        found = {}
        for metric, score, answered, *counts in groups:
            known = found.setdefault(metric, {"counts": (0, 0, 0), "scores": {}})
            known["scores"][score] = answered
            known["counts"] = tuple(map(sum, zip(known["counts"], counts, strict=True)))
        return found

    def _figure(self, metric, now, was):
        answers = sum(now["counts"])
        say = self._say_net if metric == "nps" else self._say_share
        figure = {
            "answers": answers,
            "value": None,
            "interval": None,
            "rule": None,
            "change": None,
            "trend": 0,
            "level": showing.level(answers),
            "counts": self._say_counts(metric, now["counts"]),
        }
        if showing.has_number(answers):
            figure.update(say(metric, now))
            figure.update(self._say_change(metric, now, was))
        return figure

    def _say_counts(self, metric, counts):
        """Return how many answers of each kind there are, in the metric's words."""
        labels = self._category_labels(metric)
        return [
            (category, labels[category], count)
            for category, count in zip(metrics.CATEGORIES, counts, strict=True)
        ]

    def _category_labels(self, metric):
        answer = self.env["nps.response"].new({"metric": metric})
        return {key: answer._label_of(key) for key in metrics.CATEGORIES}

    def _say_net(self, _metric, now):
        low, high = intervals.net_interval(*now["counts"])
        return {
            "value": self._number(intervals.net_score(*now["counts"])),
            "interval": self._interval(low, high),
            "rule": self.env._("Promoters minus detractors, per 100 answers"),
        }

    def _say_share(self, metric, now):
        hits, answers = now["counts"][0], sum(now["counts"])
        low, high = intervals.wilson(hits, answers)
        return {
            "value": self.env._(
                "%(share)s %% %(label)s",
                share=self._number(100 * hits / answers),
                label=self._category_labels(metric)[metrics.PROMOTER].lower(),
            ),
            "interval": self._interval(low, high),
            "rule": self._say_mean(metric, now["scores"]),
        }

    def _say_mean(self, metric, scores):
        """Return which scores the share counts and, for CES, the mean as well."""
        scale = metrics.SCALES[metric]
        rule = self.env._(
            "Scores %(first)s to %(last)s",
            first=scale.promoter_from,
            last=scale.highest,
        )
        if metric != "ces":
            return rule
        answers = sum(scores.values())
        mean = sum(score * n for score, n in scores.items()) / answers
        squares = sum(n * (score - mean) ** 2 for score, n in scores.items())
        low, high = intervals.mean_interval(
            answers, mean, sqrt(squares / (answers - 1))
        )
        return self.env._(
            "%(rule)s; mean %(mean)s, with 95 %% certainty between %(low)s and "
            "%(high)s",
            rule=rule,
            mean=self._number(mean),
            low=self._number(low),
            high=self._number(high),
        )

    def _say_change(self, metric, now, was):
        """Return how the number moved, and only what is more than chance as a move."""
        answers = sum(was["counts"]) if was else 0
        if not showing.has_number(answers):
            return {
                "change": self.env._(
                    "Not compared: too few answers in the period before (%s).", answers
                )
            }
        if metric == "nps":
            moved = differences.net_difference(was["counts"], now["counts"])
            old = self._number(intervals.net_score(*was["counts"]))
        else:
            sides = [(side["counts"][0], sum(side["counts"])) for side in (was, now)]
            moved = differences.share_difference(*sides)
            hits = was["counts"][0]
            old = self.env._("%s %%", self._number(100 * hits / answers))
        return self._say_move(moved, old, answers)

    def _say_move(self, moved, old, answers):
        if not moved.is_clear:
            text = self.env._(
                "No clear change: %(old)s in the period before, of %(answers)s "
                "answers. The difference is what chance makes.",
                old=old,
                answers=answers,
            )
            return {"change": text}
        values = {
            "points": self._number(abs(moved.points)),
            "old": old,
            "answers": answers,
        }
        if moved.points > 0:
            text = self.env._(
                "Better by %(points)s points than in the period before (%(old)s, of "
                "%(answers)s answers): more than chance makes.",
                **values,
            )
            return {"change": text, "trend": 1}
        text = self.env._(
            "Worse by %(points)s points than in the period before (%(old)s, of "
            "%(answers)s answers): more than chance makes.",
            **values,
        )
        return {"change": text, "trend": -1}

    def _asked(self, start, end):
        """Return (how many customers were asked in a time, how many have answered)."""
        domain = self._figures_domain() & Domain(
            [("sent_at", ">=", start), ("sent_at", "<", end)]
        )
        [(asked, responded)] = self._as_reader("nps.report")._read_group(
            domain, [], ["invited:sum", "responded:sum"]
        )
        return asked or 0, responded or 0

    # === FORMATTING === #

    def _number(self, value):
        return formatLang(self.env, value, digits=1)

    def _interval(self, low, high):
        return self.env._(
            "with 95 %% certainty between %(low)s and %(high)s",
            low=self._number(low),
            high=self._number(high),
        )
