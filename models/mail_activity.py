from odoo import models


class MailActivity(models.Model):
    """A call or a meeting that took place is the first contact of a case."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        cases = self._nps_contacted_cases()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        cases.filtered(lambda case: case.state == "new").state = "contacted"
        return result

    def _nps_contacted_cases(self):
        """Return the cases whose customer was contacted by these activities."""
        contact = self.env.ref("nps.mail_activity_type_nps_contact")
        done = self.filtered(
            lambda a: (
                a.res_model == "nps.case"
                and (
                    a.activity_category in ("phonecall", "meeting")
                    or a.activity_type_id in (contact | a._nps_planned_type())
                )
            )
        )
        return self.env["nps.case"].browse(done.mapped("res_id"))

    def _nps_planned_type(self):
        """Return the type of activity that the rule of the case plans."""
        case = self.env["nps.case"].browse(self.res_id)
        return case.rule_id.activity_type_id
