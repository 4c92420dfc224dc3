import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

_ADDRESS = re.compile(r"(https?://|mailto:|tel:|/(?![/\\]))[^\s\"'<>\\]+")


class NpsSurvey(models.Model):
    """What a survey asks and says after the score, one way for each category."""

    _inherit = "nps.survey"

    followup_promoter = fields.Char(
        string="Asked a Promoter", translate=True, help="Asked after the score."
    )
    followup_passive = fields.Char(
        string="Asked a Passive", translate=True, help="Asked after the score."
    )
    followup_detractor = fields.Char(
        string="Asked a Detractor", translate=True, help="Asked after the score."
    )
    thanks = fields.Text(translate=True, help="Shown when the answer is stored.")
    thanks_promoter = fields.Text(
        string="Thanks to a Promoter", translate=True, help="Empty: as for everybody."
    )
    thanks_passive = fields.Text(
        string="Thanks to a Passive", translate=True, help="Empty: as for everybody."
    )
    thanks_detractor = fields.Text(
        string="Thanks to a Detractor", translate=True, help="Empty: as for everybody."
    )
    button_promoter = fields.Char(
        string="Button for a Promoter", translate=True, help="Empty: no button."
    )
    button_passive = fields.Char(
        string="Button for a Passive", translate=True, help="Empty: no button."
    )
    button_detractor = fields.Char(
        string="Button for a Detractor", translate=True, help="Empty: no button."
    )
    button_promoter_url = fields.Char(string="Leads a Promoter To")
    button_passive_url = fields.Char(string="Leads a Passive To")
    button_detractor_url = fields.Char(string="Leads a Detractor To")
    asks_comment = fields.Boolean(
        string="Ask for Words",
        default=True,
        help="Shows a field for the customer's own words.",
    )
    offers_contact = fields.Boolean(
        string="Offer to Call Back",
        default=True,
        help="Shows “Please contact me” after the score.",
    )
    asks_quote = fields.Boolean(
        string="Ask to Quote",
        help="Asks promoters whether you may quote their words. What they agreed to is "
        "stored with its text and date.",
    )
    quote_text = fields.Char(
        string="Consent to Quote",
        translate=True,
        help="What the customer agrees to. Empty: a sentence that names your company.",
    )
    reason_ids = fields.One2many("nps.reason", "survey_id", string="Reasons")
    driver_ids = fields.One2many("nps.driver", "survey_id", string="Drivers", copy=True)

    @api.constrains("button_promoter_url", "button_passive_url", "button_detractor_url")
    def _check_button_url(self):
        for survey in self:
            for category in self._categories():
                survey._check_address(survey[f"button_{category}_url"])

    def _check_address(self, address):
        if address and not _ADDRESS.fullmatch(address):
            raise ValidationError(
                self.env._(
                    "“%s” is not an address. Write it like https://example.com/review, "
                    "/contactus, mailto:us@example.com or tel:+4930123456.",
                    address,
                )
            )

    @api.constrains(
        "followup_promoter",
        "followup_passive",
        "followup_detractor",
        "thanks",
        "thanks_promoter",
        "thanks_passive",
        "thanks_detractor",
        "quote_text",
    )
    def _check_placeholders_after(self):
        for survey in self:
            survey._check_words(
                *(survey[f"followup_{c}"] for c in survey._categories()),
                *(survey[f"thanks_{c}"] for c in survey._categories()),
                survey.thanks,
                survey.quote_text,
            )

    # === CRUD METHODS === #

    def copy(self, default=None):
        copies = super().copy(default)
        for survey, twin in zip(self, copies, strict=True):
            survey.reason_ids.filtered(lambda r: not r.parent_id)._copy_to(twin)
        return copies

    # === BUSINESS METHODS === #

    @api.model
    def _categories(self):
        return ("promoter", "passive", "detractor")

    def _quote_sentence(self):
        """Return what a customer who allows to be quoted agrees to."""
        return self.quote_text or self._default_quote_sentence()

    def _default_quote_sentence(self):
        return self.env._(
            "{company} may quote my words with my first name, until I withdraw this."
        )
