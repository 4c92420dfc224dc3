from odoo import models


class MailMail(models.Model):
    """Says what became of a reminder, and stops one that is not wanted any more."""

    _inherit = "mail.mail"

    def _nps_drop_unwanted(self):
        mails = super()._nps_drop_unwanted()
        unwanted = self.browse()
        reminded_sudo = mails._nps_reminded_sudo()
        reasons = reminded_sudo._suppression_reasons_at_last()
        for invitation_sudo in reminded_sudo:
            mail = mails.browse(invitation_sudo.reminder_mail_id.id)
            reason = reasons.get(invitation_sudo)
            if reason or not invitation_sudo._awaits_reminder():
                unwanted |= mail
                invitation_sudo._stop_reminder(reason or False)
                mail.filtered(lambda m: m.state == "outgoing").cancel()
        return mails - unwanted

    def _nps_reminded_sudo(self):
        """Return the invitations whose reminders these are."""
        own = self.filtered(lambda mail: mail.model == "nps.invitation")
        # The mail queue decides about reminders, whoever pushes it.
        invitations_sudo = self.env["nps.invitation"].sudo()
        if not own:
            return invitations_sudo
        return invitations_sudo.search([("reminder_mail_id", "in", own.ids)])

    def _nps_report(self, reached, failure_type, failure_reason):
        result = super()._nps_report(reached, failure_type, failure_reason)
        reminded_sudo = self._nps_reminded_sudo()
        personalised = self.env.context.get("nps_personalised", ())
        arrived_sudo = reminded_sudo.filtered(
            lambda i: i.id in personalised and i.email_normalized in reached
        )
        arrived_sudo._on_reminded()
        (reminded_sudo - arrived_sudo)._on_reminder_failed(
            failure_type, failure_reason or self.failure_reason
        )
        return result
