from odoo import api, fields, models


class NpsCase(models.Model):
    """An overdue case: its owner is reminded, then managers are told, one by one.

    Each step stands in the chatter.
    """

    _inherit = "nps.case"

    chase_at = fields.Datetime(
        string="Next Reminder At",
        readonly=True,
        copy=False,
        help="When the next step of reminding and escalating is due.",
    )
    chase_steps = fields.Integer(
        string="Reminders",
        readonly=True,
        copy=False,
        aggregator="max",
        help="How many steps were taken since the deadline: first the owner is "
        "reminded, then managers are told, up the department tree.",
    )
    told_ids = fields.Many2many(
        "res.users",
        "nps_case_told_rel",
        string="Managers Told",
        readonly=True,
        copy=False,
    )

    _chase_idx = models.Index("(chase_at) WHERE chase_at IS NOT NULL")

    def _restart_chase(self):
        """Begin anew with the deadline that counts now; a closed case is left alone."""
        for case in self:
            due_at = case.due_at if case.is_open else False
            case.write({"chase_at": due_at, "chase_steps": 0, "told_ids": False})
            case._wake_chase()

    def _wake_chase(self):
        if self.chase_at:
            self.env.ref("nps.ir_cron_nps_case_chase").sudo()._trigger(self.chase_at)

    def _set_deadlines(self):
        result = super()._set_deadlines()
        self._restart_chase()
        return result

    @api.model
    def _cron_chase(self, batch_size=100):
        """Remind of overdue cases and escalate them, each one step."""
        due = [("chase_at", "<=", fields.Datetime.now()), ("is_open", "=", True)]
        self._work_off(due, "_chase_safely", batch_size)

    def _chase_safely(self):
        """Take the next step; one that fails is tried again by the next run."""
        self._try_or_log("_chase", "The reminder")

    def _chase(self):
        """Take the next step: remind the owner, or tell the next manager."""
        self._note_punctuality()
        is_first = not self.chase_steps and self.user_id.active
        manager = None if is_first else self._next_manager()
        if is_first:
            self._remind_owner()
        elif manager:
            self._escalate_to(manager)
        else:
            self._message_log(body=self._text_of_end())
        now = fields.Datetime.now()
        goes_on = is_first or manager
        wait = self._after_hours(self.rule_id.escalate_hours or 4, now)
        self.write(
            {
                "chase_at": wait if goes_on else False,
                "chase_steps": self.chase_steps + 1,
            }
        )
        self._wake_chase()

    def _remind_owner(self):
        self._tell(self.user_id)
        self._message_log(
            body=self.env._("Overdue: %s was reminded.", self.user_id.name)
        )

    def _escalate_to(self, manager):
        """Tell a manager: he follows the case from then on and gets a to-do."""
        self.told_ids = [fields.Command.link(manager.id)]
        self.message_subscribe(partner_ids=manager.partner_id.ids)
        self._plan_for(
            manager,
            self.env.ref("nps.mail_activity_type_nps_escalated"),
            self._day_of(fields.Datetime.now()),
            self.env._("Overdue: help or take the case over"),
        )
        self._message_log(
            body=self.env._("Overdue: escalated to %s.", manager.name),
        )

    def _next_manager(self):
        """Return the next manager up the department tree who does not know yet."""
        rule = self.rule_id
        known = self.told_ids | self.user_id
        managers = self.department_id._nps_managers_up() - known
        return next((user for user in managers if rule._may_own(user, self)), None)

    def _tell(self, user):
        """Send a notice in the way in which the user wants his notices."""
        text = self.with_context(lang=user.lang)
        self._queued_mail().message_notify(
            partner_ids=user.partner_id.ids,
            subject=text.env._("Overdue: %s", text.display_name),
            body=text.env._("The deadline of this case has passed. What can you do?"),
        )
        self._wake_mail_queue()

    def _text_of_end(self):
        return self.env._("Overdue: there is no further manager to tell.")
