from odoo import models
from odoo.fields import Domain


class MailMail(models.Model):
    """Stops the mail of somebody who opted out while those before it were leaving.

    Whether mails may leave is judged for a whole batch. A slow mail server takes
    minutes for one, and a customer's no has to win until his own mail leaves.
    """

    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        # Odoo asks for it right before each mail leaves; an empty list sends nothing.
        if self.env.context.get("nps_secrets") and self._nps_obey_opt_out():
            return []
        return super()._prepare_outgoing_list(mail_server, doc_to_followers)

    def _nps_obey_opt_out(self):
        """Withdraw this mail when its customer opted out meanwhile.

        :return: whether he did
        """
        asked_sudo = self._nps_own_invitations_sudo().filtered(
            lambda i: i.state in ("queued", "failed") and i._has_opted_out_since()
        )
        reminded_sudo = self._nps_reminded_sudo().filtered(
            lambda i: i._has_opted_out_since()
        )
        for invitation_sudo in asked_sudo:
            invitation_sudo._suppress("opted_out")
        reminded_sudo._stop_reminder("opted_out")
        return bool(asked_sudo or reminded_sudo)


class NpsInvitation(models.Model):
    """Whether the customer said no in the last moment."""

    _inherit = "nps.invitation"

    def _has_opted_out_since(self):
        """Tell whether the customer opted out of the survey by now."""
        wishes_sudo = self.env["nps.opt.out"].sudo()
        person = wishes_sudo._domain_of(self.partner_id, [self.email_normalized])
        metric = Domain("metric", "in", [False, self.survey_id.metric])
        return bool(wishes_sudo.search_count(person & metric, limit=1))
