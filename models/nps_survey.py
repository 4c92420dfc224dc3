from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import colors, metrics, placeholders

METRICS = [
    ("nps", "Net Promoter Score (0–10)"),
    ("ces", "Customer Effort Score (1–7)"),
    ("csat", "Customer Satisfaction (1–5)"),
]
CATEGORIES = [
    ("promoter", "Promoter"),
    ("passive", "Passive"),
    ("detractor", "Detractor"),
]
PLACEHOLDERS = ("company", "agent", "subject", "date", "product", "customer")
"""What may stand in braces in a text that customers read."""
TEXTS = ("context_line", "question", "lowest_label", "highest_label")


class NpsSurvey(models.Model):
    """What is asked, and how it looks."""

    _name = "nps.survey"
    _description = "NPS Survey"
    _inherit = ["nps.usage.mixin", "nps.page.text.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        comodel_name="res.company",
        help="Leave empty to offer this survey in all companies.",
    )
    metric = fields.Selection(
        selection=METRICS,
        required=True,
        default="nps",
        help="The scale. It cannot be changed once somebody was asked.",
    )
    context_line = fields.Char(
        string="Above the Question",
        translate=True,
        help="Reminds the customer what it is about. You may write {company}, {agent}, "
        "{subject}, {date}, {product} and {customer}; what stands behind a bar is "
        "taken when there is none: {agent|our team}.",
    )
    question = fields.Char(
        required=True,
        translate=True,
        help="You may write {company}, {agent}, {subject}, {date}, {product} and "
        "{customer}: the name of your company, the first name of the agent, the title "
        "of the ticket, the day, the product and the name of the customer. What stands "
        "behind a bar is taken when there is none: {agent|our team}.",
    )
    lowest_label = fields.Char(
        string="Lowest Score Means", translate=True, required=True
    )
    highest_label = fields.Char(
        string="Highest Score Means", translate=True, required=True
    )
    color = fields.Char(
        string="Brand Colour",
        help="Colour of buttons and links. Empty: the colour of the company.",
    )
    is_scale_colored = fields.Boolean(
        string="Coloured Scale",
        help="Colours the numbers from red to green. Off by default: colours lead the "
        "answer, so that results with and without them cannot be compared.",
    )
    lang_ids = fields.Many2many(
        comodel_name="res.lang",
        string="Languages",
        help="The customer may switch the page to these. Empty: all installed ones.",
    )
    validity_days = fields.Integer(
        string="Days to Answer",
        default=30,
        required=True,
        help="The link in the mail works for this many days.",
    )
    change_hours = fields.Integer(
        string="Hours to Correct",
        default=48,
        required=True,
        help="A customer may correct his answer for this many hours.",
    )
    invitation_ids = fields.One2many("nps.invitation", "survey_id")

    _validity_is_positive = models.Constraint(
        "CHECK(validity_days > 0)", "A link has to work for at least one day."
    )
    _change_is_not_negative = models.Constraint(
        "CHECK(change_hours >= 0)", "The hours to correct an answer cannot be negative."
    )

    # === COMPUTE METHODS === #

    @api.onchange("metric")
    def _onchange_metric(self):
        """Offer texts that fit the metric; what somebody wrote himself stays."""
        offers = [self._default_texts(metric) for metric, _label in METRICS]
        for name, text in self._default_texts(self.metric).items():
            if not self[name] or self[name] in [offer[name] for offer in offers]:
                self[name] = text

    # === CONSTRAINT METHODS === #

    @api.constrains("color")
    def _check_color(self):
        for survey in self:
            if survey.color and not colors.is_color(survey.color):
                raise ValidationError(
                    self.env._(
                        "“%s” is not a colour. Write it like #1a5fb4.", survey.color
                    )
                )

    @api.constrains("context_line", "question")
    def _check_placeholders(self):
        for survey in self:
            survey._check_words(survey.context_line, survey.question)

    def _check_words(self, *texts):
        """Refuse texts with a placeholder that nothing stands for."""
        for text in texts:
            unknown = [n for n in placeholders.names(text) if n not in PLACEHOLDERS]
            if unknown:
                raise ValidationError(
                    self.env._(
                        "Nothing stands for {%(name)s}. You may write: %(known)s.",
                        name=unknown[0],
                        known=", ".join(f"{{{name}}}" for name in PLACEHOLDERS),
                    )
                )

    # === CRUD METHODS === #

    def write(self, vals):
        if "metric" in vals:
            self._check_metric_is_free(vals["metric"])
        return super().write(vals)

    def copy_data(self, default=None):
        return [
            dict(vals, name=self.env._("%s (copy)", survey.name))
            for survey, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def _check_metric_is_free(self, metric):
        used = self.sudo().filtered(lambda s: s.metric != metric and s.invitation_ids)
        if used:
            raise UserError(
                self.env._(
                    "Customers were asked with “%s”: its scale cannot be changed any "
                    "more. Make a new survey instead.",
                    used[0].name,
                )
            )

    # === BUSINESS METHODS === #

    @api.model
    def _default_texts(self, metric):
        """Return question and labels that fit a metric, in the user's language."""
        texts = {
            "nps": (
                self.env._("How likely are you to recommend {company}?"),
                self.env._("Not at all likely"),
                self.env._("Extremely likely"),
            ),
            "ces": (
                self.env._("{company} made it easy to get my request handled."),
                self.env._("Strongly disagree"),
                self.env._("Strongly agree"),
            ),
            "csat": (
                self.env._("How satisfied are you with our help?"),
                self.env._("Very dissatisfied"),
                self.env._("Very satisfied"),
            ),
        }
        return dict(
            zip(
                ("question", "lowest_label", "highest_label"),
                texts[metric],
                strict=True,
            )
        )

    def _scale(self):
        """Return the :class:`~.tools.metrics.Scale` of the survey."""
        return metrics.SCALES[self.metric]

    def _brand_color(self, company):
        """Return the colour of buttons and links as ``#rrggbb``."""
        return self.color or company.primary_color or colors.PLAIN
