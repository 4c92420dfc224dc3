from odoo import api, models


class ResPartner(models.Model):
    """A call becomes a ticket."""

    _inherit = "res.partner"

    @api.model
    def _nps_may_open_ticket(self):
        return self.env["helpdesk.ticket"].has_access("create")

    def action_nps_new_ticket(self):
        """Open a new ticket of the contact who calls, or of nobody yet."""
        # Whether the channel may be read is the ticket's business.
        phone = self.env.ref(
            "helpdesk_mgmt.helpdesk_ticket_channel_phone", raise_if_not_found=False
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Ticket"),
            "res_model": "helpdesk.ticket",
            "views": [(False, "form")],
            "target": "current",
            "context": {
                "default_partner_id": self[:1].id,
                "default_partner_name": self[:1].name,
                "default_channel_id": phone.id if phone and phone.active else False,
            },
        }
