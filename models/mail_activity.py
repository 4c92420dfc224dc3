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
        """Return the cases whose customer was contacted by these activities.

        Only such as the user works on: whoever merely had a to-do may end it too.
        """
        cases = self.env["nps.case"]
        ours = self.filtered(lambda activity: activity.res_model == cases._name)
        if not ours or not cases.has_access("write"):
            return cases
        # Which kind of activity a rule plans is no secret of the rule.
        done = ours.filtered(lambda activity: activity.sudo()._nps_is_contact())
        found = cases.browse(done.mapped("res_id")).exists()
        return found._filtered_access("write")

    def _nps_is_contact(self):
        case = self.env["nps.case"].browse(self.res_id)
        planned = case._contact_type() | case.rule_id.activity_type_id
        is_talk = self.activity_category in ("phonecall", "meeting")
        return is_talk or self.activity_type_id in planned


class MailActivityType(models.Model):
    """Cases plan by these types: they are renamed or archived, but not deleted."""

    _inherit = "mail.activity.type"

    def _get_model_info_by_xmlid(self):
        kept = ("contact", "promise", "escalated")
        return {
            **super()._get_model_info_by_xmlid(),
            **{
                f"nps.mail_activity_type_nps_{name}": {
                    "res_model": "nps.case",
                    "unlink": False,
                }
                for name in kept
            },
        }
