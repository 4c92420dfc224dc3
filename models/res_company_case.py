from odoo import fields, models


class ResCompany(models.Model):
    """How a company follows up unhappy answers."""

    _inherit = "res.company"

    nps_case_grace_minutes = fields.Integer(
        string="Grace Before a Case",
        default=10,
        help="Minutes after an answer until its case is opened: an answer that is "
        "corrected meanwhile makes no noise.",
    )
    nps_case_allows_rated_agent = fields.Boolean(
        string="Rated Agents May Own Their Cases",
        help="Otherwise a case never goes to the agent whom the customer rated.",
    )
    nps_case_shields_company = fields.Boolean(
        string="An Open Case Shields the Whole Company",
        help="Asks nobody of a customer's company while one of its people has an open "
        "case. Otherwise only that person is left alone.",
    )
    nps_reask_days = fields.Integer(
        string="Ask Again After a Case",
        default=14,
        help="Days after a case was closed until its customer is asked once more, so "
        "that it can be seen whether he came back. It ignores cool-down, sampling and "
        "daily limit, but no opt-out. 0: he is not asked again.",
    )

    _nps_case_settings_are_not_negative = models.Constraint(
        "CHECK(nps_case_grace_minutes >= 0 AND nps_reask_days >= 0)",
        "Minutes and days cannot be negative. Write 0 to go without.",
    )
