from odoo import models


class MailThread(models.AbstractModel):
    """Opens a mail to a customer, wherever an agent may write one."""

    _inherit = "mail.thread"

    def _nps_action_write(self, partners, template):
        """Return the action that opens a mail about the record.

        :param partners: to whom it goes
        :param template: the ``mail.template`` to begin with, or an empty record
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write to the Customer"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template.id,
                "default_composition_mode": "comment",
                "default_partner_ids": partners.ids,
            },
        }
