from odoo import fields, models


class NpsInvitation(models.Model):
    """The ticket itself, for rules to go on to whatever it knows."""

    _inherit = "nps.invitation"

    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="On which the outcome was picked. Empty once it is deleted.",
    )


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _nps_snapshot(self, agent):
        return dict(super()._nps_snapshot(agent), ticket_id=self.id)
