from odoo import fields, models


class ResCompany(models.Model):
    """How long an answer says how a customer feels now."""

    _inherit = "res.company"

    nps_old_after_months = fields.Integer(
        string="Answers Are Old After",
        default=12,
        help="An older answer is shown faded, with the word “old”, and does not "
        "count for the number of a customer's company. In months.",
    )

    _nps_old_is_a_time = models.Constraint(
        "CHECK(nps_old_after_months >= 1)",
        "An answer is old after one month at least.",
    )
