from odoo import fields, models


class NpsOutcome(models.Model):
    """When the mails of an outcome may leave."""

    _inherit = "nps.outcome"

    window_id = fields.Many2one(
        comodel_name="nps.send.window",
        string="Send Window",
        ondelete="restrict",
        help="Mails leave within these hours, on the customer's own clock. Empty: at "
        "any time.",
    )
