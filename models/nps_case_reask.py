from datetime import timedelta

from odoo import fields, models

from .nps_invitation_eligibility import RATION, REASONS


class NpsCase(models.Model):
    """Asks the customer once more after the case: he says whether he came back."""

    _inherit = "nps.case"

    reask_id = fields.Many2one(
        "nps.invitation",
        string="Asked Again",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    reask_text = fields.Char(
        related="reask_id.state_text", string="Survey After the Case"
    )

    def _on_closed(self):
        result = super()._on_closed()
        if self._is_to_be_reasked():
            self.reask_id = self.invitation_id._create_reask(self)
        return result

    def _is_to_be_reasked(self):
        """Tell whether closing the case is followed by a survey.

        Once: neither a second time for the same case, nor for the case of an answer
        that such a survey brought.
        """
        return bool(
            self.state in ("done", "unreachable")
            and self._reask_days()
            and self.response_id.state == "counted"
            and self.reask_id.state in (False, "cancelled")
        )

    def _reask_days(self):
        """Return after how many days the customer is asked again, or 0: he is not."""
        if not self.response_id or self.invitation_id.is_reask:
            return 0
        return self.company_id.nps_reask_days

    def _withdraw(self, response):
        result = super()._withdraw(response)
        # Who corrected his answer has said whether he came back.
        self.reask_id._cancel_unsent("answer_gone")
        return result

    def _on_open_again(self, before):
        result = super()._on_open_again(before)
        self.reask_id._cancel_unsent("case_reopened")
        return result


class NpsInvitation(models.Model):
    """The ask after a case: exempt from what rations surveys, and from nothing else."""

    _inherit = "nps.invitation"

    is_reask = fields.Boolean(
        string="Asked Again After a Case",
        readonly=True,
        help="It asks whether the customer came back. It belongs to the owner of the "
        "case, and reports of the ordinary scores leave it out.",
    )
    cancel_reason = fields.Selection(
        selection_add=[
            ("case_reopened", "The case was opened again"),
            ("answer_gone", "The unhappy answer was corrected or does not count"),
        ]
    )

    def _create_reask(self, case):
        """Create the ask after a case, at the end of the days that are set.

        :param case: the closed ``nps.case`` of this invitation
        """
        now = fields.Datetime.now()
        owner = case.user_id
        employee = owner.with_company(self.company_id).employee_id
        reask = self.with_context(mail_create_nolog=True).create(
            {
                **self._kept_for_reask(),
                **self._local_time(self.company_id),
                "is_reask": True,
                "user_id": owner.id,
                "agent_name": owner.name,
                "employee_id": employee.id,
                "department_id": (employee.department_id or self.department_id).id,
                "email": self.partner_id.email or self.email,
                "email_normalized": self.partner_id.email_normalized
                or self.email_normalized,
            }
        )
        moment = now + timedelta(days=self.company_id.nps_reask_days)
        reask.wait_reason = "delay"
        reask._schedule(reask._window_opens(moment))
        return reask

    def _kept_for_reask(self):
        """Return the values that the ask after a case has from the first one."""
        names = (
            *("survey_id", "outcome_id", "subject", "res_model", "res_id", "tz"),
            *("partner_id", "commercial_partner_id", "customer_name", "lang"),
            *("country_id", "state_id", "zip", "product_name", "company_id"),
        )
        fields_ = {name: self._fields[name] for name in names}
        return {
            name: field.convert_to_write(self[name], self)
            for name, field in fields_.items()
        }

    def _suppression_reasons(self, among=tuple(REASONS)):
        again = self.filtered("is_reask")
        unrationed = tuple(reason for reason in among if reason not in RATION)
        return {
            **super(NpsInvitation, self - again)._suppression_reasons(among),
            **super(NpsInvitation, again)._suppression_reasons(unrationed),
        }

    def _plan_reminder(self):
        # Who complained is asked once, and not reminded.
        return None if self.is_reask else super()._plan_reminder()

    def _describe_queue(self, scheduled):
        if self.is_reask and self.wait_reason == "delay":
            return self.env._(
                "Waits until %s: after a case the customer is asked again", scheduled
            )
        return super()._describe_queue(scheduled)
