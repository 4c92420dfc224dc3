from urllib.parse import urlencode

import pytz

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError

from ..tools import personal_links
from .score_field import Score


class NpsInvitation(models.Model):
    """One interaction with a customer and the ask that follows it.

    Who, by whom, where and when are copied when the outcome is picked and never
    change: a later reorganisation moves nothing in the past.
    """

    _name = "nps.invitation"
    _description = "NPS Invitation"
    _inherit = [
        "mail.thread",
        "nps.department.access.mixin",
        "nps.inert.export.mixin",
        "nps.queue.mixin",
    ]
    _order = "picked_at desc, id desc"
    _rec_name = "subject"
    _mail_post_access = "read"

    # The ask
    state = fields.Selection(
        selection=[
            ("suppressed", "Not asked"),
            ("queued", "Queued"),
            ("sent", "Handed to the mail server"),
            ("failed", "Failed"),
            ("bounced", "Bounced"),
            ("answered", "Answered"),
            ("expired", "Expired"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="queued",
        index=True,
    )
    suppression_reason = fields.Selection(
        selection="_selection_suppression_reason", readonly=True
    )
    delivery = fields.Selection(
        selection=[("mail", "Own mail"), ("link", "Link in another mail")],
        required=True,
        readonly=True,
        default="mail",
    )
    scheduled_at = fields.Datetime(
        readonly=True, help="When the mail is to leave, or is tried again."
    )
    trying_since = fields.Datetime(
        readonly=True, help="Since when the mail is tried, to give up some day."
    )
    attempts = fields.Integer(readonly=True, default=0)
    failure_reason = fields.Text(readonly=True)
    sent_at = fields.Datetime(string="Handed Over At", readonly=True)
    answered_at = fields.Datetime(readonly=True)
    expires_at = fields.Datetime(readonly=True)
    clicked_at = fields.Datetime(
        readonly=True,
        help="When the customer used the link on the page it was made for.",
    )
    mail_id = fields.Many2one("mail.mail", readonly=True, index="btree_not_null")
    survey_id = fields.Many2one(
        "nps.survey", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    outcome_id = fields.Many2one(
        "nps.outcome", required=True, readonly=True, ondelete="restrict", index=True
    )

    # The interaction, frozen
    picked_at = fields.Datetime(
        string="Interaction At",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
        index=True,
    )
    local_date = fields.Date(
        readonly=True,
        index=True,
        help="The day in the time zone of the company.",
    )
    local_hour = fields.Integer(
        readonly=True,
        aggregator=None,
        help="The hour (0–23) in the time zone of the company.",
    )
    subject = fields.Char(readonly=True)
    res_model = fields.Char(string="Touchpoint", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record ID", model_field="res_model", required=True, readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, index="btree_not_null"
    )
    commercial_partner_id = fields.Many2one(
        "res.partner",
        string="Customer Company",
        readonly=True,
        index="btree_not_null",
    )
    customer_name = fields.Char(readonly=True)
    email = fields.Char(readonly=True)
    email_normalized = fields.Char(readonly=True, index="btree_not_null")
    lang = fields.Char(string="Language", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    state_id = fields.Many2one(
        "res.country.state", string="Customer State", readonly=True
    )
    zip = fields.Char(readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Agent", readonly=True, index="btree_not_null"
    )
    agent_name = fields.Char(readonly=True)
    product_name = fields.Char(string="Product", readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True, index="btree_not_null")
    department_id = fields.Many2one(
        "hr.department", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    guess = Score(
        string="Agent's Guess",
        readonly=True,
        help="The score the agent expects. It cannot be changed.",
    )
    note = fields.Text(readonly=True)

    response_ids = fields.One2many("nps.response", "invitation_id", readonly=True)
    # Not even the hashes are for people.
    link_ids = fields.One2many(
        "nps.invitation.link", "invitation_id", groups=fields.NO_ACCESS
    )

    _record_idx = models.Index("(res_model, res_id)")
    _due_idx = models.Index("(scheduled_at) WHERE state IN ('queued', 'failed')")
    _open_idx = models.Index("(expires_at) WHERE state IN ('sent', 'bounced')")

    # === ACTION METHODS === #

    def action_retry(self):
        """Try a mail again that failed, bounced or is waiting for its next try."""
        self._check_may_steer()
        # A delay that an administrator set is no failure to get around.
        stuck_sudo = self.sudo().filtered(
            lambda i: (
                i.delivery == "mail"
                and (
                    i.state in ("failed", "bounced")
                    or (i.state == "queued" and i.attempts)
                )
            )
        )
        if not stuck_sudo:
            raise UserError(self.env._("There is nothing to try again here."))
        stuck_sudo._drop_mail()
        stuck_sudo.write({"state": "queued", "attempts": 0, "failure_reason": False})
        stuck_sudo._schedule(fields.Datetime.now())

    def action_cancel(self):
        """Cancel what is not answered yet; a link already sent stops working.

        Managers only: an agent who could withdraw a question would choose whom to ask.
        """
        if not self.env.user.has_group("nps.nps_group_team_manager"):
            raise AccessError(
                self.env._("Only a manager may cancel an invitation. Ask yours.")
            )
        self._check_may_steer()
        open_sudo = self.sudo().filtered(
            lambda i: i.state in ("queued", "sent", "failed", "bounced")
        )
        if not open_sudo:
            raise UserError(self.env._("There is nothing to cancel here."))
        open_sudo._cancel("by_hand")
        for invitation in self:
            invitation._message_log(
                body=self.env._("Cancelled by %s.", self.env.user.name)
            )

    def action_open_record(self):
        """Open the ticket or contact on which the outcome was picked."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    def _check_may_steer(self):
        """Agents steer their own invitations, managers those they may read."""
        self.check_access("read")

    # === BUSINESS METHODS === #

    def _drop_mail(self):
        """Take back the mails that have not left yet."""
        self.mail_id.filtered(lambda m: m.state in ("outgoing", "exception")).cancel()
        self.mail_id = False

    @api.model
    def _create_for(
        self, records, outcome, agent, guess=None, note=None, suppress=None
    ):
        """Create the invitations of interactions and decide whether they ask.

        :param records: records of a touchpoint model
        :param outcome: the ``nps.outcome`` that was picked on them
        :param agent: the ``res.users`` to whom the answers belong
        :param guess: the agent's own guess of the score, or None
        :param suppress: the agent's own reason not to ask, or None
        :return: the invitations, in the order of the records, in superuser mode
        """
        # No employee may write invitations: they are what reports trust.
        invitations_sudo = (
            self.sudo()
            .with_context(mail_create_nolog=True)
            .create(
                self._values_list_for(
                    records,
                    outcome,
                    agent,
                    guess=guess,
                    note=note,
                    suppression_reason=suppress,
                )
            )
        )
        reasons = invitations_sudo._suppression_reasons_at_pick()
        suppressed_sudo = invitations_sudo._suppress_by(reasons)
        (invitations_sudo - suppressed_sudo)._schedule_first()
        return invitations_sudo

    @api.model
    def _draft_for(self, record, outcome, agent, suppress=None):
        """Return an unsaved invitation, to tell what picking the outcome would do."""
        [values] = self._values_list_for(
            record, outcome, agent, suppression_reason=suppress
        )
        return self.new(values)

    @api.model
    def _values_list_for(self, records, outcome, agent, **values):
        """Return the values of the invitations of some records, in their order."""
        common = dict(self._values_for(outcome), **values)
        times = {c: self._local_time(c) for c in {r._nps_company() for r in records}}
        return [
            dict(snapshot, **common, **times[record._nps_company()])
            for record, snapshot in records.sudo()._nps_snapshots(agent).items()
        ]

    @api.model
    def _values_for(self, outcome):
        """Return what an invitation keeps of its outcome."""
        return {
            "outcome_id": outcome.id,
            "survey_id": outcome.survey_id.id,
            "delivery": outcome.delivery,
        }

    @api.model
    def _local_time(self, company):
        now = fields.Datetime.now()
        zone = pytz.timezone(company._nps_timezone())
        local = pytz.utc.localize(now).astimezone(zone)
        return {
            "picked_at": now,
            "local_date": local.date(),
            "local_hour": local.hour,
        }

    def _touchpoint(self):
        """Return the ticket or contact of the invitation, or None if it is gone."""
        self.ensure_one()
        if self.res_model in self.env:
            return self.env[self.res_model].browse(self.res_id).exists() or None
        return None

    def _base_url(self):
        """Return the address of the company's website, without a slash at its end."""
        return (self.company_id.website_id.domain or self.get_base_url()).rstrip("/")

    def nps_link(self, score=None, to=None, ask=True):
        """Return the customer's link for a mail, as a placeholder.

        The placeholder becomes a personal link with a secret only in the copy of the
        mail that goes to the customer's own address.

        :param score: the score that the page shows selected
        :param to: a page of your website, like ``/shop/product-7``, that the customer
            sees first; it then offers the survey
        :param bool ask: False: the page of ``to`` offers no survey, the visit alone
            counts as the clickthru
        """
        self.ensure_one()
        link = personal_links.placeholder(self._base_url(), self.id)
        if to:
            return f"{link}/go?{urlencode({'to': to, 'ask': int(ask)})}"
        return link if score is None else f"{link}?s={score}"

    def _scale_links(self):
        """Return (score, link, name in words) of every score, for the mail."""
        scale, link = self.survey_id._scale(), self.nps_link()
        words = self._scores_in_words(scale)
        return [
            (score, f"{link}?s={score}", text)
            for score, text in zip(scale.scores, words, strict=True)
        ]

    @tools.ormcache("scale", "self.env.lang")
    def _scores_in_words(self, scale):
        """Return the name of every score of a scale, as the mail tells them aloud."""
        return tuple(
            self.env._(
                "%(score)s out of %(highest)s", score=score, highest=scale.highest
            )
            for score in scale.scores
        )
