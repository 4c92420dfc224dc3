from odoo import api, fields, models
from odoo.tools import email_normalize

REASONS = {
    "no_survey": "_is_without_survey",
    "survey_archived": "_is_survey_archived",
    "no_address": "_is_without_address",
    "invalid_address": "_is_address_invalid",
    "customer_archived": "_is_customer_archived",
    "opted_out": "_is_opted_out",
    "blacklisted": "_is_blacklisted",
    "own_company": "_is_own_company",
}
"""Why nobody is asked: reason -> the check, in the order in which they are made."""


class NpsInvitation(models.Model):
    """Who may be asked: decided when the outcome is picked and again before sending."""

    _inherit = "nps.invitation"

    @api.model
    def _selection_suppression_reason(self):
        labels = {
            "no_survey": self.env._("This outcome asks nobody"),
            "survey_archived": self.env._("The survey is archived"),
            "no_address": self.env._("The customer has no e-mail address"),
            "invalid_address": self.env._("The e-mail address is not valid"),
            "customer_archived": self.env._("The customer is archived"),
            "opted_out": self.env._("The customer does not want to be asked"),
            "blacklisted": self.env._("The address is on the mail blacklist"),
            "own_company": self.env._("The address belongs to our own company"),
        }
        return list(labels.items())

    def _suppression_reason_now(self):
        """Return the first reason not to ask, or False.

        :return: a key of :data:`REASONS`
        """
        self.ensure_one()
        checks = ((reason, getattr(self, check)) for reason, check in REASONS.items())
        return next((reason for reason, check in checks if check()), False)

    def _may_carry_link(self):
        """Tell whether a mail that leaves now may carry the customer's link."""
        return self._is_open() and not self._suppression_reason_now()

    def _suppression_text(self):
        """Return in plain words why nobody was asked."""
        reasons = dict(self._selection_suppression_reason())
        return reasons.get(self.suppression_reason, "")

    def _suppress(self, reason):
        """Ask nobody, and say why."""
        self._drop_mail()
        self.write(
            {"state": "suppressed", "suppression_reason": reason, "scheduled_at": False}
        )

    # === CHECKS === #

    def _is_without_survey(self):
        return not self.survey_id

    def _is_survey_archived(self):
        return not self.survey_id.active

    def _is_without_address(self):
        return not (self.email or "").strip()

    def _is_address_invalid(self):
        return not self.email_normalized or not email_normalize(self.email)

    def _is_customer_archived(self):
        return bool(self.partner_id) and not self.partner_id.active

    def _is_opted_out(self):
        # The outcome that writes the wish down asks no last time.
        return self.outcome_id.opts_out or self.env["nps.opt.out"].sudo()._holds(
            self.partner_id, self.email_normalized, self.survey_id.metric
        )

    def _is_blacklisted(self):
        return bool(
            self.env["mail.blacklist"]
            .sudo()
            .search_count([("email", "=", self.email_normalized)], limit=1)
        )

    def _is_own_company(self):
        own = {
            email_normalize(address or "")
            for address in (self.company_id.email, self.company_id.catchall_email)
        }
        return self.email_normalized in own or self._is_colleague()

    def _is_colleague(self):
        """Tell whether the address is an employee's: he would answer for himself."""
        return bool(
            self.env["res.users"]
            .sudo()
            .search_count(
                [
                    ("share", "=", False),
                    ("partner_id.email_normalized", "=", self.email_normalized),
                ],
                limit=1,
            )
        )

    @api.model
    def _cron_expire(self):
        """Close the invitations whose link does not work any more."""
        self.search(
            [
                ("state", "in", ["sent", "bounced"]),
                ("expires_at", "<", fields.Datetime.now()),
            ]
        ).write({"state": "expired"})
