from datetime import timedelta

from odoo import api, fields, models

from ..tools import backoff


class NpsInvitation(models.Model):
    """From the answer to the case: opened, brought up to date and withdrawn by a cron.

    After a short grace, so that an answer which is corrected at once makes no noise.
    """

    _inherit = "nps.invitation"

    case_ids = fields.One2many("nps.case", "invitation_id", string="Cases")
    case_check_at = fields.Datetime(
        readonly=True,
        export_string_translation=False,
        help="When it is to be looked whether the answer needs a case.",
    )
    case_news = fields.Integer(
        readonly=True, aggregator=None, export_string_translation=False
    )
    case_check_attempts = fields.Integer(
        readonly=True, aggregator=None, export_string_translation=False
    )
    case_failure = fields.Text(
        string="Why There Is No Case Yet",
        readonly=True,
        help="What went wrong when the case was to be opened. It is tried again.",
    )

    _case_check_idx = models.Index("(case_check_at) WHERE case_check_at IS NOT NULL")

    def _was_answered(self):
        # Also where no answer counts any more: that was news too.
        return super()._was_answered() or bool(self.case_news)

    def _schedule_case_check(self):
        """Let the cron look at the answer's case after the grace.

        Call it whenever an answer begins or stops to count, or says more. The customer
        does not wait for the cron to be woken: the echo of his answer does that.
        """
        for invitation in self:
            # Also when a look is planned: whoever has an older picture, begins again.
            invitation.case_news += 1
            if not invitation.case_check_at:
                company = invitation.company_id._nps_known()
                grace = timedelta(minutes=company.nps_case_grace_minutes)
                invitation.case_check_at = fields.Datetime.now() + grace

    def _wake_case_check(self):
        """Wake the cron when the case is to be looked at: at once if there is one."""
        cron_sudo = self.env.ref("nps.ir_cron_nps_case_check").sudo()
        for invitation in self.filtered("case_check_at"):
            if invitation.case_ids:
                invitation.case_check_at = fields.Datetime.now()
            cron_sudo._trigger(invitation.case_check_at)

    @api.model
    def _cron_check_cases(self, batch_size=100):
        """Open, update and withdraw the cases of the answers that are due."""
        due = [("case_check_at", "<=", fields.Datetime.now())]
        self._work_off(due, "_check_case_safely", batch_size)

    def _check_case_safely(self):
        """Look at one answer; what goes wrong is noted and tried again."""
        error = self._try_or_log("_check_case", "The case")
        attempts = self.case_check_attempts + 1 if error else 0
        next_try = fields.Datetime.now() + backoff.delay(attempts) if error else False
        self.write(
            {
                "case_check_at": next_try,
                "case_check_attempts": attempts,
                "case_failure": str(error) if error else False,
            }
        )

    def _check_case(self):
        """Bring the case of one invitation in line with the answer that counts."""
        response, case = self._counted_response(), self.case_ids
        rule = self.env["nps.case.rule"]._for_response(response) if response else None
        if not case:
            if rule:
                self.env["nps.case"]._open(self._case_values(response), rule)
        elif case._is_settled_by(response, rule):
            case._withdraw(response)
        else:
            case._follow(response, rule)

    def _case_values(self, response=None):
        """Return what a case keeps of this interaction and its answer."""
        return {
            "invitation_id": self.id,
            "subject": self.subject,
            "customer_name": self.customer_name,
            "partner_id": self.partner_id.id,
            "commercial_partner_id": self.commercial_partner_id.id,
            "email_normalized": self.email_normalized,
            "agent_id": self.user_id.id,
            "department_id": self.department_id.id,
            "company_id": self.company_id.id,
            "survey_id": self.survey_id.id,
            **self.env["nps.case"]._answer_values(response),
        }
