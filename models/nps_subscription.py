from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..tools import metrics

WANTED = {
    metrics.DETRACTOR: "wants_detractors",
    metrics.PASSIVE: "wants_passives",
    metrics.PROMOTER: "wants_promoters",
}
"""Category -> the field that asks for it."""
RHYTHM_FIELDS = {"frequency", "weekday", "send_hour", "user_id", "active"}


class NpsSubscription(models.Model):
    """What one user wants to hear of answers, how often and where.

    Whatever he asks for, he is told what he may read and nothing else.
    """

    _name = "nps.subscription"
    _description = "NPS Subscription"
    _rec_names_search = ["user_id.name"]
    _order = "user_id, id"

    user_id = fields.Many2one(
        "res.users",
        string="For",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        ondelete="cascade",
        index=True,
        help="Only an administrator subscribes somebody else.",
    )
    name = fields.Char(compute="_compute_name")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        ondelete="cascade",
        index=True,
        help="Empty: the answers of all companies of the user.",
    )
    # Archived records stay in them: without them they would mean all.
    department_ids = fields.Many2many(
        "hr.department",
        string="Departments",
        domain="[('active', '=', True)]",
        context={"active_test": False},
        help="With all departments below them. Empty: all departments.",
    )
    survey_ids = fields.Many2many(
        "nps.survey",
        string="Surveys",
        domain="[('active', '=', True)]",
        context={"active_test": False},
        help="Empty: all surveys.",
    )
    wants_detractors = fields.Boolean(
        string="Detractors", default=True, help="NPS 0–6, CES 1–3, CSAT 1–2."
    )
    wants_passives = fields.Boolean(string="Passives", help="NPS 7–8, CES 4, CSAT 3.")
    wants_promoters = fields.Boolean(
        string="Promoters", help="NPS 9–10, CES 5–7, CSAT 4–5."
    )
    only_commented = fields.Boolean(
        string="Only With Words", help="Only answers to which the customer wrote."
    )
    only_contact = fields.Boolean(
        string="Only Who Wants to Be Contacted",
        help="Only customers who ticked that they want to be contacted.",
    )
    frequency = fields.Selection(
        selection=[("at_once", "At once"), ("daily", "Daily"), ("weekly", "Weekly")],
        required=True,
        default="at_once",
        help="At once: one message for each answer, five minutes after it, so that "
        "what the customer adds is in it.",
    )
    weekday = fields.Selection(
        selection=[
            ("mon", "Monday"),
            ("tue", "Tuesday"),
            ("wed", "Wednesday"),
            ("thu", "Thursday"),
            ("fri", "Friday"),
            ("sat", "Saturday"),
            ("sun", "Sunday"),
        ],
        required=True,
        default="mon",
    )
    send_hour = fields.Float(
        string="Hour",
        default=8.0,
        required=True,
        help="On the clock of the user, in the time zone of his preferences.",
    )
    channel = fields.Selection(
        selection=[("mail", "By mail"), ("inbox", "In Odoo"), ("both", "Both")],
        string="Where",
        required=True,
        default="mail",
        help="In Odoo: in the notifications at the top of the screen.",
    )
    is_sent_empty = fields.Boolean(
        string="Also When Nothing Came",
        help="Sends the daily or weekly message also when there was no such answer.",
    )
    told_until = fields.Datetime(
        readonly=True, copy=False, help="Up to when answers were told of."
    )
    next_at = fields.Datetime(string="Next", readonly=True, copy=False)
    attempts = fields.Integer(
        readonly=True, copy=False, aggregator=None, export_string_translation=False
    )
    stop_reason = fields.Selection(
        string="Why Stopped",
        selection=[
            ("unsubscribed", "Stopped by the link in a mail"),
            ("archived", "The user is archived"),
            ("no_access", "The user may not read these answers any more"),
        ],
        readonly=True,
        copy=False,
    )

    _due_idx = models.Index("(next_at) WHERE next_at IS NOT NULL")

    # === COMPUTE METHODS === #

    @api.depends(
        "department_ids.name",
        "survey_ids.name",
        "only_commented",
        "only_contact",
        "frequency",
        *WANTED.values(),
    )
    @api.depends_context("lang")
    def _compute_name(self):
        for subscription in self:
            subscription.name = self.env._(
                "%(answers)s, %(frequency)s",
                answers=subscription._answers_in_words(),
                frequency=subscription._selected("frequency").lower(),
            )

    def _answers_in_words(self):
        """Return which answers are meant: "Detractors with words of Support"."""
        words = " + ".join(
            self._fields[f]._description_string(self.env) for f in self._wanted()
        ) or self.env._("All answers")
        if self.only_commented:
            words = self.env._("%s with words", words)
        if self.only_contact:
            words = self.env._("%s who want to be contacted", words)
        # Who may see the subscription may know the names of what it is about.
        of_sudo = [*self.sudo().department_ids, *self.sudo().survey_ids]
        if of_sudo:
            names = ", ".join(record.name for record in of_sudo)
            words = self.env._("%(answers)s of %(names)s", answers=words, names=names)
        return words

    def _wanted(self):
        """Return the fields of the categories that are asked for; none: all."""
        wanted = [name for name in WANTED.values() if self[name]]
        return [] if len(wanted) == len(WANTED) else wanted

    def _selected(self, name):
        """Return the label of what a selection field holds."""
        field = self._fields[name]
        return dict(field._description_selection(self.env))[self[name]]

    # === CONSTRAINTS === #

    @api.constrains("send_hour")
    def _check_send_hour(self):
        if any(not 0 <= subscription.send_hour < 24 for subscription in self):
            raise ValidationError(
                self.env._("The hour has to lie between 0:00 and 23:59.")
            )

    @api.constrains("user_id", "company_id")
    def _check_user(self):
        for subscription in self.sudo():
            user = subscription.user_id
            if not user._is_internal():
                raise ValidationError(
                    self.env._("%s is no employee: choose an internal user.", user.name)
                )
            if (
                subscription.company_id
                and subscription.company_id not in user.company_ids
            ):
                raise ValidationError(
                    self.env._(
                        "%(user)s does not belong to %(company)s.",
                        user=user.name,
                        company=subscription.company_id.name,
                    )
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        subscriptions = super().create(vals_list)
        subscriptions._plan_anew()
        return subscriptions

    def write(self, vals):
        is_given_away = vals.get("user_id", self.env.uid) != self.env.uid
        if is_given_away and not self._may_subscribe_others():
            # The record rules see only whose it was.
            raise AccessError(
                self.env._("Only an administrator subscribes somebody else.")
            )
        if vals.get("active"):
            vals = {"stop_reason": False, **vals}
        result = super().write(vals)
        if RHYTHM_FIELDS & vals.keys():
            self._plan_anew()
        return result

    def _may_subscribe_others(self):
        return self.env.su or self.env.user.has_group("nps.nps_group_manager")

    # === ACTION METHODS === #

    def action_open_answers(self):
        """List the answers that this subscription is about, newest first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "nps.nps_response_action"
        )
        return {
            **action,
            "name": self.name,
            # Without an address of its own: it would open all answers when reloaded.
            "path": False,
            "domain": list(self._answers_domain()),
            "context": {},
        }

    # === BUSINESS METHODS === #

    def _scope_domain(self):
        """Return whose answers are meant, of whichever category.

        Holds for ``nps.response`` and ``nps.report`` alike, because the score stands
        beside the answers. Extend it for another way to say whose.
        """
        self.ensure_one()
        domain = Domain("company_id", "in", self._companies().ids)
        # What the user may not read must not widen it: nothing named means all.
        self_sudo = self.sudo()
        if self_sudo.department_ids:
            domain &= Domain("department_id", "child_of", self_sudo.department_ids.ids)
        if self_sudo.survey_ids:
            domain &= Domain("survey_id", "in", self_sudo.survey_ids.ids)
        return domain

    def _answers_domain(self):
        """Return the domain of the ``nps.response`` that the user is told of."""
        domain = self._scope_domain() & Domain("state", "=", "counted")
        if self._wanted():
            keys = [key for key, name in WANTED.items() if self[name]]
            domain &= Domain("category", "in", keys)
        if self.only_commented:
            domain &= Domain("comment", "not in", [False, ""])
        if self.only_contact:
            domain &= Domain("is_contact_requested", "=", True)
        return domain

    def _companies(self):
        """Return the companies whose answers are meant."""
        return self.company_id or self.user_id.company_ids

    def _zone(self):
        """Return the name of the time zone on whose clock the mail is due."""
        company = self.company_id or self.user_id.company_id
        return self.user_id.tz or company._nps_timezone()

    def _as_reader(self, model):
        """Return a model as the subscriber reads it: his rights, language and clock.

        :param str model: like ``nps.report``
        """
        self.ensure_one()
        return (
            self.env[model]
            .with_user(self.user_id)
            .with_context(
                allowed_company_ids=self._companies().ids,
                lang=self.user_id.lang or "en_US",
                tz=self._zone(),
            )
        )
