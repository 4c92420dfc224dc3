from odoo import api, fields, models
from odoo.tools import email_normalize

from ..tools import addresses

REASONS = {
    "no_survey": "_those_without_survey",
    "survey_archived": "_those_of_archived_survey",
    "no_address": "_those_without_address",
    "invalid_address": "_those_with_invalid_address",
    "customer_archived": "_those_of_archived_customer",
    "opted_out": "_those_opted_out",
    "no_consent": "_those_without_consent",
    "blacklisted": "_those_blacklisted",
    "bounce_limit": "_those_over_bounce_limit",
    "own_company": "_those_of_own_company",
    "open_case": "_those_with_open_case",
    "reopened": "_those_with_reopened_ticket",
    "cooldown": "_those_cooling_down",
    "sampling": "_those_drawn_out",
    "daily_cap": "_those_over_daily_cap",
}
"""Why nobody is asked: reason -> the check, in the order in which they are made.

A check gets many invitations and returns those that it forbids to ask, in their order;
it asks the database for all of them at once."""

SHIELD = ("open_case", "reopened")
"""Reasons that may be settled until a delayed mail leaves."""
RATION = ("cooldown", "sampling", "daily_cap")
"""Reasons that are decided once, at the moment in which a mail is made."""
FIRM = tuple(r for r in REASONS if r not in SHIELD + RATION)
"""Reasons that are as true when the outcome is picked as when the mail leaves."""

PICKED = "nps_picked"
"""In the context of a check: the outcome is picked, and nobody is asked yet."""


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

    def _suppression_reasons(self, among=tuple(REASONS)):
        """Return dict of invitation -> the first reason not to ask.

        Those that may be asked are not in it.

        :param among: the keys of :data:`REASONS` to look at
        """
        found, left = {}, self
        for reason, check in REASONS.items():
            if left and reason in among:
                hit = getattr(left, check)()
                found.update(dict.fromkeys(hit, reason))
                left -= hit
        return found

    def _suppression_reason_now(self, among=tuple(REASONS)):
        """Return the first reason not to ask one customer, or False."""
        self.ensure_one()
        return self._suppression_reasons(among).get(self, False)

    def _suppression_reasons_at_pick(self):
        """Return dict of invitation -> why nobody will be asked, as far as certain now.

        What leaves later is judged later: until then a ticket may be closed again, or
        a cool-down end.
        """
        leaves_now = self.filtered(lambda i: i._first_moment() <= i.picked_at)
        leaves_now = leaves_now.with_context(**{PICKED: True})
        return {
            **leaves_now._suppression_reasons(),
            **(self - leaves_now)._suppression_reasons(FIRM),
        }

    def _suppression_reasons_at_last(self):
        """Return dict of invitation -> what forbids a mail that was made already."""
        return self._suppression_reasons(FIRM + SHIELD)

    def _suppress_by(self, reasons):
        """Ask nobody of those for whom there is a reason.

        :param dict reasons: invitation -> reason, see :meth:`_suppression_reasons`
        :return: those invitations
        """
        # One set for each reason, in the order in which they came.
        for reason in dict.fromkeys(reasons.values()):
            self.filtered(lambda i, r=reason: reasons.get(i) == r)._suppress(reason)
        return self.filtered(lambda i: i in reasons)

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

    def _those_without_survey(self):
        return self.filtered(lambda i: not i.survey_id)

    def _those_of_archived_survey(self):
        return self.filtered(lambda i: not i.survey_id.active)

    def _those_without_address(self):
        return self.filtered(lambda i: not (i.email or "").strip())

    def _those_with_invalid_address(self):
        return self.filtered(
            lambda i: (
                not i.email_normalized
                or not (addresses.plain(i.email or "") or email_normalize(i.email))
            )
        )

    def _those_of_archived_customer(self):
        return self.filtered(lambda i: i.partner_id and not i.partner_id.active)

    def _those_opted_out(self):
        # The outcome that writes the wish down asks no last time.
        holds = self._opt_outs()
        return self.filtered(lambda i: i.outcome_id.opts_out or holds(i))

    def _opt_outs(self):
        """Return the function that tells whether a wish of its person forbids one."""
        wishes_sudo = self.env["nps.opt.out"].sudo()
        known = wishes_sudo.search(
            wishes_sudo._domain_of(self.partner_id, self._addresses())
        )
        wishes = {(mark, wish.metric) for wish in known for mark in wish._marks()}

        def holds(invitation):
            if not wishes:
                return False
            partner, email = invitation.partner_id, invitation.email_normalized
            metrics = (False, invitation.survey_id.metric)
            return any(
                (mark, metric) in wishes
                for mark in wishes_sudo._marks_of(partner, email)
                for metric in metrics
            )

        return holds

    def _those_without_consent(self):
        careful = self.filtered("company_id.nps_requires_consent")
        people_sudo = careful._same_people_sudo()
        return careful.filtered(
            lambda i: not any(people_sudo[i].mapped("nps_survey_consent"))
        )

    def _those_blacklisted(self):
        blacklist_sudo = self.env["mail.blacklist"].sudo()
        found = blacklist_sudo.search_fetch(
            [("email", "in", self._addresses())], ["email"]
        )
        listed = set(found.mapped("email"))
        return self.filtered(lambda i: i.email_normalized in listed)

    def _those_over_bounce_limit(self):
        limited = self.filtered("company_id.nps_bounce_limit")
        ours = limited._bounced_by_address() if limited else {}
        people_sudo = limited._same_people_sudo()

        def is_over(invitation):
            # Its own bounce is no reason against another try of it.
            itself = bool(invitation.id) and invitation.state == "bounced"
            bounces = ours.get(invitation.email_normalized, 0) - itself
            counted = people_sudo[invitation].mapped("message_bounce")
            return max(bounces, *counted, 0) >= invitation.company_id.nps_bounce_limit

        return limited.filtered(is_over)

    def _bounced_by_address(self):
        """Return dict of address -> how many of our own mails came back from it."""
        rows = self._read_group(
            [("email_normalized", "in", self._addresses()), ("state", "=", "bounced")],
            ["email_normalized"],
            ["__count"],
        )
        return dict(rows)

    def _those_of_own_company(self):
        own = {
            company: {
                email_normalize(address or "")
                for address in (company.email, company.catchall_email)
            }
            for company in self.company_id
        }
        colleagues = self._colleagues_addresses()
        return self.filtered(
            lambda i: i.email_normalized in own[i.company_id] | colleagues
        )

    def _colleagues_addresses(self):
        """Return those of the addresses that are an employee's.

        He would answer for himself.
        """
        users_sudo = self.env["res.users"].sudo()
        colleagues_sudo = users_sudo.search(
            [
                ("share", "=", False),
                ("partner_id.email_normalized", "in", self._addresses()),
            ]
        )
        return set(colleagues_sudo.partner_id.mapped("email_normalized"))

    def _those_with_open_case(self):
        """Return those of whose person a complaint is not settled yet.

        A hook: whoever keeps complaints extends it.
        """
        return self.browse()

    def _those_with_reopened_ticket(self):
        """Return those of whose person something was opened again. A hook."""
        return self.browse()

    def _addresses(self):
        """Return the normalised addresses of the persons, each once."""
        return list(dict.fromkeys(filter(None, self.mapped("email_normalized"))))

    def _same_people_sudo(self):
        """Return dict of invitation -> the contacts of its person.

        His own and those with his address. In superuser mode: who he is does not depend
        on who looks.
        """
        partners_sudo = self.env["res.partner"].sudo()
        addresses = self._addresses()
        twins_sudo = partners_sudo.search(
            [("email_normalized", "in", addresses)]
        ).grouped("email_normalized")
        # Read together: each of them would be asked for alone.
        own_ids = self.partner_id.ids
        return {
            invitation: twins_sudo.get(invitation.email_normalized, partners_sudo)
            | partners_sudo.browse(invitation.partner_id.ids).with_prefetch(own_ids)
            for invitation in self
        }

    @api.model
    def _cron_expire(self):
        """Close the invitations whose link does not work any more."""
        self.search(
            [
                ("state", "in", ["sent", "bounced"]),
                ("expires_at", "<", fields.Datetime.now()),
            ]
        ).write({"state": "expired"})
