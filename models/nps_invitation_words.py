from odoo import api, fields, models
from odoo.tools import format_date, format_datetime

from ..tools import placeholders


class NpsInvitation(models.Model):
    """What an invitation says of itself, in plain words."""

    _inherit = "nps.invitation"

    state_text = fields.Char(string="What Happened", compute="_compute_state_text")

    @api.depends(
        "state",
        "suppression_reason",
        "failure_reason",
        "scheduled_at",
        "answered_at",
        "wait_reason",
        "cancel_reason",
    )
    @api.depends_context("lang", "tz")
    def _compute_state_text(self):
        for invitation in self:
            invitation.state_text = invitation._describe_state()

    def _describe_state(self):
        """Return in plain words what became of the ask."""
        when = {
            name: format_datetime(self.env, self[name], dt_format="short")
            for name in ("scheduled_at", "sent_at", "answered_at", "expires_at")
        }
        texts = {
            "suppressed": self.env._("Not asked: %s", self._suppression_text()),
            "queued": self._describe_queue(when["scheduled_at"]),
            "sent": self.env._("Handed to the mail server on %s", when["sent_at"]),
            "failed": self._describe_failure(when["scheduled_at"]),
            "bounced": self.env._("The mail came back: %s", self.failure_reason or ""),
            "answered": self.env._("Answered on %s", when["answered_at"]),
            "expired": self.env._("Not answered until %s", when["expires_at"]),
            "cancelled": self._describe_cancelled(),
        }
        return texts[self.state]

    def _describe_queue(self, scheduled):
        if self.delivery == "link":
            return self.env._("Waiting for the mail that carries the link")
        if self.failure_reason:
            return self.env._(
                "The mail server could not be reached. Next try on %s", scheduled
            )
        return self.env._("Queued for %s", scheduled)

    def _describe_failure(self, scheduled):
        if self.scheduled_at:
            return self.env._(
                "Failed: %(reason)s. Next try on %(date)s",
                reason=self.failure_reason,
                date=scheduled,
            )
        return self.env._("Failed: %s", self.failure_reason)

    def _fill_text(self, text):
        """Replace the placeholders of a text, see :data:`.nps_survey.PLACEHOLDERS`."""
        words = {
            "company": lambda: self.company_id._nps_known().name,
            "agent": self._agent_first_name,
            "subject": self._named_topic,
            "date": lambda: format_date(self.env, self.local_date),
            "product": lambda: self.product_name,
            "customer": lambda: self.customer_name,
        }
        fallbacks = {
            "agent": words["company"],
            "product": words["company"],
            "subject": self._topic,
        }
        return placeholders.fill(text, words, fallbacks)

    def _agent_first_name(self):
        name = self.agent_name or self.user_id.name
        return name.split(" ")[0] if name else ""

    def _spoken_lang(self):
        """Return the language in which the customer is written to.

        His own, or that of the company when his was switched off meanwhile.
        """
        installed = self.env["res.lang"]._get_code(self.lang or "")
        return installed or self.company_id.partner_id.lang

    def _topic(self):
        """Return what it was about, as one says to the customer."""
        return self._named_topic() or self.env._("your request")

    def _named_topic(self):
        """Return the title of the ticket, or '' where there is none."""
        return "" if self.res_model == "res.partner" else self.subject or ""

    def _promise(self):
        """Return in one sentence who is asked what and when, or why not."""
        self.ensure_one()
        reason = self.suppression_reason
        if not self.id:
            # A draft: nothing was decided about it yet.
            reason = self._suppression_reasons_at_pick().get(self)
        if reason:
            return self.env._("Nobody is asked. %s.", self._reason_text(reason))
        return self.env._(
            "%(customer)s gets the survey “%(survey)s” at %(email)s %(when)s.",
            customer=self.customer_name or self.env._("The customer"),
            survey=self.survey_id.name,
            email=self.email_normalized,
            when=self._promise_when(),
        )

    def _promise_when(self):
        if self.delivery == "link":
            return self.env._("by a link in another mail")
        return self.env._("at once")
