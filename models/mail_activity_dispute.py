from odoo import api, models
from odoo.exceptions import UserError


class MailActivity(models.Model):
    """Whoever contests an answer does not take the analyst's to-do away."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        self._nps_check_may_end()
        return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_analyst(self):
        self._nps_check_may_end()

    def _nps_check_may_end(self):
        if self.env.su or self.env.user.has_group("nps.nps_group_analyst"):
            return
        others = self.filtered(lambda a: a.user_id != self.env.user)
        if "nps.dispute" in others.mapped("res_model"):
            raise UserError(
                self.env._("An analyst decides about the contest, and ends the to-do.")
            )
