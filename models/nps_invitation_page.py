from markupsafe import Markup

from odoo import api, fields, models, tools
from odoo.tools import file_open

from ..models.nps_response import LONGEST_COMMENT
from ..tools import colors, robots

NOTHING_TYPED = {
    "score": "",
    "comment": "",
    "reasons": (),
    "drivers": {},
    "contact": False,
    "quote": False,
}
"""What a page is filled with: what the person typed, when it is shown again."""


class NpsInvitation(models.Model):
    """What the survey page of an invitation shows."""

    _inherit = "nps.invitation"

    def _page_values(self, typed=None, step="", preview=False, made_at=None):
        """Return what the page template needs, in the language of the context.

        :param dict typed: like :data:`NOTHING_TYPED`
        :param str step: ``done`` or ``more`` to ask for a step of an answered survey
        :param bool preview: a colleague looks at it; nothing can be sent
        :param float made_at: when the person saw the page first; None: now
        """
        self.ensure_one()
        known = self._shown_responses()
        answer = known._given()
        survey = self.survey_id._page_content()
        typed = {**NOTHING_TYPED, **(typed or {})}
        view = self._choose_view(answer, known, survey, typed, step)
        return {
            **self._frame_values(self.company_id, self.survey_id),
            "view": view,
            "preview": preview,
            "survey": survey,
            "typed": typed,
            "answer": answer,
            "suspects": known - answer,
            "may_change": bool(answer) and answer._may_change(),
            "longest_comment": LONGEST_COMMENT,
            "page_note": not preview and self._sign_page(_purpose(view), made_at),
            **self._page_texts(survey, answer, typed),
        }

    def _shown_responses(self):
        """Return the responses that the page knows of; mostly there are none yet."""
        if not self.id:
            return self.response_ids
        if not self._was_answered():
            return self.env["nps.response"]
        return self._standing_responses()

    def _choose_view(self, answer, known, survey, typed, step):
        """Return which of the views of the page is shown."""
        if not known:
            return "ask"
        if not answer:
            return "which"
        scores = [str(entry["score"]) for entry in survey["scale"]]
        if typed["score"] in scores and typed["score"] != str(answer.score):
            return "differs" if answer._may_change() else "thanks"
        if step in ("more", "thanks"):
            return step
        return "thanks" if answer.comment or answer.is_completed else "details"

    def _page_texts(self, survey, answer, typed):
        """Return the texts of the page, with the customer's own words in them."""
        after = survey["after"].get(answer.category) if answer else None
        followup = after and self._fill_text(after["followup"])
        return {
            "context_line": self._fill_text(survey["context_line"]),
            "question": self._fill_text(survey["question"]),
            "followup": followup or self.env._("Why did you choose this number?"),
            "thanks": after and self._fill_text(after["thanks"]),
            "after": after,
            "quote": answer.category == "promoter" and self._fill_text(survey["quote"]),
            # One sentence and not pieces, so that each language says it its own way.
            "change_question": answer
            and self.env._(
                "You answered %(old)s. Change it to %(new)s?",
                old=answer.score,
                new=typed["score"],
            ),
        }

    def _opt_out_text(self, done):
        """Return what the opt-out means, before and after it."""
        if done:
            return self.env._(
                "We will send no more surveys to %s. Mails about your requests go on "
                "as before.",
                self.email_normalized,
            )
        return self.env._(
            "Shall we send no more surveys to %s? Mails about your requests go on as "
            "before.",
            self.email_normalized,
        )

    @api.model
    def _frame_values(self, company, survey):
        """Return what every public page needs: brand, style, language.

        :param survey: may be empty; then the page looks like the company
        """
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        content = survey._page_content() if survey else {}
        known = company._nps_known()
        brand = content.get("brand") or known.primary_color or colors.PLAIN
        return {
            "company": company,
            "style": self._page_style(),
            "brand": brand,
            "on_brand": colors.readable_on(brand),
            "lang": lang.code or "en_US",
            "html_lang": (lang.code or "en_US").replace("_", "-"),
            "direction": lang.direction or "ltr",
            "languages": survey._page_languages() if survey else [],
            "home": "/",
        }

    @tools.ormcache()
    def _page_style(self):
        with file_open("nps/static/src/page/page.css") as css:
            return Markup(css.read())

    def _note_click(self):
        """Note the first time that the link was used on the page it was made for."""
        self.filtered(lambda i: not i.clicked_at).clicked_at = fields.Datetime.now()


def _purpose(view):
    """Return what the form of a view is for, see :mod:`~.tools.robots`."""
    return robots.ASK if view == "ask" else robots.CHANGE
