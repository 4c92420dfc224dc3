from odoo import models, tools

from ..tools import metrics
from .nps_driver import SCALE


class NpsSurvey(models.Model):
    """What the page of a survey shows, as plain data that can be kept."""

    _inherit = "nps.survey"

    def _page_content(self):
        """Return what the page shows of the survey, in the language of the context.

        :return: dict of texts, lists and dicts, not to be changed
        """
        return self._kept_page_content() if self.id else self._read_page_content()

    @tools.ormcache("self.id", "self.env.lang")
    def _kept_page_content(self):
        return self._read_page_content()

    def _read_page_content(self):
        scale = self._scale()
        return {
            "id": self.id,
            "name": self.name,
            "metric": self.metric,
            "brand": self.color or "",
            "is_scale_colored": self.is_scale_colored,
            "change_hours": self.change_hours,
            "context_line": self.context_line or "",
            "question": self.question or "",
            "lowest_label": self.lowest_label or "",
            "highest_label": self.highest_label or "",
            "lowest": scale.lowest,
            "highest": scale.highest,
            "scale": [self._describe_score(score) for score in scale.scores],
            "lang_codes": self.lang_ids.mapped("code"),
            "asks_comment": self.asks_comment,
            "offers_contact": self.offers_contact,
            "quote": self._quote_sentence() if self.asks_quote else "",
            "after": {c: self._content_after(c) for c in self._categories()},
            "drivers": [driver._page_content() for driver in self.driver_ids],
        }

    def _describe_score(self, score):
        """Return what the page shows of one score: number, words and category."""
        highest = self._scale().highest
        return {
            "score": score,
            "words": self.env._(
                "%(score)s out of %(highest)s", score=score, highest=highest
            ),
            "category": metrics.category(self.metric, score),
        }

    def _content_after(self, category):
        """Return what a customer of a category is asked and told after his score."""
        return {
            "followup": self[f"followup_{category}"] or "",
            "thanks": self[f"thanks_{category}"] or self.thanks or "",
            "button": self[f"button_{category}"] or "",
            "url": self[f"button_{category}_url"] or "",
            "reasons": self.reason_ids._page_content(category),
        }

    def _page_languages(self):
        """Return (code, own name) of the languages that the page speaks."""
        installed = self.env["res.lang"]._get_active_by("code")
        codes = self._page_content()["lang_codes"] or list(installed)
        return [
            (code, installed[code].name.rpartition("/")[2].strip())
            for code in codes
            if code in installed
        ]


class NpsReason(models.Model):
    _inherit = "nps.reason"

    def _page_content(self, category):
        """Return the headings and single reasons that a category is offered.

        :return: list of dicts of ``id``, ``name`` and ``below``, a list of the same
        """
        offered = self.filtered(lambda r: r.active and r.category in (False, category))
        return [
            content
            for reason in offered.filtered(lambda r: not r.parent_id)
            if (content := reason._describe(offered))
        ]

    def _describe(self, offered):
        """Return one entry of the first level; None for a heading without reasons."""
        below = offered.filtered(lambda r: r.parent_id == self)
        if self.child_ids and not below:
            return None
        return {
            "id": self.id,
            "name": self.name or "",
            "below": [{"id": r.id, "name": r.name or ""} for r in below],
        }


class NpsDriver(models.Model):
    _inherit = "nps.driver"

    def _page_content(self):
        """Return the question and the answers that it offers, as (value, words)."""
        choices = [(choice.id, choice.name or "") for choice in self.choice_ids]
        values = [
            (
                value,
                self.env._(
                    "%(score)s out of %(highest)s", score=value, highest=SCALE[-1]
                ),
            )
            for value in SCALE
        ]
        return {
            "id": self.id,
            "name": self.name or "",
            "kind": self.kind,
            "lowest_label": self.lowest_label or "",
            "highest_label": self.highest_label or "",
            "values": choices if self.kind == "choice" else values,
        }
