from typing import NamedTuple

from odoo import models, tools

from ..tools import page_gaps
from .nps_invitation_page import NOTHING_TYPED
from .nps_response import LONGEST_COMMENT

TEMPLATE = "nps.survey_page"
OWN = ("token", "page_note", "context_line", "question", "followup", "thanks", "quote")
"""Values of the page that are one customer's own. All others are the survey's."""
KEPT_VIEWS = ("ask", "details", "thanks")


class Answer(NamedTuple):
    """What the page shows of an answer; the words themselves are a gap."""

    score: int
    category: str
    comment: str
    is_completed: bool
    is_contact_requested: bool
    quote_consent_at: bool
    quote_withdrawn_at: bool


class Shape(NamedTuple):
    """All that makes one page of a survey look different from another, but for texts.

    :param str view: one of ``KEPT_VIEWS``
    :param str selected: the score that is selected, or ""
    :param answer: an :class:`Answer`, or None
    :param tuple present: which of ``OWN`` have a text
    """

    view: str
    selected: str
    answer: Answer
    may_change: bool
    is_cut: bool
    present: tuple


class NpsInvitation(models.Model):
    """The usual pages are made once for all customers; each gets his own texts in."""

    _inherit = "nps.invitation"

    def _page_html(self, values):
        """Return the survey page.

        :param dict values: those of ``_page_values``, with ``token`` and ``is_cut``
        """
        shape = _shape_of(values)
        if not shape:
            return self.env["nps.public.page"]._html(TEMPLATE, values)
        pieces = self.survey_id._page_pieces(self.company_id.id, shape)
        own = {name: values[name] for name in OWN}
        return page_gaps.fill(pieces, {**own, "comment": values["answer"].comment})


class NpsSurvey(models.Model):
    _inherit = "nps.survey"

    # Of its arguments alone, so that nothing of one customer can stay in it. This is
    # the cache that is cleared when a text, a template or a company changes.
    @tools.ormcache(
        "self.id",
        "company_id",
        "self.env.lang",
        "shape",
        cache="templates.cached_values",
    )
    def _page_pieces(self, company_id, shape):
        """Return the page of a shape, cut at the gaps for what is a customer's own."""
        company = self.env["res.company"].browse(company_id)
        content = self._page_content()
        answer = shape.answer
        values = {
            **self.env["nps.invitation"]._frame_values(company, self),
            **{name: page_gaps.gap(name) for name in OWN if name in shape.present},
            "view": shape.view,
            "preview": False,
            "survey": content,
            "typed": {**NOTHING_TYPED, "score": shape.selected},
            "answer": answer,
            "after": answer and content["after"][answer.category],
            "may_change": shape.may_change,
            "is_cut": shape.is_cut,
            "longest_comment": LONGEST_COMMENT,
        }
        return page_gaps.cut(self.env["nps.public.page"]._html(TEMPLATE, values))


def _shape_of(values):
    """Return the shape of a page, or None when it is not one of the usual ones."""
    typed, view = values["typed"], values["view"]
    is_usual = (
        view in KEPT_VIEWS
        and not values["preview"]
        and not values.get("error")
        and not any(typed[name] for name in typed if name != "score")
    )
    if not is_usual:
        return None
    scores = [str(entry["score"]) for entry in values["survey"]["scale"]]
    return Shape(
        view=view,
        # Whatever else stands in the address: it may not fill the cache.
        selected=typed["score"] if typed["score"] in scores else "",
        answer=_shown(values["answer"]),
        may_change=values["may_change"],
        is_cut=values["is_cut"],
        present=tuple(name for name in OWN if values[name]),
    )


def _shown(answer):
    """Return what a page shows of an answer, but its words; None if there is none."""
    if not answer:
        return None
    return Answer(
        score=answer.score,
        category=answer.category,
        comment=page_gaps.gap("comment") if answer.comment else "",
        is_completed=answer.is_completed,
        is_contact_requested=answer.is_contact_requested,
        quote_consent_at=bool(answer.quote_consent_at),
        quote_withdrawn_at=bool(answer.quote_withdrawn_at),
    )
