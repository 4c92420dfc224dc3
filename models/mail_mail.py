from odoo import models
from odoo.tools import email_normalize, html2plaintext

from ..tools import personal_links


class MailMail(models.Model):
    """Puts the customer's link into his copy of a mail, and says what became of it."""

    _inherit = "mail.mail"

    def _send(self, auto_commit=False, *args, **kwargs):
        mails = self._nps_drop_unwanted()
        # What is left of our own unsent mails was judged a moment ago.
        judged_sudo = mails._nps_own_invitations_sudo().filtered(
            lambda i: i.state in ("queued", "failed")
        )
        invitations_sudo = mails._nps_invitations_sudo()._that_may_leave(judged_sudo)
        if not invitations_sudo:
            return super(MailMail, mails)._send(auto_commit, *args, **kwargs)
        secrets = self.env["nps.invitation.link"]._issue(invitations_sudo)
        if auto_commit:
            # A link has to work from the moment on in which it can be clicked.
            self.env.cr.commit()  # pylint: disable=invalid-commit
        mails = mails.with_context(nps_secrets=secrets, nps_personalised=set())
        return super(MailMail, mails)._send(auto_commit, *args, **kwargs)

    def _nps_drop_unwanted(self):
        """Return the mails without those that may not leave any more.

        An opt-out wins up to this moment, whichever way the mail came here.
        """
        waiting_sudo = self._nps_own_invitations_sudo().filtered(
            lambda i: i.state in ("queued", "failed")
        )
        reasons = waiting_sudo._suppression_reasons_at_last()
        unwanted = self.browse([invitation.mail_id.id for invitation in reasons])
        waiting_sudo._suppress_by(reasons)
        return self - unwanted

    def _nps_own_invitations_sudo(self):
        """Return the invitations whose own mails these are."""
        own = self.filtered(lambda mail: mail.model == "nps.invitation")
        invitations_sudo = self.env["nps.invitation"].sudo()
        if not own:
            return invitations_sudo
        return invitations_sudo.search([("mail_id", "in", own.ids)])

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        emails = super()._prepare_outgoing_list(mail_server, doc_to_followers)
        secrets = self.env.context.get("nps_secrets")
        for email in emails if secrets else ():
            self._nps_personalise(email, secrets)
        return emails

    def _nps_personalise(self, email, secrets):
        """Replace the placeholders of the invitations that are for this recipient.

        :param dict email: one entry of :meth:`_prepare_outgoing_list`
        :param dict secrets: invitation id -> secret
        """
        recipients = [email_normalize(address) for address in email["email_to"]]
        # A secret has been made: there is such an invitation.
        found = personal_links.find_invitation_ids(self.body_html)
        invitations_sudo = self.env["nps.invitation"].sudo()
        own = invitations_sudo.browse([i for i in found if i in secrets]).filtered(
            lambda invitation: recipients == [invitation.email_normalized]
        )
        if not own or email["email_cc"]:
            # In a mail that several people get, a secret would be none.
            return
        self.env.context["nps_personalised"].update(own.ids)
        tokens = {invitation.id: secrets[invitation.id] for invitation in own}
        email["body"] = personal_links.personalise(email["body"], tokens)
        email["body_alternative"] = html2plaintext(
            personal_links.for_plain_text(email["body"])
        )
        email["headers"] = {
            **email["headers"],
            **_opt_out_headers(own[0]._base_url(), tokens[own[0].id]),
        }

    def _nps_invitations_sudo(self):
        """Return the invitations whose placeholders stand in the mails.

        In superuser mode: whoever sends a mail need not see who is asked.
        """
        ids = [
            invitation_id
            for mail in self
            for invitation_id in personal_links.find_invitation_ids(mail.body_html)
        ]
        return self.env["nps.invitation"].sudo().browse(dict.fromkeys(ids)).exists()

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        reached = _addresses(success_pids, success_emails)
        for mail in self:
            mail._nps_report(reached, failure_type, failure_reason)
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )

    def _nps_report(self, reached, failure_type, failure_reason):
        """Tell the invitations of one mail whether the mail server took it.

        :param set reached: normalised addresses that the mail server accepted
        """
        personalised = self.env.context.get("nps_personalised", ())
        carried_sudo = self._nps_invitations_sudo().filtered(
            lambda i: i.id in personalised
        )
        reached_sudo = carried_sudo.filtered(lambda i: i.email_normalized in reached)
        reached_sudo._on_handed_over()
        (carried_sudo - reached_sudo)._on_link_not_delivered()
        self._nps_own_invitations_sudo()._on_mail_failed(
            failure_type, failure_reason or self.failure_reason
        )


def _opt_out_headers(base_url, token):
    """Return the headers of RFC 8058: one click in the mail program, and no page."""
    return {
        "List-Unsubscribe": f"<{base_url}/nps/{token}/opt-out>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _addresses(partners, emails):
    """Return the normalised addresses of the partners and of the formatted e-mails."""
    found = [partner.email for partner in partners] + list(emails)
    return {email_normalize(email) for email in found if email}
