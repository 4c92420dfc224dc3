from odoo import fields, models
from odoo.tools import hash_sign

SCOPE = "nps.scorecard.mail"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 12
"""So many rows stand in the mail itself; all of them in its files."""


class NpsScorecardMail(models.Model):
    """The mail itself: computed with the rights and in the language of its reader."""

    _inherit = "nps.scorecard.mail"

    def _send_to(self, user):
        """Queue the mail with what a user may see; Odoo's mail queue sends it."""
        self.ensure_one()
        card = self._as_reader("nps.insight", user).get_scorecard(*self._asked())
        # Whoever asks for a test may not write mails of his own making.
        mail_sudo = self.env["mail.mail"].sudo().create(self._prepare_mail(user, card))
        # Queued again from there when the mail server was away.
        notices_sudo = self.env["nps.subscription.notice"].sudo()
        notices_sudo.create({"user_id": user.id, "mail_id": mail_sudo.id})
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _asked(self):
        """Return the domain and the options, as the insight screen takes them."""
        return list(self._domain()), self._insight_options()

    def _as_reader(self, model, user):
        """Return a model as a user reads it: his rights, companies, language, clock."""
        companies = user.company_id | user.company_ids
        context = {
            "allowed_company_ids": companies.ids,
            "lang": user.lang or "en_US",
            "tz": user.tz or user.company_id._nps_timezone(),
        }
        return self.env[model].with_user(user).with_context(**context)

    # === MAIL === #

    def _prepare_mail(self, user, card):
        root = self.env.ref("base.user_root")
        link = self._stop_link(user)
        subject = f"{self.name}: {card['period']['label']}"
        return {
            # A line break in a name would end the header.
            "subject": " ".join(subject.split()),
            "body_html": self._body(user, card, link),
            "email_from": user.company_id.email_formatted or root.email_formatted,
            "email_to": user.email_formatted,
            "author_id": self.env.ref("base.partner_root").id,
            "auto_delete": True,
            "attachment_ids": [
                fields.Command.create(values)
                for values in self._attachments(user, card)
            ],
            "headers": repr(
                {
                    "List-Unsubscribe": f"<{link}>",
                    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                    "Auto-Submitted": "auto-generated",
                    "X-Auto-Response-Suppress": "OOF",
                }
            ),
        }

    def _attachments(self, user, card):
        """Return the files; without customers' words: nobody could erase them there."""
        insight = self._as_reader("nps.insight", user)
        content = insight._scorecard_xlsx(*self._asked(), with_words=False)
        name = self.name.replace("/", "-")
        files = [(f"{name}.xlsx", content, XLSX)]
        if card["can_print"]:
            files.append((f"{name}.pdf", self._print(user), "application/pdf"))
        # As parts of the message they are deleted with it.
        return [
            {"name": name, "raw": raw, "mimetype": kind, "res_model": "mail.message"}
            for name, raw, kind in files
        ]

    def _print(self, user):
        domain, options = self._asked()
        data = {"domain": domain, "options": options, "title": self.name}
        reports = self._as_reader("ir.actions.report", user)
        return reports._render_qweb_pdf("nps.scorecard_document", None, data=data)[0]

    def _body(self, user, card, link):
        top = _top_rows(card["rows"])
        values = {
            **self._frame(user),
            "card": card,
            "rows": top[:MOST_ROWS],
            "more": len(top) > MOST_ROWS,
            "say": self._as_reader("report.nps.scorecard_document", user)._say,
            "name": self.name,
            "url": self._screen_link(),
            "stop_link": link,
        }
        qweb = self._as_reader("ir.qweb", user)
        return qweb._render("nps.scorecard_mail", values, minimal_qcontext=True)

    def _frame(self, user):
        """Return what the frame of every message needs: brand, language, addresses."""
        # Not stored: only what a message to this user looks like.
        subscription = self.env["nps.subscription"].new({"user_id": user.id})
        return subscription._frame()

    def _screen_link(self):
        base = self.get_base_url()
        return f"{base}/odoo/nps-scorecard-mails/{self.id}/nps-scorecard-mailed"

    def _stop_link(self, user):
        """Return the address at which a recipient stops these mails.

        Signed and not stored: it needs no login and opens nothing else.
        """
        token = hash_sign(self.env(su=True), SCOPE, [self.id, user.id])
        return f"{self.get_base_url()}/nps/scorecard/stop/{token}"


def _top_rows(rows):
    """Return the rows of a tree down to where it first branches."""
    depths = [row["depth"] for row in rows]
    branches = (depth for depth in sorted(set(depths)) if depths.count(depth) > 1)
    deepest = next(branches, max(depths, default=0))
    return [row for row in rows if row["depth"] <= deepest]
