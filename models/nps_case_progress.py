from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError

from .nps_case import OPEN

NEEDED = {
    "done": ("root_cause_id", "result"),
    "unreachable": ("root_cause_id",),
}
"""What has to be known to close a case in this way."""


class NpsCase(models.Model):
    """A case moves on: times are noted, and what is due next is planned."""

    _inherit = "nps.case"

    # === CRUD METHODS === #

    def write(self, vals):
        before = {case.id: case.state for case in self} if "state" in vals else {}
        for case in self if before else ():
            case._check_may_move(vals)
        result = super().write(vals)
        for case in self:
            if before.get(case.id, case.state) != case.state:
                # The times of a case are not for people to write.
                case.sudo()._on_moved(before[case.id])
        return result

    def _on_moved(self, before):
        """Note and plan what follows from a new state.

        :param str before: the state until now
        """
        if self.state == "unreachable" and not self.result:
            self.result = "not_reached"
        if self.is_open and before not in OPEN:
            self._begin_anew()
        self.write(self._times_of_move())
        self._note_punctuality()
        self._restart_chase()
        if self.is_open:
            self._on_open_again(before)
            self._plan_contact()
        else:
            self._on_closed()

    def _check_may_move(self, vals):
        """Let nobody withdraw a case, or close it without its root cause and result."""
        state = vals["state"]
        if state == "withdrawn" and not self.env.su:
            raise UserError(
                self.env._(
                    "Only the customer withdraws a case, by correcting his answer. "
                    "Close it instead."
                )
            )
        missing = [
            self._fields[name]._description_string(self.env)
            for name in NEEDED.get(state, ())
            if not vals.get(name, self[name])
        ]
        if missing:
            # Who drags a card has no field to fill in: the dialog has them.
            raise RedirectWarning(
                self.env._("To close the case, choose: %s.", ", ".join(missing)),
                self.action_close(state),
                self.env._("Close the case…"),
            )

    def _begin_anew(self):
        """Let deadlines and hours of a closed case count from now on."""
        self.write(
            {
                "reopened_at": fields.Datetime.now(),
                "punctuality": False,
                "contact_due_at": False,
                "close_due_at": False,
            }
        )
        self._set_deadlines()

    def _times_of_move(self):
        now = fields.Datetime.now()
        values = {"closed_at": False, "hours_to_close": False}
        if self.state == "new":
            values |= {"contacted_at": False, "hours_to_contact": False}
        elif self.state in ("contacted", "agreed", "done") and not self.contacted_at:
            hours = self._hours_between(self._began_at(), now)
            values |= {"contacted_at": now, "hours_to_contact": hours}
        if not self.is_open:
            values["closed_at"] = now
        if self.state in NEEDED:
            hours = self._hours_between(self._began_at(), now)
            values["hours_to_close"] = hours
        return values

    def _on_open_again(self, before):
        """A hook: a closed case is open again."""
        if before not in OPEN:
            self.result = False

    def _on_closed(self):
        """A hook: the case came to its end."""
        self._unlink_planned()

    # === ACTION METHODS === #

    def action_reached(self):
        """Note that the customer was contacted."""
        self.state = "contacted"

    def action_close(self, state="done"):
        """Ask for root cause and result, and close the case.

        :param str state: ``done`` or ``unreachable``
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close the Case"),
            "res_model": "nps.case.close",
            "view_mode": "form",
            "target": "new",
            "context": {
                "active_id": self.id,
                "default_state": state,
                "default_root_cause_id": self.root_cause_id.id,
                "default_result": self.result
                if self.result != "not_reached"
                else False,
                "default_promise": self.promise,
            },
        }

    def action_reopen(self):
        """Work on a closed case again."""
        for case in self:
            case.state = "contacted" if case.contacted_at else "new"

    def action_take_over(self):
        """Become the owner of the cases."""
        self.check_access("write")
        self.user_id = self.env.user

    # === THE FIRST CONTACT, BY MAIL === #

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if self.state == "new" and self._is_contact(message):
            self.state = "contacted"
        return result

    @api.model
    def _is_contact(self, message):
        """Tell whether a message was written by a colleague to the customer."""
        message_sudo = message.sudo()
        written = message.message_type == "comment" and not message.is_internal
        return bool(
            written
            and any(user._is_internal() for user in message_sudo.author_id.user_ids)
            and self.sudo().partner_id in message_sudo.partner_ids
        )
