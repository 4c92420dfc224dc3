from odoo import api, fields, models
from odoo.exceptions import UserError

PROMISE = "nps.mail_activity_type_nps_promise"


class NpsCase(models.Model):
    """How a case begins, follows the customer's answer, and ends by itself."""

    _inherit = "nps.case"

    @api.model
    def _answer_values(self, response):
        """Return what a case keeps of an answer.

        :param response: an ``nps.response``, or an empty record or None
        """
        if not response:
            return {}
        return {
            "response_id": response.id,
            "metric": response.metric,
            "score": response.score,
            "category": response.category,
        }

    @api.model
    def _open(self, values, rule, owner=None, note=None):
        """Open a case: with an owner, a deadline and one activity.

        :param dict values: see :meth:`~.nps_invitation_case.NpsInvitation._case_values`
        :param rule: the ``nps.case.rule`` that says what is expected
        :param owner: the ``res.users`` who is to own it; None: whom the rule finds
        :param str note: why it is opened; None: by the rule
        """
        # A case follows from the answer, not from anybody's right to create one. And
        # whoever presses a button for it does not follow it by that.
        cases_sudo = self.sudo().with_context(mail_create_nosubscribe=True)
        priority = "1" if rule.is_priority else "0"
        case_sudo = cases_sudo.create(
            {**values, "rule_id": rule.id, "priority": priority}
        )
        owner = owner or rule._owner_for(case_sudo)
        case_sudo.write({"user_id": owner.id})
        case_sudo._message_log(body=case_sudo._opening_note(rule, owner, note))
        return case_sudo

    def _opening_note(self, rule, owner, note=None):
        opened = note or self.env._("Opened by the rule “%s”.", rule.name)
        if owner:
            return opened
        return self.env._(
            "%s Nobody could be found to own it: assign somebody. (Where one person "
            "does it all, the settings can let rated agents own their cases.)",
            opened,
        )

    def _plan_contact(self):
        """Plan the one activity of the owner: to contact the customer."""
        self._unlink_planned(keep=self.env.ref(PROMISE))
        if not self.user_id or not self.is_open:
            return
        planned = self.rule_id.activity_type_id or self._contact_type()
        self._plan_for(
            self.user_id,
            planned,
            self._day_of(self.due_at),
            self._activity_summary(),
        )

    def _plan_for(self, user, activity_type, day, summary):
        """Plan something for a user; his mail about it leaves with the mail queue."""
        self._queued_mail().activity_schedule(
            activity_type_id=activity_type.id,
            summary=summary,
            date_deadline=day,
            user_id=user.id,
        )
        self._wake_mail_queue()

    @api.model
    def _contact_type(self):
        return self.env.ref("nps.mail_activity_type_nps_contact")

    def _activity_summary(self):
        if self.state == "new":
            return self.env._("Contact the customer")
        return self.env._("Bring the case to an end")

    def _unlink_planned(self, keep=None):
        """Take away what was planned by rule; what people planned stays.

        :param keep: types of activities that stay
        """
        planned = self.activity_ids.filtered("automated")
        planned.filtered(lambda a: a.activity_type_id not in (keep or ())).unlink()

    def _message_auto_subscribe_followers(self, updated_values, default_subtype_ids):
        # The owner is told by his activity; a second notice of the same is noise.
        found = super()._message_auto_subscribe_followers(
            updated_values, default_subtype_ids
        )
        return [(partner, subtypes, False) for partner, subtypes, _template in found]

    # === THE CUSTOMER CORRECTS HIS ANSWER === #

    def _is_settled_by(self, response, rule):
        """Tell whether the customer's own word makes the case needless.

        Words that he adds do not, nor does a rule that was changed meanwhile.

        :param response: the answer that counts now, or an empty record
        :param rule: the rule that fits it, or an empty record
        """
        if not response:
            return True
        return not rule and response != self.response_id and response.score > self.score

    def _follow(self, response, rule):
        """Follow an answer that still needs the case.

        A case that was withdrawn is opened again; one that was brought to an end is
        only told.
        """
        self.ensure_one()
        is_corrected = response != self.response_id
        if is_corrected:
            before = self.score
            self.write(self._answer_values(response))
            self._message_log(body=self._correction_note(before))
        if self.state == "withdrawn" and rule:
            if not is_corrected:
                self._message_log(body=self.env._("The answer counts again."))
            self.write({"state": "new", "rule_id": rule.id})

    def _withdraw(self, response):
        """Close a case that the customer's own correction made needless."""
        self.ensure_one()
        if response:
            before = self.score
            self.write(self._answer_values(response))
            reason = self._correction_note(before)
        else:
            reason = self.env._("The answer does not count any more.")
        if self.is_open:
            self.state = "withdrawn"
            reason = self.env._("%s The case closed by itself.", reason)
        self._message_log(body=reason)

    def _correction_note(self, before):
        return self.env._(
            "The customer corrected his answer from %(before)s to %(after)s.",
            before=before,
            after=self.score,
        )

    # === BY HAND === #

    @api.model
    def _open_by_hand(self, values, why=""):
        """Open a case that no rule asked for, as the first rule expects it.

        Where nobody was rated, whoever opens it takes care of it himself if he can.

        :param str why: what is said of it, or ""
        """
        rules_sudo = self.env["nps.case.rule"].sudo()
        rule_sudo = rules_sudo.search(
            [("company_id", "in", [False, values["company_id"]])], limit=1
        )
        if not rule_sudo:
            raise UserError(
                self.env._(
                    "There is no case rule: an administrator makes one under "
                    "Configuration, Case Rules."
                )
            )
        me = self.env.user
        takes_it = not values.get("agent_id") and rule_sudo._may_own(
            me, self.new(values)
        )
        note = self.env._(
            "Opened by %(user)s, with the deadlines of the rule “%(rule)s”. %(why)s",
            user=me.name,
            rule=rule_sudo.name,
            why=why,
        )
        return self._open(values, rule_sudo, me if takes_it else None, note.strip())

    def _action_open_form(self):
        """Return the action that shows these cases."""
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Cases"),
            "res_model": self._name,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.ids)],
        }
        if len(self) == 1:
            action.update(views=[(False, "form")], res_id=self.id)
        return action

    def _day_of(self, moment):
        """Return the day of a moment on the owner's calendar."""
        zone = self.user_id.tz or self.company_id._nps_timezone()
        local = fields.Datetime.context_timestamp(self.with_context(tz=zone), moment)
        return local.date()
