from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from ..tools import periods, reporting_periods, windows

RHYTHM_FIELDS = {"frequency", "weekday", "send_hour", "user_id", "active"}
NOT_COMPARED = "none"


class NpsScorecardMail(models.Model):
    """A scorecard that is mailed regularly, to each with what he may see.

    What it asks is kept, and not its numbers: each time it is asked anew.
    """

    _name = "nps.scorecard.mail"
    _description = "NPS Scorecard by Mail"
    _order = "name, id"

    name = fields.Char(
        required=True,
        default=lambda self: self.env._("Scorecard"),
        help="The subject of the mail. The period is put behind it.",
    )
    active = fields.Boolean(default=True)
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="cascade",
        index=True,
    )
    domain = fields.Char(
        string="Only",
        default="[]",
        required=True,
        help="Which interactions are counted, beside those that a reader may not see.",
    )
    metric = fields.Selection(
        selection=lambda self: self._choices("metric"), required=True, default="nps"
    )
    axis = fields.Selection(
        selection=lambda self: self._choices("axis"),
        string="By",
        required=True,
        default="organogram",
    )
    period = fields.Selection(
        selection=lambda self: self._choices("period"),
        required=True,
        default="last_month",
        help="Counted back from the day on which the mail is sent.",
    )
    compare = fields.Selection(
        selection=lambda self: [
            (key or NOT_COMPARED, label) for key, label in self._choices("compare")
        ],
        string="Compared With",
        required=True,
        default="previous",
    )
    counting = fields.Selection(
        selection=lambda self: self._choices("counting"), required=True, default="all"
    )
    frequency = fields.Selection(
        selection=[
            ("daily", "Daily"),
            ("weekly", "Weekly"),
            ("monthly", "On the first of each month"),
        ],
        required=True,
        default="monthly",
    )
    weekday = fields.Selection(
        selection=lambda self: (
            self.env["nps.subscription"]
            ._fields["weekday"]
            ._description_selection(self.env)
        ),
        required=True,
        default="mon",
    )
    send_hour = fields.Float(
        string="Hour",
        required=True,
        default=7.0,
        help="On the clock of the owner, in the time zone of his preferences.",
    )
    next_at = fields.Datetime(string="Next", readonly=True, copy=False)
    recipient_ids = fields.One2many(
        "nps.scorecard.recipient",
        "scorecard_id",
        string="Recipients",
        default=lambda self: [fields.Command.create({"user_id": self.env.uid})],
    )
    recipient_count = fields.Integer(
        string="Number of Recipients", compute="_compute_recipient_count"
    )

    _due_idx = models.Index("(next_at) WHERE next_at IS NOT NULL")

    @api.model
    def _choices(self, option):
        """Return what the screen offers for an option."""
        return self.env["nps.insight"].get_choices()[option]

    @api.depends("recipient_ids")
    def _compute_recipient_count(self):
        for scorecard in self:
            scorecard.recipient_count = len(scorecard.recipient_ids)

    # === CONSTRAINTS === #

    @api.constrains("send_hour")
    def _check_send_hour(self):
        if any(not 0 <= scorecard.send_hour < 24 for scorecard in self):
            raise ValidationError(
                self.env._("The hour has to lie between 0:00 and 23:59.")
            )

    @api.constrains("domain")
    def _check_domain(self):
        for scorecard in self:
            try:
                self.env["nps.report"]._search(scorecard._domain())
            except (ValueError, TypeError, SyntaxError, NameError) as error:
                raise ValidationError(
                    self.env._("“Only” is not a filter that Odoo understands.")
                ) from error

    # === CRUD METHODS === #

    @api.model
    def default_get(self, fields):
        """Take over what the screen shows, which opens this form."""
        values = super().default_get(fields)
        shown = self.env.context.get("nps_shown")
        if shown:
            values.update(self._prepare_shown(shown))
        return {name: value for name, value in values.items() if name in fields}

    @api.model
    def _prepare_shown(self, shown):
        """Return values from a domain and options; a range of days is none.

        :raise UserError: this is not what a screen shows
        """
        try:
            domain, options = Domain(shown["domain"]), shown["options"]
        except (KeyError, TypeError, ValueError):
            raise UserError(
                self.env._(
                    "It is not known what the mail should show. Open the scorecard, "
                    "and choose to send it regularly there."
                )
            ) from None
        options = self.env["nps.insight"]._options(options)
        if isinstance(options["period"], dict):
            options["period"] = reporting_periods.DEFAULT
        options["compare"] = options["compare"] or NOT_COMPARED
        axes = self.env["nps.insight"]._axes()
        names = ("metric", "axis", "period", "compare", "counting")
        return {
            **{name: options[name] for name in names},
            "name": self.env._("Scorecard: %s", axes[options["axis"]].label),
            "domain": repr(list(_without_metric(domain))),
        }

    @api.model_create_multi
    def create(self, vals_list):
        scorecards = super().create(vals_list)
        scorecards._plan()
        return scorecards

    def copy_data(self, default=None):
        """Take over who gets it, without those who wanted no more of it."""
        copies = super().copy_data(default)
        for scorecard, vals in zip(self, copies, strict=True):
            if "recipient_ids" not in (default or {}):
                staying = scorecard.recipient_ids.filtered(lambda r: not r.is_stopped)
                vals["recipient_ids"] = [
                    fields.Command.create({"user_id": user.id})
                    for user in staying.user_id
                ]
        return copies

    def write(self, vals):
        is_given_away = vals.get("user_id", self.env.uid) != self.env.uid
        if is_given_away and not self._may_give_away():
            # The record rules see only whose it was.
            raise AccessError(
                self.env._("Only an administrator gives a scorecard to somebody else.")
            )
        result = super().write(vals)
        if RHYTHM_FIELDS & vals.keys():
            self._plan()
        return result

    def _may_give_away(self):
        return self.env.su or self.env.user.has_group("nps.nps_group_manager")

    # === ACTION METHODS === #

    def action_send_test(self):
        """Send it to the user himself, at once."""
        self.ensure_one()
        user = self.env.user
        if not user.email_normalized:
            raise UserError(
                self.env._("You have no e-mail address: set it in your preferences.")
            )
        self._send_to(user)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("A test is on its way to %s.", user.email),
            },
        }

    def action_open(self):
        """Open the screen that the mail shows."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("nps.nps_insight_action")
        return {
            **action,
            "name": self.name,
            # Without an address of its own: it would open the plain screen.
            "path": False,
            "domain": self.domain,
            "context": {"nps_insight": self._insight_options()},
        }

    # === RHYTHM === #

    def _plan(self):
        """Plan the next mail, by the rhythm as it is now."""
        now = fields.Datetime.now()
        # What a user set is his; when that is due is ours.
        for scorecard_sudo in self.sudo():
            if scorecard_sudo.active:
                scorecard_sudo.next_at = scorecard_sudo._due(now)
            else:
                scorecard_sudo.next_at = False
                scorecard_sudo.recipient_ids._set_due(False)
        self._wake_cron(set(self.sudo().mapped("next_at")) - {False})

    def _due(self, now):
        """Return the first moment after one at which the mail is due."""
        zone = self.user_id.tz or self.user_id.company_id._nps_timezone()
        if self.frequency == "monthly":
            return periods.next_first_of_month(self.send_hour, now, zone)
        weekday = (windows.DAYS.index(self.weekday),)
        days = weekday if self.frequency == "weekly" else periods.EVERY_DAY
        rhythm = periods.Rhythm(days, self.send_hour)
        return periods.next_due(rhythm, now, zone)

    @api.model
    def _wake_cron(self, moments):
        """Let the cron run at these moments."""
        # A scorecard is set up also where somebody deleted the cron.
        cron = self.env.ref("nps.ir_cron_nps_scorecard_mail", raise_if_not_found=False)
        for moment in moments if cron else ():
            cron.sudo()._trigger(moment)

    # === SENDING === #

    @api.model
    def _cron_send(self):
        """Begin what is due, then send to one recipient after the other."""
        due = self.search([("next_at", "<=", fields.Datetime.now())])
        # Another worker may be at it: each is begun once.
        due = due.try_lock_for_update()
        due.recipient_ids.filtered(lambda r: not r.is_stopped)._set_due(True)
        due._plan()
        self.env["nps.subscription.notice"]._retry_mails()
        recipients = self.env["nps.scorecard.recipient"]
        recipients._work_off(recipients._due_domain(), "_send_or_note")

    def _domain(self):
        """Return the domain, as the owner wrote it: ``uid`` in it is himself."""
        return Domain(safe_eval(self.domain, {"uid": self.user_id.id}))

    def _insight_options(self):
        """Return the options of the insight screen."""
        return {
            "metric": self.metric,
            "axis": self.axis,
            "period": self.period,
            "compare": False if self.compare == NOT_COMPARED else self.compare,
            "counting": self.counting,
        }


def _without_metric(domain):
    """Return a domain that leaves the metric to the field of that name."""
    return domain.map_conditions(
        lambda condition: Domain.TRUE if condition.field_expr == "metric" else condition
    )
