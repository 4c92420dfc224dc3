from odoo import fields, models


class NpsSurvey(models.Model):
    """How often a survey asks, and whom."""

    _inherit = "nps.survey"

    sampling_share = fields.Float(
        string="Share Asked (%)",
        default=100,
        required=True,
        digits=(5, 1),
        help="This share of the customers is asked, drawn at random. 100: everybody.",
    )
    daily_cap = fields.Integer(
        string="Mails per Day",
        default=0,
        help="At most this many customers are asked by this survey on one day of the "
        "company. 0: no limit.",
    )
    cooldown_asked_days = fields.Integer(
        string="Days After Being Asked",
        default=0,
        help="A person who was asked by a survey of this metric is not asked again by "
        "this one for so many days. 0: only the company's own rule holds.",
    )
    cooldown_answered_days = fields.Integer(
        string="Days After an Answer",
        default=0,
        help="A person who answered a survey of this metric is not asked again by this "
        "one for so many days. 0: only the company's own rule holds.",
    )
    reminder_days = fields.Integer(
        string="Remind After Days",
        default=0,
        help="Who has not answered gets one reminder after so many days, and never a "
        "second one. 0: nobody is reminded.",
    )
    reminder_template_id = fields.Many2one(
        comodel_name="mail.template",
        domain=[("model", "=", "nps.invitation")],
        ondelete="restrict",
        help="Leave empty for the ordinary reminder.",
    )

    _sampling_share_is_percent = models.Constraint(
        "CHECK(sampling_share BETWEEN 0 AND 100)",
        "The share that is asked lies between 0 and 100 percent.",
    )
    _days_are_not_negative = models.Constraint(
        "CHECK(cooldown_asked_days >= 0 AND cooldown_answered_days >= 0"
        " AND reminder_days >= 0)",
        "Days cannot be negative. Write 0 to switch a rule off.",
    )
    _daily_cap_is_not_negative = models.Constraint(
        "CHECK(daily_cap >= 0)",
        "Mails per day cannot be negative. Write 0 for no limit.",
    )
    _reminder_comes_in_time = models.Constraint(
        "CHECK(reminder_days = 0 OR reminder_days < validity_days)",
        "A reminder has to come before the link stops working.",
    )

    def _reminder_template(self):
        """Return the mail template of the reminder."""
        return self.reminder_template_id or self.env.ref(
            "nps.mail_template_nps_reminder"
        )
