from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import file_open

from ..models.nps_response import LONGEST_COMMENT
from ..tools import colors


class NpsInvitation(models.Model):
    """What the survey page of an invitation shows."""

    _inherit = "nps.invitation"

    def _page_values(self, selected="", preview=False):
        """Return what the page template needs, in the language of the context.

        :param str selected: the score that the link or the form brought
        :param bool preview: a colleague looks at it; nothing can be sent
        """
        self.ensure_one()
        answer = self._counted_response()
        survey = self.survey_id
        return {
            **self._frame_values(self.company_id, survey),
            "preview": preview,
            "survey": survey,
            "question": self._fill_text(survey.question),
            "thanks": answer and self._fill_text(survey.thanks),
            "scale": self._scale_links(),
            "answer": answer,
            "followup": survey._followup(answer.category) if answer else "",
            "change_question": self._change_question(answer, selected),
            "may_change": bool(answer) and answer._may_change(),
            "longest_comment": LONGEST_COMMENT,
        }

    def _change_question(self, answer, selected):
        # One sentence and not pieces, so that every language can say it its own way.
        return answer and self.env._(
            "You answered %(old)s. Change it to %(new)s?",
            old=answer.score,
            new=selected,
        )

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
        brand = survey._brand_color(company)
        with file_open("nps/static/src/page/page.css") as css:
            style = Markup(css.read())
        return {
            "company": company,
            "style": style,
            "brand": brand,
            "on_brand": colors.readable_on(brand),
            "html_lang": (lang.code or "en_US").replace("_", "-"),
            "direction": lang.direction or "ltr",
            "home": "/",
        }

    def _note_click(self):
        """Note the first time that the link was used on the page it was made for."""
        self.filtered(lambda i: not i.clicked_at).clicked_at = fields.Datetime.now()
