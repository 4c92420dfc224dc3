from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain


class NpsTouchpointMixin(models.AbstractModel):
    """A case made by hand: for an answer that no rule asked for, or without any."""

    _inherit = "nps.touchpoint.mixin"

    def action_nps_create_case(self):
        """Open a case for the customer of this record.

        It is about his last answer here that has none yet, if there is one. The owner
        is found by the rules, as for an answer.
        """
        return self._nps_create_case()

    def _nps_create_case(self, why=""):
        """Open a case by hand.

        :param str why: what is noted first, or ""
        """
        self.ensure_one()
        self._nps_check_may_pick()
        # Who presses twice waits for his first press, and then sees what came of it.
        self.env["nps.person.lock"].sudo()._take([f"case:{self._name}:{self.id}"])
        is_open = Domain("is_open", "=", True) & self._nps_same_company()
        # Whether there is a case does not depend on who may read it.
        cases_sudo = self.env["nps.case"].sudo()
        if cases_sudo.search_count(is_open & self._nps_open_cases_domain(), limit=1):
            raise UserError(self.env._("There is an open case already."))
        case_sudo = cases_sudo._open_by_hand(self._nps_case_values(), why)
        self._message_log(body=self.env._("%s opened an NPS case.", self.env.user.name))
        case = case_sudo.sudo(False)
        return case._action_open_form() if case.may_work else _told(case_sudo)

    def _nps_case_values(self):
        """Return what a case made by hand keeps of this record."""
        answered_sudo = self._nps_last_answered_sudo()
        if answered_sudo:
            return answered_sudo._case_values(answered_sudo._counted_response())
        agent = self._nps_rated_agent()
        kept = self._nps_snapshot(agent)
        names = [name for name in self.env["nps.case"]._fields if name in kept]
        values = {name: kept[name] for name in names if name != "user_id"}
        return {**values, "agent_id": agent.id}

    def _nps_last_answered_sudo(self):
        """Return the last answered invitation of the record that has no case yet."""
        answered = (
            self._nps_same_company()
            & self._nps_case_answers_domain()
            & Domain("state", "=", "answered")
            & Domain("case_ids", "=", False)
        )
        # Who may read the record may open a case for what its customer said.
        return self.env["nps.invitation"].sudo().search(answered, limit=1)

    def _nps_same_company(self):
        """Return the domain of what belongs to the company that acts here."""
        return Domain("company_id", "=", self._nps_company().id)

    # === HOOKS === #

    def _nps_open_cases_domain(self):
        """Return the domain of the cases of this record."""
        raise NotImplementedError

    def _nps_case_answers_domain(self):
        """Return the domain of the invitations whose answer a case may be about."""
        return Domain("res_model", "=", self._name) & Domain("res_id", "=", self.id)

    def _nps_rated_agent(self):
        """Return the user with whom the customer is unhappy, or no one."""
        return self.env["res.users"]


def _told(case_sudo):
    """Return the action that tells who takes care of a case."""
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": "success",
            "message": case_sudo.env._(
                "The case is opened, and %s takes care of it.",
                case_sudo.user_id.name or case_sudo.env._("a manager"),
            ),
            "next": {"type": "ir.actions.act_window_close"},
        },
    }
