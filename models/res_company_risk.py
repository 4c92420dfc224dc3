from odoo import fields, models


class ResCompany(models.Model):
    """When a customer counts as silent, for each company."""

    _inherit = "res.company"

    nps_ignored_asks = fields.Integer(
        string="Ignored Surveys",
        default=3,
        help="A customer who used to answer is at risk when he did not answer so many "
        "surveys in a row. 0: no such rule.",
    )
    nps_silent_months = fields.Integer(
        string="Months Without Contact",
        default=6,
        help="A company is a silent account after so many months without an answer and "
        "without any contact.",
    )

    _nps_silence_is_a_time = models.Constraint(
        "CHECK(nps_ignored_asks >= 0 AND nps_silent_months >= 1)",
        "Accounts are silent after one month at least, and no customer ignores fewer "
        "than 0 surveys. Write 0 surveys to switch that rule off.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "nps_ignored_asks" in vals:
            self.env["nps.risk.news"].sudo()._note_everybody()
        return result
