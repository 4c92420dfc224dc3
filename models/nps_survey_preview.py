from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import metrics, personal_links

VIEWS = ("ask", "promoter", "passive", "detractor")
"""What the preview shows: the question, and what follows for each category."""
SHOWN = (
    "name",
    "metric",
    "company_id",
    "context_line",
    "question",
    "lowest_label",
    "highest_label",
    "color",
    "is_scale_colored",
    "lang_ids",
    "followup_promoter",
    "followup_passive",
    "followup_detractor",
    "thanks",
    "thanks_promoter",
    "thanks_passive",
    "thanks_detractor",
    "button_promoter",
    "button_passive",
    "button_detractor",
    "button_promoter_url",
    "button_passive_url",
    "button_detractor_url",
    "asks_comment",
    "offers_contact",
    "asks_quote",
    "quote_text",
    "reason_ids.name",
    "reason_ids.category",
    "reason_ids.parent_id",
    "driver_ids.name",
    "driver_ids.kind",
    "driver_ids.lowest_label",
    "driver_ids.highest_label",
    "driver_ids.choice_ids.name",
)


class NpsSurvey(models.Model):
    """The survey as its customers will see it, while somebody still writes it."""

    _inherit = "nps.survey"

    preview = fields.Json(compute="_compute_preview", export_string_translation=False)

    @api.depends(*SHOWN)
    @api.depends_context("lang")
    def _compute_preview(self):
        for survey in self:
            survey.preview = survey.metric and {
                view: survey._render_preview(view) for view in VIEWS
            }

    def _render_preview(self, view):
        # Whoever writes a survey may not read all that a page shows of the company.
        values = {**self._preview_values(view), "is_embedded": True}
        return str(self.env["ir.qweb"].sudo()._render("nps.survey_page", values))

    def _preview_values(self, view="", score=""):
        """Return what the page template needs to show the survey with sample words.

        :param str view: one of :data:`VIEWS`; anything else is the question
        :param str score: the score that is selected
        """
        category = view if view in VIEWS[1:] else None
        invitation_sudo = (
            self.env["nps.invitation"]
            .sudo()
            .new(
                {**self._sample_values(), "response_ids": self._sample_answer(category)}
            )
        )
        values = invitation_sudo._page_values({"score": score}, preview=True)
        if category:
            values["view"] = "details"
        return {**values, "token": ""}

    def _sample_values(self):
        """Return what an invitation would know of a customer."""
        company = self.company_id or self.env.company
        return {
            "survey_id": self,
            "company_id": company.id,
            "res_model": "nps.survey",
            "res_id": self._origin.id or 0,
            "subject": self.env._("Printer does not print"),
            "agent_name": self.env.user.name,
            "product_name": self.env._("Laser printer"),
            "customer_name": self.env._("Anna Example"),
            "email": self.env.user.email_normalized,
            "email_normalized": self.env.user.email_normalized,
            "local_date": fields.Date.context_today(self),
            "answered_at": fields.Datetime.now(),
            "lang": self.env.lang,
        }

    def _sample_answer(self, category):
        if not category:
            return []
        scale = self._scale()
        score = next(
            s
            for s in reversed(scale.scores)
            if metrics.category(self.metric, s) == category
        )
        values = {"state": "counted", "score": score, "category": category}
        return [fields.Command.create({**values, "metric": self.metric})]

    def action_send_test(self):
        """Send the mail with the survey to whoever writes it; nothing of it counts."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.email_normalized:
            raise UserError(
                self.env._("You have no e-mail address. Write one into your profile.")
            )
        # The mail is from the company; who writes surveys may not send in its name.
        mail_sudo = self.env["mail.mail"].sudo().create(self._render_test_mail())
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "A test is on its way to %s. Its links show a preview.",
                    mail_sudo.email_to,
                ),
            },
        }

    def _render_test_mail(self):
        """Return the values of the test mail.

        The template reads an invitation, so there is one for the time of rendering.
        """
        with self.env.cr.savepoint() as savepoint:
            invitation_sudo = self._sample_invitation_sudo()
            template_sudo = invitation_sudo.outcome_id._template()
            rendered = template_sudo._generate_template(
                invitation_sudo.ids, ("subject", "body_html", "email_from")
            )[invitation_sudo.id]
            savepoint.rollback()
        return {
            "subject": self.env._("[Test] %s", rendered["subject"]),
            "email_from": rendered["email_from"] or self.env.user.email_formatted,
            "email_to": self.env.user.email_normalized,
            "body_html": personal_links.as_previews(
                rendered["body_html"], self.get_base_url(), self.id
            ),
            "auto_delete": True,
        }

    def _sample_invitation_sudo(self):
        outcome_sudo = self.env["nps.outcome"].sudo()
        outcome_sudo = outcome_sudo.create(
            {"name": "Test", "code": outcome_sudo._free_code("test")}
        )
        values = {**self._sample_values(), "survey_id": self.id}
        return (
            self.env["nps.invitation"]
            .sudo()
            .create(
                {
                    **values,
                    "res_id": self.id,
                    "outcome_id": outcome_sudo.id,
                    "user_id": self.env.uid,
                }
            )
        )
