import logging
from datetime import timedelta

import psycopg2

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import formataddr, html2plaintext

from ..tools import personal_links
from .mail_template_addresses import Addresses

_logger = logging.getLogger(__name__)

RESCUED_AFTER = timedelta(minutes=15)
"""When Odoo's own queue sends what our cron was prevented from sending."""


class NpsInvitation(models.Model):
    """Making mails from templates: many at once, and one by one when one is broken."""

    _inherit = "nps.invitation"

    def _render_mails(self):
        """Make the mails of the first ask; note those that cannot be made."""
        templates = {outcome: outcome._template() for outcome in self.outcome_id}
        groups = self.grouped(lambda i: (templates[i.outcome_id], i.company_id))
        for (template, _company), invitations in groups.items():
            mails = invitations._render_or_fail(template, "_fail_rendering")
            for invitation, mail in mails:
                invitation.mail_id = mail

    def _render_or_fail(self, template, fail):
        """Make one mail for each invitation, whatever is wrong with the others.

        :param template: the ``mail.template``
        :param str fail: the method that notes the error of one invitation
        :return: list of (invitation, mail) of those that could be made
        """
        try:
            with self.env.cr.savepoint():
                return self._render_together(template)
        except psycopg2.OperationalError:
            raise
        except Exception as error:
            if len(self) == 1:
                getattr(self, fail)(error)
                return []
        # One of them is poisoned: halves of halves show which.
        half = len(self) // 2
        return [
            *self[:half]._render_or_fail(template, fail),
            *self[half:]._render_or_fail(template, fail),
        ]

    def _render_together(self, template):
        """Queue mails from a template; they hold no secret yet.

        :raise UserError: one of them has no link
        """
        template = template.with_context(
            nps_compile_once=True,
            nps_sanitize_once=True,
            nps_addresses=self._addresses_by_id(),
        )
        mails = template.send_mail_batch(
            self.ids, email_values=self._common_mail_values(template)
        )
        by_id = {mail.res_id: mail for mail in mails.with_env(self.env)}
        pairs = [(invitation, by_id[invitation.id]) for invitation in self]
        for invitation, mail in pairs:
            if invitation.id not in personal_links.find_invitation_ids(mail.body_html):
                raise UserError(
                    self.env._(
                        "The mail template “%s” contains no link to the survey. Write "
                        "object.nps_link() into it.",
                        template.name,
                    )
                )
        return pairs

    def _addresses_by_id(self):
        """Return to whom each of the mails goes, and to nobody else."""
        return Addresses(
            {i.id: formataddr((i.customer_name, i.email_normalized)) for i in self}
        )

    def _common_mail_values(self, template):
        """Return what is the same in all mails of one company."""
        values = {
            # One person, one link.
            "email_cc": False,
            "recipient_ids": [],
            "headers": repr({"Auto-Submitted": "auto-generated"}),
            # Keeps the message, so that a bounce finds its invitation.
            "is_notification": True,
            # We send it ourselves at once. Odoo's queue takes over what we left behind,
            # and until then keeps out of our way.
            "scheduled_date": fields.Datetime.now() + RESCUED_AFTER,
        }
        if not template.email_from:
            values["email_from"] = self.company_id.email_formatted
        return values

    def _fail_rendering(self, error):
        """Plan another try for an invitation whose mail cannot be made."""
        _logger.info("Invitation %s cannot be rendered: %s", self.id, error)
        self.asked_at = False
        self._try_again_later("failed", self._describe_error(error))

    def _describe_error(self, error):
        """Return in one line why a mail cannot be made."""
        cause = _innermost(error)
        if cause is error:
            return _first_line(error)
        # What Odoo says of it begins with the whole template; what broke stands last.
        return self.env._(
            "The mail template cannot be rendered: %(error)s (%(kind)s)",
            error=_first_line(cause),
            kind=type(cause).__name__,
        )


def _innermost(error):
    """Return the exception from which all others followed."""
    while error.__cause__:
        error = error.__cause__
    return error


def _first_line(error):
    """Return the first line of an error that says something."""
    lines = [line for line in html2plaintext(str(error)).splitlines() if line.strip()]
    return lines[0].strip()[:500] if lines else type(error).__name__
