from odoo import fields, models

TELL_ANSWERS = [
    ("at_once", "At once, discreetly"),
    ("daily", "Once a day"),
    ("never", "Never"),
]
"""When an agent hears of answers to his own work."""


class ResCompany(models.Model):
    """When agents hear of the answers to their own work, unless they choose else."""

    _inherit = "res.company"

    nps_tell_answers = fields.Selection(
        TELL_ANSWERS,
        string="Tell Agents of Their Answers",
        default="at_once",
        required=True,
        help="Each agent may choose something else in his own preferences.",
    )
