import logging
import re

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)


class NpsOutcome(models.Model):
    """What an agent picks when an interaction ends, and what follows from it."""

    _name = "nps.outcome"
    _description = "NPS Outcome"
    _inherit = ["nps.usage.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="The name by which telephone systems and scripts pick this outcome.",
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        comodel_name="res.company",
        help="Leave empty to offer this outcome in all companies.",
    )
    touchpoint = fields.Selection(
        selection="_selection_touchpoint",
        string="Offered On",
        help="Leave empty to offer it wherever an outcome can be picked.",
    )
    survey_id = fields.Many2one(
        comodel_name="nps.survey",
        ondelete="restrict",
        index="btree_not_null",
        help="Leave empty when the customer is not asked. The interaction is kept all "
        "the same, so that reports know how many were asked and how many were not.",
    )
    delivery = fields.Selection(
        selection=[
            ("mail", "By its own mail"),
            ("link", "By a link in another mail"),
        ],
        default="mail",
        required=True,
        help="By a link: no mail of its own goes out. Write object.nps_link() into the "
        "mail template that shall carry the link.",
    )
    delay_hours = fields.Float(
        string="Delay",
        help="Hours between the outcome and the mail. 0: at once.",
    )
    mail_template_id = fields.Many2one(
        comodel_name="mail.template",
        domain=[("model", "=", "nps.invitation")],
        ondelete="restrict",
        help="Leave empty for the ordinary invitation.",
    )
    opts_out = fields.Boolean(
        string="Asked Not to Be Surveyed",
        help="The customer told the agent that he wants no survey: he gets none "
        "from then on. Mails about his tickets and invoices go on.",
    )
    script = fields.Html(
        string="Script for the Agent",
        translate=True,
        help="Shown to the agent while he picks this outcome.",
    )
    callback_activity_type_id = fields.Many2one(
        comodel_name="mail.activity.type",
        string="Callback",
        help="Plans this activity for the agent who picks the outcome.",
    )
    callback_days = fields.Integer(
        string="Callback After", default=1, help="Days until the callback is due."
    )
    notify_partner_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Notify Internally",
        # As text: a list would make each new contact look for its outcomes.
        domain="[('partner_share', '=', False)]",
        help="These colleagues get an internal mail each time the outcome is picked.",
    )
    invitation_ids = fields.One2many("nps.invitation", "outcome_id")

    _code_uniq = models.UniqueIndex("(code)", "Another outcome has this code already.")
    _delay_is_not_negative = models.Constraint(
        "CHECK(delay_hours >= 0)", "A mail cannot leave before the outcome was picked."
    )
    _callback_is_not_negative = models.Constraint(
        "CHECK(callback_days >= 0)", "A callback cannot be due in the past."
    )

    # === COMPUTE METHODS === #

    @api.model
    def _selection_touchpoint(self):
        """List the models on which an outcome can be picked."""
        return [
            (name, self.env["ir.model"]._get(name).name)
            for name, model in sorted(self.env.registry.items())
            if not model._abstract
            and issubclass(model, self.pool["nps.touchpoint.mixin"])
        ]

    @api.onchange("name")
    def _onchange_name(self):
        if self.name and not self.code:
            self.code = self._free_code(self.name)

    # === CRUD METHODS === #

    def copy_data(self, default=None):
        values = super().copy_data(default)
        for outcome, vals in zip(self, values, strict=True):
            if "name" not in (default or {}):
                vals["name"] = self.env._("%s (copy)", outcome.name)
            vals.setdefault("code", self._free_code(outcome.code))
        return values

    # === BUSINESS METHODS === #

    @api.model
    def _free_code(self, text):
        """Return a code that no outcome has yet, made from a text."""
        base = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "outcome"
        taken = set(
            self.sudo()
            .with_context(active_test=False)
            .search([("code", "=like", f"{base}%")])
            .mapped("code")
        )
        candidates = [
            base,
            *(f"{base}-{number}" for number in range(2, len(taken) + 3)),
        ]
        return next(code for code in candidates if code not in taken)

    @api.model
    def _offered_domain(self, record):
        """Return the domain of the outcomes that a record offers.

        :param record: one record of a touchpoint model
        """
        return (
            Domain("touchpoint", "in", [False, record._name])
            & Domain("company_id", "in", [False, record._nps_company().id])
            & record._nps_outcome_domain()
        )

    def _template(self):
        """Return the mail template of the invitation."""
        return self.mail_template_id or self.env.ref("nps.mail_template_nps_invitation")

    def _notify_colleagues(self, invitations_sudo):
        """Queue the internal mails about a picked outcome.

        They are queued and not sent, so that picking never waits for a mail server.
        """
        for invitation_sudo in invitations_sudo if self.notify_partner_ids else ():
            self._queue_notice_safely(invitation_sudo)

    def _queue_notice_safely(self, invitation_sudo):
        try:
            with self.env.cr.savepoint():
                self._queue_notice(invitation_sudo)
        except psycopg2.OperationalError:
            raise
        except Exception:
            # A broken template must not keep an agent from ending a call.
            _logger.exception("No notice of outcome %s could be queued", self.code)

    def _queue_notice(self, invitation_sudo):
        template_sudo = self.env.ref("nps.mail_template_nps_outcome_notice").sudo()
        template_sudo.send_mail(
            invitation_sudo.id,
            email_values={"recipient_ids": [(6, 0, self.notify_partner_ids.ids)]},
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
