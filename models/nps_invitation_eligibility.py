from odoo import api, fields, models
from odoo.tools import email_normalize

REASONS = {
    "no_survey": "_is_without_survey",
    "survey_archived": "_is_survey_archived",
    "no_address": "_is_without_address",
    "invalid_address": "_is_address_invalid",
    "customer_archived": "_is_customer_archived",
    "opted_out": "_is_opted_out",
    "no_consent": "_is_without_consent",
    "blacklisted": "_is_blacklisted",
    "bounce_limit": "_is_over_bounce_limit",
    "own_company": "_is_own_company",
    "open_case": "_has_open_case",
    "reopened": "_has_reopened_ticket",
    "cooldown": "_is_cooling_down",
    "sampling": "_is_drawn_out",
    "daily_cap": "_is_over_daily_cap",
}
"""Why nobody is asked: reason -> the check, in the order in which they are made."""

SHIELD = ("open_case", "reopened")
"""Reasons that may be settled until a delayed mail leaves."""
RATION = ("cooldown", "sampling", "daily_cap")
"""Reasons that are decided once, at the moment in which a mail is made."""
FIRM = tuple(r for r in REASONS if r not in SHIELD + RATION)
"""Reasons that are as true when the outcome is picked as when the mail leaves."""


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
            "no_consent": self.env._("The customer has not agreed to surveys"),
            "blacklisted": self.env._("The address is on the mail blacklist"),
            "bounce_limit": self.env._("Mails to the address keep coming back"),
            "own_company": self.env._("The address belongs to our own company"),
            "open_case": self.env._("A complaint of the customer is not settled yet"),
            "reopened": self.env._("A ticket of the customer was opened again"),
            "cooldown": self.env._("The customer was asked or answered lately"),
            "sampling": self.env._("The customer was not drawn"),
            "daily_cap": self.env._("The survey's mails of the day are used up"),
        }
        return list(labels.items())

    def _suppression_reason_now(self, among=tuple(REASONS)):
        """Return the first reason not to ask, or False.

        :param among: the keys of :data:`REASONS` to look at
        """
        self.ensure_one()
        checks = (
            (reason, getattr(self, check))
            for reason, check in REASONS.items()
            if reason in among
        )
        return next((reason for reason, check in checks if check()), False)

    def _suppression_reason_at_pick(self):
        """Return why nobody will be asked, as far as that is certain now, or False.

        What leaves later is judged later: until then a ticket may be closed again, or
        a cool-down end.
        """
        leaves_now = self._first_moment() <= self.picked_at
        return self._suppression_reason_now(REASONS if leaves_now else FIRM)

    def _suppression_reason_at_last(self):
        """Return what forbids a mail that was made already, or False."""
        return self._suppression_reason_now(FIRM + SHIELD)

    def _suppression_text(self):
        """Return in plain words why nobody was asked."""
        return self._reason_text(self.suppression_reason)

    def _reason_text(self, reason):
        """Return a reason in plain words; others add what they know of it."""
        return dict(self._selection_suppression_reason()).get(reason, "")

    def _suppress(self, reason):
        """Ask nobody, and say why."""
        self._drop_mail()
        self.write(
            {
                "state": "suppressed",
                "suppression_reason": reason,
                "scheduled_at": False,
                "wait_reason": False,
            }
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

    def _is_without_consent(self):
        if not self.company_id.nps_requires_consent:
            return False
        return not any(self._same_person_sudo().mapped("nps_survey_consent"))

    def _is_blacklisted(self):
        return bool(
            self.env["mail.blacklist"]
            .sudo()
            .search_count([("email", "=", self.email_normalized)], limit=1)
        )

    def _is_over_bounce_limit(self):
        limit = self.company_id.nps_bounce_limit
        if not limit:
            return False
        ours = self.search_count(
            [
                ("id", "not in", self.ids),
                ("email_normalized", "=", self.email_normalized),
                ("state", "=", "bounced"),
            ],
            limit=limit,
        )
        counted = self._same_person_sudo().mapped("message_bounce")
        return max(ours, *counted, 0) >= limit

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

    def _has_open_case(self):
        """Tell whether a complaint of this person is not settled yet.

        A hook: whoever keeps complaints extends it.
        """
        return False

    def _has_reopened_ticket(self):
        """Tell whether something of this person was opened again. A hook."""
        return False

    def _same_person_sudo(self):
        """Return the contacts of the person: his own and those with his address.

        In superuser mode: who he is does not depend on who looks.
        """
        partners_sudo = self.env["res.partner"].sudo()
        twins_sudo = partners_sudo.search(
            [("email_normalized", "=", self.email_normalized)]
        )
        return twins_sudo | partners_sudo.browse(self.partner_id.ids)

    @api.model
    def _cron_expire(self):
        """Close the invitations whose link does not work any more."""
        self.search(
            [
                ("state", "in", ["sent", "bounced"]),
                ("expires_at", "<", fields.Datetime.now()),
            ]
        ).write({"state": "expired"})
