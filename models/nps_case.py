from odoo import api, fields, models
from odoo.exceptions import AccessError

from .measure_field import Measure
from .nps_survey import CATEGORIES, METRICS
from .score_field import Score

OPEN = ("new", "contacted", "agreed")
WORKED = {
    "state",
    "user_id",
    "root_cause_id",
    "result",
    "promise",
    "promise_date",
    "note",
    "priority",
    "color",
}
"""What people write on a case. Everything else is a record of what happened."""


class NpsCase(models.Model):
    """One follow-up of an unhappy answer: somebody brings the customer back.

    Whom it is about, and when things happened, is frozen: that is what the reports of
    cases trust.
    """

    _name = "nps.case"
    _description = "NPS Case"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "nps.department.access.mixin",
        "nps.inert.export.mixin",
        "nps.queue.mixin",
        "nps.queued.mail.mixin",
    ]
    _order = "is_open desc, due_at, id desc"
    _rec_name = "customer_name"

    # The work
    state = fields.Selection(
        selection=[
            ("new", "New"),
            ("contacted", "Contacted"),
            ("agreed", "Agreed"),
            ("done", "Done"),
            ("unreachable", "Could Not Reach"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="new",
        index=True,
        tracking=True,
        copy=False,
        group_expand="_group_expand_state",
    )
    is_open = fields.Boolean(compute="_compute_is_open", store=True, index=True)
    may_work = fields.Boolean(
        compute="_compute_may_work",
        help="Whether you may work on the case, and not only read it.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        tracking=True,
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Who wins the customer back. Never the agent who was rated, unless the "
        "settings allow it.",
    )
    priority = fields.Selection([("0", "Normal"), ("1", "Key Customer")], default="0")
    color = fields.Integer()
    root_cause_id = fields.Many2one(
        "nps.root.cause",
        domain="[('child_ids', '=', False)]",
        ondelete="restrict",
        tracking=True,
        index="btree_not_null",
        help="Why the customer was unhappy. Needed to close the case.",
    )
    result = fields.Selection(
        selection=[
            ("won_back", "Won back"),
            ("improved", "Better than before"),
            ("unchanged", "Still unhappy"),
            ("lost", "Lost"),
            ("not_reached", "Could not be reached"),
        ],
        tracking=True,
        copy=False,
        help="How it ended, as the owner sees it. The customer's own word on it comes "
        "with the survey that follows. Needed to close the case.",
    )
    promise = fields.Char(string="Promised", tracking=True, copy=False)
    promise_date = fields.Date(string="Promised By", tracking=True, copy=False)
    note = fields.Html(string="Notes", copy=False)

    # Whom it is about, frozen
    invitation_id = fields.Many2one(
        "nps.invitation",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
    )
    response_id = fields.Many2one(
        "nps.response",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
    )
    rule_id = fields.Many2one(
        "nps.case.rule", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    subject = fields.Char(readonly=True)
    customer_name = fields.Char(readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, index="btree_not_null"
    )
    commercial_partner_id = fields.Many2one(
        "res.partner",
        string="Customer Company",
        readonly=True,
        index="btree_not_null",
    )
    email_normalized = fields.Char(
        string="E-mail", readonly=True, index="btree_not_null"
    )
    phone = fields.Char(related="partner_id.phone")
    agent_id = fields.Many2one(
        "res.users", string="Rated Agent", readonly=True, index="btree_not_null"
    )
    department_id = fields.Many2one(
        "hr.department", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    survey_id = fields.Many2one("nps.survey", readonly=True, index="btree_not_null")
    metric = fields.Selection(METRICS, readonly=True)
    score = Score(readonly=True)
    category = fields.Selection(CATEGORIES, string="Answer", readonly=True, index=True)
    comment = fields.Text(related="response_id.comment")
    reason_ids = fields.Many2many(related="response_id.reason_ids")
    is_contact_requested = fields.Boolean(
        related="response_id.is_contact_requested", store=True
    )

    # When it happened
    opened_at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now, index=True
    )
    reopened_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When it was last opened again: deadlines and hours count from then on.",
    )
    contacted_at = fields.Datetime(string="First Contact At", readonly=True)
    closed_at = fields.Datetime(readonly=True)
    hours_to_contact = Measure(
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Working hours of the owner from opening to the first contact.",
    )
    hours_to_close = Measure(
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Working hours of the owner from opening to closing.",
    )
    cases = fields.Integer(
        string="Number", default=1, readonly=True, aggregator="sum", copy=False
    )

    _one_per_invitation_uniq = models.UniqueIndex(
        "(invitation_id)", "There is a case for this answer already."
    )

    # === COMPUTE METHODS === #

    @api.depends("state")
    def _compute_is_open(self):
        for case in self:
            case.is_open = case.state in OPEN

    @api.model
    def _group_expand_state(self, states, _domain):
        # Nobody moves a case to "withdrawn", so it is no empty column.
        return [
            key
            for key, _label in self._fields["state"].selection
            if key in states or key != "withdrawn"
        ]

    @api.depends("user_id", "agent_id", "department_id")
    @api.depends_context("uid")
    def _compute_may_work(self):
        workable = self._filtered_access("write")
        for case in self:
            case.may_work = case in workable

    @api.depends("customer_name", "subject")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # Names are seen also where the case itself is not: they tell no score.
        for case in self:
            name = case.customer_name or self.env._("Unknown customer")
            # A contact is its own subject.
            subject = "" if name in (case.subject or "") else case.subject
            case.display_name = " · ".join(part for part in (name, subject) if part)

    # === CRUD METHODS === #

    def write(self, vals):
        if not self.env.su:
            self._check_only_work_is_written(vals)
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        """Answer a form; only about what people write on a case.

        What else a form could claim would be looked up with more rights than it has.
        """
        if not self.env.su:
            values = {name: value for name, value in values.items() if name in WORKED}
            field_names = [name for name in field_names if name in WORKED]
        return super().onchange(values, field_names, fields_spec)

    def _check_only_work_is_written(self, vals):
        own = {name for name in vals if not name.startswith(("message_", "activity_"))}
        if own - WORKED:
            raise AccessError(
                self.env._(
                    "What a case is about and when things happened is kept as it was."
                )
            )

    # === ACTION METHODS === #

    def action_open_interaction(self):
        """Open the ticket or contact of the interaction."""
        self.ensure_one()
        self.check_access("read")
        # Whoever works on the case may know what it is about; the record itself
        # checks his rights.
        invitation_sudo = self.sudo().invitation_id
        if invitation_sudo:
            return invitation_sudo.action_open_record()
        return self.partner_id._get_records_action()

    def action_write_to_customer(self):
        """Open a mail to the customer, with the first message of the rule."""
        self.ensure_one()
        self.check_access("write")
        template = self.rule_id.sudo().template_id
        return self._nps_action_write(self.partner_id, template)
