from typing import NamedTuple

import psycopg2

from odoo import models, tools

from odoo.addons.base.models.ir_qweb import QWebError

from ..tools import page_gaps
from .nps_invitation_page import NOTHING_TYPED
from .nps_response import LONGEST_COMMENT

TEMPLATE = "nps.survey_page"
OWN = (
    "token",
    "page_note",
    "context_line",
    "question",
    "followup",
    "thanks",
    "quote",
    "change_question",
)
"""Values of the page that are one customer's own. All others are the survey's."""
SHARED = (
    *("company", "style", "brand", "on_brand"),
    *("lang", "html_lang", "direction", "languages", "home"),
    *("view", "preview", "survey", "typed", "answer", "suspects", "after"),
    *("may_change", "is_cut", "longest_comment"),
)
"""The other values. A page with more than these is made anew for each customer."""
KEPT_VIEWS = ("ask", "details", "thanks", "differs")


class Answer(NamedTuple):
    """What the page shows of an answer; of the words, whether there are any."""

    score: int
    category: str
    comment: bool
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
        pieces = shape and self.survey_id._page_pieces(self.company_id.id, shape)
        if not pieces:
            return self.env["nps.public.page"]._html(TEMPLATE, values)
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
        """Return the page of a shape, cut at the gaps for what is a customer's own.

        None where an edited template does more with these texts than to show them, or
        shows what is not kept: such a page has to be made for each customer.
        """
        try:
            return page_gaps.pieces_of(
                lambda text_of: self._page_of(company_id, shape, text_of)
            )
        except QWebError as error:
            if isinstance(error.__cause__, psycopg2.Error):
                raise
            return None

    def _page_of(self, company_id, shape, text_of):
        """Return the page of a shape, with made-up texts.

        :param text_of: name of a text -> the text
        """
        content = self._page_content()
        company = self.env["res.company"].browse(company_id)
        answer = shape.answer
        if answer and answer.comment:
            answer = answer._replace(comment=text_of("comment"))
        values = {
            **self.env["nps.invitation"]._frame_values(company, self),
            **{name: text_of(name) for name in OWN if name in shape.present},
            "company": company._nps_known(),
            "view": shape.view,
            "preview": False,
            "survey": content,
            "typed": {**NOTHING_TYPED, "score": shape.selected},
            "answer": answer,
            "suspects": self.env["nps.response"],
            "after": answer and content["after"][answer.category],
            "may_change": shape.may_change,
            "is_cut": shape.is_cut,
            "longest_comment": LONGEST_COMMENT,
        }
        return self.env["nps.public.page"]._html(TEMPLATE, values)


def _shape_of(values):
    """Return the shape of a page, or None when it is not one of the usual ones."""
    typed, view = values["typed"], values["view"]
    is_usual = (
        view in KEPT_VIEWS
        and values.keys() <= {*OWN, *SHARED}
        and not values["preview"]
        and not values["suspects"]
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
        comment=bool(answer.comment),
        is_completed=answer.is_completed,
        is_contact_requested=answer.is_contact_requested,
        quote_consent_at=bool(answer.quote_consent_at),
        quote_withdrawn_at=bool(answer.quote_withdrawn_at),
    )
