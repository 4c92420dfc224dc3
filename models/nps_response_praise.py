from markupsafe import Markup

from odoo import fields, models

from ..tools import personal_links


class NpsResponse(models.Model):
    """Passes a happy customer's words on to the agent and his manager.

    The cron that notes answers does it, so the customer's page does not wait for it
    and a failure is tried again.
    """

    _inherit = "nps.response"

    praise_passed_at = fields.Datetime(
        string="Praise Passed On At",
        readonly=True,
        help="When the words were passed on to the agent and his manager.",
    )
    praise_user_ids = fields.Many2many(
        "res.users",
        "nps_response_praise_rel",
        string="Praise Passed On To",
        readonly=True,
    )

    def _echo(self):
        done = super()._echo()
        if self._is_praise():
            self._pass_praise()
        return done

    def _is_praise(self):
        """Tell whether these are a happy customer's words that nobody was told of."""
        return bool(
            self.state == "counted"
            and self.category == "promoter"
            and (self.comment or "").strip()
            and not self.praise_passed_at
            and not self._repeats_praise()
        )

    def _repeats_praise(self):
        """Tell whether an answer that this one corrects was passed on with its words.

        A customer who corrects his score keeps his words without writing them again.
        """
        others = self.invitation_id.response_ids - self
        earlier = others.filtered("praise_passed_at")
        return self.comment in earlier.mapped("comment")

    def _pass_praise(self):
        readers = self._praise_readers()
        if not readers:
            return
        for reader in readers:
            self._tell_praise(reader)
        self.write(
            {
                "praise_passed_at": fields.Datetime.now(),
                "praise_user_ids": [fields.Command.set(readers.ids)],
            }
        )
        # The mails are queued: a slow mail server must not hold up other answers.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _praise_readers(self):
        """Return the users who are told of the praise; may be none."""
        wanted = self.company_id.nps_praise_to
        if wanted == "nobody":
            return self.env["res.users"]
        agent = self.user_id.filtered(self._may_be_told)
        return agent if wanted == "agent" else agent | self._praise_manager()

    def _praise_manager(self):
        """Return the manager who is told: the nearest one who is not the agent."""
        managers = self.department_id._nps_managers_up() - self.user_id
        return next(filter(self._may_be_told, managers), managers.browse())

    def _may_be_told(self, user):
        """Tell whether a user works here and may read the answer by himself."""
        if not user.active:
            return False
        own = {"allowed_company_ids": user.company_ids.ids}
        records = (self, self.invitation_id)
        return all(
            record.with_user(user).with_context(**own).has_access("read")
            for record in records
        )

    def _tell_praise(self, reader):
        """Send the words to one user, in Odoo or by mail as he prefers."""
        response = self.with_context(lang=reader.lang)
        response.invitation_id.message_notify(
            subject=response._praise_subject(),
            body=response._praise_body(reader),
            partner_ids=reader.partner_id.ids,
            author_id=self.env.ref("base.partner_root").id,
            email_from=self.company_id.email_formatted or None,
            force_send=False,
        )

    def _praise_subject(self):
        name = self.invitation_id.customer_name
        if name:
            return self.env._("Praise from %s", name)
        return self.env._("Praise from a customer")

    def _praise_body(self, reader):
        """Return the message: the words, the score and whose work it was."""
        body = self.env["ir.qweb"]._render(
            "nps.praise_note",
            {
                "response": self,
                "invitation": self.invitation_id,
                "is_own": reader == self.user_id,
            },
        )
        # A customer can write a link into his words, his own or somebody else's.
        return Markup(personal_links.disarm(str(body)))
