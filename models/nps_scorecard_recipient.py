from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import verify_hash_signed

from ..tools import backoff
from .nps_scorecard_mail_send import SCOPE

MOST_ATTEMPTS = 10
"""How often a mail that could not be made is tried: for an hour and a half."""
SET_BY_SENDING = ("is_due", "attempts", "try_at", "sent_at", "note", "is_stopped")
"""What sending and the recipient himself set, and no owner of a scorecard."""
KEPT_FOR_GOOD = {"scorecard_id", "user_id"}


class NpsScorecardRecipient(models.Model):
    """One who gets a scorecard by mail: with his rights, in his language."""

    _name = "nps.scorecard.recipient"
    _description = "NPS Scorecard Recipient"
    _inherit = ["nps.queue.mixin"]
    _order = "id"
    _rec_name = "user_id"

    scorecard_id = fields.Many2one(
        "nps.scorecard.mail", required=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Recipient",
        required=True,
        domain=[("share", "=", False)],
        ondelete="cascade",
        index=True,
    )
    sent_at = fields.Datetime(string="Last Sent", readonly=True, copy=False)
    is_due = fields.Boolean(readonly=True, copy=False, export_string_translation=False)
    attempts = fields.Integer(
        readonly=True, copy=False, aggregator=None, export_string_translation=False
    )
    try_at = fields.Datetime(
        string="Tried Again",
        readonly=True,
        copy=False,
        help="When a mail that could not be made is tried again.",
    )
    is_stopped = fields.Boolean(
        string="Unsubscribed",
        readonly=True,
        copy=False,
        help="He wants no more of these.",
    )
    note = fields.Char(
        string="Why Not Sent",
        readonly=True,
        copy=False,
        help="Why the last mail was not sent to this recipient.",
    )

    _once_uniq = models.Constraint(
        "UNIQUE (scorecard_id, user_id)", "Each recipient can be there once."
    )

    @api.constrains("user_id")
    def _check_user(self):
        for recipient in self.sudo():
            if not recipient.user_id._is_internal():
                raise ValidationError(
                    self.env._(
                        "%s is no employee: choose an internal user.",
                        recipient.user_id.name,
                    )
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [self._without_what_is_not_his(vals) for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_not_set_by_sending(vals)
            self._check_same_recipient(vals)
        return super().write(vals)

    @api.model
    def _without_what_is_not_his(self, vals):
        """Return the values, with nothing set that a default would set either."""
        self._check_not_set_by_sending(name for name in vals if vals[name])
        return {**vals, **dict.fromkeys(SET_BY_SENDING, False)}

    @api.model
    def _check_not_set_by_sending(self, names):
        if not set(SET_BY_SENDING).isdisjoint(names):
            raise AccessError(
                self.env._(
                    "Only a recipient himself unsubscribes or gets mails again, and "
                    "only sending notes what was sent."
                )
            )

    @api.model
    def _check_same_recipient(self, names):
        # Else a stop would pass to somebody else, and he who stopped be put on anew.
        if not KEPT_FOR_GOOD.isdisjoint(names):
            raise UserError(
                self.env._(
                    "A recipient is not replaced by another: remove the line and add "
                    "a new one."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_stopped(self):
        stopped = self.filtered("is_stopped")
        if stopped and not self.env.su:
            raise UserError(
                self.env._(
                    "%s unsubscribed and gets nothing. The line stays, so that nobody "
                    "is put on the list again against his will.",
                    ", ".join(stopped.sudo().user_id.mapped("name")),
                )
            )

    # === ACTION METHODS === #

    def action_stop(self):
        """Stop it, for the recipient himself."""
        self._mine_sudo().is_stopped = True

    def action_go_on(self):
        """Get it again, for the recipient himself."""
        self._mine_sudo().is_stopped = False

    def _mine_sudo(self):
        # Whoever gets mails decides about that, whoever set them up.
        return self.filtered(lambda r: r.user_id == self.env.user).sudo()

    # === SENDING === #

    @api.model
    def _due_domain(self):
        """Return the domain of those to whom something is sent now."""
        now = fields.Datetime.now()
        return [
            ("is_due", "=", True),
            ("scorecard_id.active", "=", True),
            "|",
            ("try_at", "=", False),
            ("try_at", "<=", now),
        ]

    def _set_due(self, is_due):
        """Note that the mail is to be sent, or is not any more."""
        self.write({"is_due": is_due, "attempts": 0, "try_at": False})

    def _send_or_note(self):
        """Send what is due; a failure is this recipient's own and stands beside him."""
        note = self._why_not()
        error = None if note else self._try_or_log("_send", "Scorecard")
        if error:
            self._postpone(error)
            return
        self._set_due(False)
        self.note = note
        if not note:
            self.sent_at = fields.Datetime.now()

    def _postpone(self, error):
        """Plan another try after a mail could not be made, or give up and say so."""
        attempts = self.attempts + 1
        self.note = self.env._("It could not be made: %s", error)
        if attempts >= MOST_ATTEMPTS:
            self._set_due(False)
            self._try_or_log("_tell_owner", "Message of a lost scorecard")
        else:
            self.attempts = attempts
            self.try_at = fields.Datetime.now() + backoff.delay(attempts)
            self.scorecard_id._wake_cron([self.try_at])

    def _tell_owner(self):
        """Tell the owner that a recipient does not get the mail this time."""
        owner, scorecard = self.scorecard_id.user_id, self.scorecard_id
        thread = self.env["mail.thread"].with_context(lang=owner.lang)
        lost = thread.env._(
            "“%(scorecard)s” could not be sent to %(recipient)s.",
            scorecard=scorecard.name,
            recipient=self.user_id.name,
        )
        advice = thread.env._(
            "It was tried %s times and is sent again when the next one is due. "
            "“Send Me a Test Now” shows whether it works again.",
            MOST_ATTEMPTS,
        )
        body = Markup("<p>%s %s</p><p>%s</p><p><a href='%s'>%s</a></p>") % (
            lost,
            advice,
            self.note,
            f"{self.get_base_url()}/odoo/nps-scorecard-mails/{scorecard.id}",
            scorecard.name,
        )
        thread.message_notify(
            subject=lost,
            body=body,
            author_id=self.env.ref("base.partner_root").id,
            partner_ids=owner.partner_id.ids,
        )

    def _why_not(self):
        """Return why nothing is sent to this recipient, or False."""
        user = self.user_id
        if self.is_stopped:
            return self.env._("Unsubscribed.")
        if not user.active:
            return self.env._("The user is archived.")
        if not user.email_normalized:
            return self.env._("The user has no e-mail address.")
        if not self._may_read():
            return self.env._("The user may not read any answer.")
        return False

    def _may_read(self):
        """Tell whether there is an answer that the recipient may read at all."""
        report = self.scorecard_id._as_reader("nps.report", self.user_id)
        if not report.has_access("read"):
            return False
        return bool(report.search([("category", "!=", False)], limit=1))

    def _send(self):
        self.scorecard_id._send_to(self.user_id)

    # === UNSUBSCRIBE === #

    @api.model
    def _of_stop_link(self, token):
        """Return the recipient of a link, in superuser mode, or an empty record."""
        recipients_sudo = self.sudo()
        try:
            values = verify_hash_signed(self.env(su=True), SCOPE, token)
            scorecard_id, user_id = values
        except (ValueError, TypeError):
            return recipients_sudo.browse()
        return recipients_sudo.search(
            [("scorecard_id", "=", scorecard_id), ("user_id", "=", user_id)]
        )
