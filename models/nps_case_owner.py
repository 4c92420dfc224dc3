from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class NpsCaseRule(models.Model):
    """Who owns a case: found when it is opened, never the one who was rated."""

    _inherit = "nps.case.rule"

    owner_kind = fields.Selection(
        selection=[
            ("department_manager", "Manager of the rated agent's department"),
            ("account_manager", "Salesperson of the customer"),
            ("in_turn", "These people, in turn"),
        ],
        string="Owner",
        default="department_manager",
        required=True,
        help="Who is absent, archived, no NPS user or was rated himself is passed "
        "over; then it is the next manager up the department tree.",
    )
    member_ids = fields.Many2many(
        "res.users",
        string="People",
        # As text: a list would make each new user look for his rules.
        domain="[('share', '=', False)]",
        help="Whoever of them has waited longest for a case gets the next one.",
    )
    fallback_user_id = fields.Many2one(
        "res.users",
        string="Otherwise",
        domain="[('share', '=', False)]",
        help="Who owns it when nobody else can. Empty: an NPS administrator.",
    )

    def _owner_for(self, case_sudo):
        """Return the user who is to own a case, or an empty record.

        :param case_sudo: the case, in superuser mode
        """
        candidates = (
            find(case_sudo)
            for find in (
                getattr(self, f"_owners_{self.owner_kind}"),
                self._owners_department_manager,
                lambda case: self.fallback_user_id,
                self._owners_administrator,
            )
        )
        for users in candidates:
            fit = users.filtered(lambda user: self._may_own(user, case_sudo))
            if fit:
                return fit[0]
        return self.env["res.users"]

    def _may_own(self, user, case_sudo):
        """Tell whether a user can work on a case now."""
        company = case_sudo.company_id
        return bool(
            self._can_work_on_cases(user, company)
            and (user != case_sudo.agent_id or company.nps_case_allows_rated_agent)
            and not self._is_absent(user, company)
        )

    @api.model
    def _can_work_on_cases(self, user, company):
        """Tell whether a user has the role and the company that cases need."""
        user_sudo = user.sudo()
        return (
            user_sudo.active
            and user_sudo.has_group("nps.nps_group_user")
            and company in user_sudo.company_ids
        )

    @api.model
    def _is_absent(self, user, company):
        """Tell whether a user has time off now.

        Approved time off of the Time Off app is found here too: it becomes a leave of
        the employee's working calendar.
        """
        resource = user.sudo().with_company(company).employee_id.resource_id
        now = fields.Datetime.now()
        off = [
            ("resource_id", "in", resource.ids),
            ("date_from", "<=", now),
            ("date_to", ">", now),
            ("time_type", "=", "leave"),
        ]
        leaves_sudo = self.env["resource.calendar.leaves"].sudo()
        return bool(resource and leaves_sudo.search_count(off, limit=1))

    # === WHO COMES INTO QUESTION, THE BEST FIRST === #

    @api.model
    def _owners_department_manager(self, case_sudo):
        return case_sudo.department_id._nps_managers_up()

    @api.model
    def _owners_account_manager(self, case_sudo):
        return case_sudo.partner_id.user_id | case_sudo.commercial_partner_id.user_id

    def _owners_in_turn(self, case_sudo):
        return self._longest_waiting(self.member_ids)

    @api.model
    def _owners_administrator(self, case_sudo):
        return self.env.ref("nps.nps_group_manager").sudo().all_user_ids.sorted("id")

    @api.model
    def _longest_waiting(self, users):
        """Return users in the order of their last case, who has had none first."""
        # Cases of other owners are not for everybody to read.
        last = dict(
            self.env["nps.case"]
            .sudo()
            ._read_group([("user_id", "in", users.ids)], ["user_id"], ["id:max"])
        )
        return users.sorted(lambda user: (last.get(user, 0), user.id))


class NpsCase(models.Model):
    """Whoever was rated neither owns the case nor works on it."""

    _inherit = "nps.case"

    @api.constrains("user_id")
    def _check_owner(self):
        for case in self.filtered("user_id"):
            owner, company = case.user_id, case.company_id
            allowed = company.nps_case_allows_rated_agent
            if owner == case.agent_id and not allowed:
                raise ValidationError(
                    self.env._(
                        "%s was rated in this answer, so somebody else has to win the "
                        "customer back.",
                        owner.name,
                    )
                )
            if not case.rule_id._can_work_on_cases(owner, company):
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot work on cases of %(company)s: the owner needs "
                        "a role under Net Promoter Score and access to the company.",
                        user=owner.name,
                        company=company.name,
                    )
                )

    def _hand_over(self):
        """Give the case to whoever its rule finds now."""
        before = self.user_id
        self.write({"user_id": self.rule_id._owner_for(self).id})
        self._message_log(
            body=self.env._(
                "%(before)s is archived; the owner is %(after)s now.",
                before=before.name,
                after=self.user_id.name or self.env._("nobody"),
            )
        )

    def _check_only_work_is_written(self, vals):
        result = super()._check_only_work_is_written(vals)
        for case_sudo in self.sudo() if vals else ():
            allowed = case_sudo.company_id.nps_case_allows_rated_agent
            if case_sudo.agent_id == self.env.user and not allowed:
                raise AccessError(
                    self.env._(
                        "You were rated in this answer, so somebody else works on the "
                        "case."
                    )
                )
        return result
