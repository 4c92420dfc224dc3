from odoo import models
from odoo.tools import hash_sign, verify_hash_signed

from ..tools import colors

SCOPE = "nps.subscription"


class NpsSubscription(models.Model):
    """How what a subscriber hears of reaches him: his mailbox, or Odoo itself."""

    _inherit = "nps.subscription"

    # === WAYS === #

    def _told_by(self, way):
        """Return those subscriptions whose user is told by a way.

        Who has no address is told in Odoo.

        :param str way: ``mail`` or ``inbox``
        """
        if not self.user_id.email_normalized:
            return self if way == "inbox" else self.browse()
        return self.filtered(lambda s: s.channel in (way, "both"))

    def _queue_mail(self, subject, template, values):
        """Queue a mail to the user; Odoo's mail queue sends it.

        :param str template: xmlid of its QWeb template
        :return: the ``mail.mail``
        """
        user, link = self.user_id, self._stop_link()
        mail = self.env["mail.mail"].create(
            {
                # A line break in a name would end the header.
                "subject": " ".join(subject.split()),
                "body_html": self._render(template, {**values, "stop_link": link}),
                "email_from": self._sender(),
                "email_to": user.email_formatted,
                "author_id": self.env.ref("base.partner_root").id,
                "auto_delete": True,
                "headers": repr(
                    {
                        "List-Unsubscribe": f"<{link}>",
                        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                        "Auto-Submitted": "auto-generated",
                        "X-Auto-Response-Suppress": "OOF",
                    }
                ),
            }
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
        return mail

    def _notify_in_odoo(self, record, subject, template, values):
        """Put a message into the user's notifications, whatever he prefers for others.

        :param record: what the message is about; an empty ``mail.thread`` for nothing
        """
        record.with_context(lang=self.user_id.lang, nps_in_odoo=True).message_notify(
            subject=subject,
            body=self._render(template, values),
            author_id=self.env.ref("base.partner_root").id,
            partner_ids=self.user_id.partner_id.ids,
        )

    def _sender(self):
        company = self._company()
        root = self.env.ref("base.user_root")
        return company.email_formatted or root.email_formatted

    def _company(self):
        """Return the company whose name and colour a message carries."""
        return self.company_id[:1] or self.user_id.company_id

    # === CONTENT === #

    def _frame(self):
        """Return what every message needs: brand, language, names, addresses."""
        company = self._company()
        lang = self.env["res.lang"]._get_data(code=self.user_id.lang or "en_US")
        brand = company.primary_color or colors.PLAIN
        return {
            "company": company,
            "user": self.user_id,
            "names": self.with_context(lang=self.user_id.lang).mapped("name"),
            "brand": brand,
            "on_brand": colors.readable_on(brand),
            "html_lang": (lang.code or "en_US").replace("_", "-"),
            "direction": lang.direction or "ltr",
            "base_url": self[:1].get_base_url(),
            "stop_link": None,
        }

    def _render(self, template, values):
        """Return a message in the language of its reader."""
        qweb = self.env["ir.qweb"].with_context(lang=self.user_id.lang or "en_US")
        return qweb._render(template, values, minimal_qcontext=True)

    # === UNSUBSCRIBE === #

    def _stop_link(self):
        """Return the address at which the user stops these subscriptions.

        Signed and not stored: it needs no login and opens nothing else.
        """
        values = [self.user_id.id, *self.ids]
        token = hash_sign(self.env(su=True), SCOPE, values)
        return f"{self[:1].get_base_url()}/nps/subscription/{token}"

    def _of_stop_link(self, token):
        """Return (user, subscriptions) of a link, in superuser mode, or empty records.

        A subscription that belongs to somebody else by now is none of his.
        """
        nothing = self.env["res.users"].sudo(), self.sudo().browse()
        try:
            values = verify_hash_signed(self.env(su=True), SCOPE, token)
            user_id, *ids = values or [None]
        except (ValueError, TypeError):
            return nothing
        user_sudo = self.env["res.users"].sudo().browse(user_id or []).exists()
        found_sudo = (
            self.sudo().with_context(active_test=False).browse(ids).exists()
        ).filtered(lambda s: s.user_id == user_sudo)
        return (user_sudo, found_sudo) if found_sudo else nothing
