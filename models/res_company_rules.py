from odoo import fields, models


class ResCompany(models.Model):
    """How often a company asks one person, for all its surveys."""

    _inherit = "res.company"

    nps_cooldown_asked_days = fields.Integer(
        string="Days After Being Asked",
        default=14,
        help="A person who was asked is not asked again for so many days, by whichever "
        "survey. 0: no such rule.",
    )
    nps_cooldown_answered_days = fields.Integer(
        string="Days After an Answer",
        default=30,
        help="A person who answered is not asked again for so many days, by whichever "
        "survey. 0: no such rule.",
    )
    nps_bounce_limit = fields.Integer(
        string="Bounce Limit",
        default=3,
        help="An address is not asked any more when so many mails to it came back. "
        "0: no such rule.",
    )
    nps_requires_consent = fields.Boolean(
        string="Only Customers with Consent",
        help="Ask only customers on whose contact the consent to surveys is ticked. "
        "Some countries demand it for questions by mail.",
    )

    _nps_rules_are_not_negative = models.Constraint(
        "CHECK(nps_cooldown_asked_days >= 0 AND nps_cooldown_answered_days >= 0"
        " AND nps_bounce_limit >= 0)",
        "Days and limits cannot be negative. Write 0 to switch a rule off.",
    )
