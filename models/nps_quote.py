import textwrap

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import excerpts, personal_links
from .score_field import Score

SHOWN_FIELDS = ("text", "shown_name")
"""What visitors read: whoever changes it has to have it approved again."""


class NpsQuote(models.Model):
    """A customer's words, prepared for the website.

    It rests on the consent that the customer gave on his survey page. The consent is
    looked at again for every visitor, see ``nps_quote_website.py``.
    """

    _name = "nps.quote"
    _description = "NPS Quote"
    _inherit = [
        "mail.thread",
        "nps.department.access.mixin",
        "nps.inert.export.mixin",
    ]
    _order = "sequence, id desc"

    response_id = fields.Many2one(
        "nps.response",
        string="Answer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    text = fields.Text(
        string="Quote",
        required=True,
        compute="_compute_text",
        store=True,
        readonly=False,
        precompute=True,
        help="The customer's own words. You may leave some out and put … there; you "
        "may not change or add any.",
    )
    shown_name = fields.Char(
        compute="_compute_shown_name",
        store=True,
        readonly=False,
        precompute=True,
        help="The name below the quote: no more than the customer agreed to. Empty: "
        "“A customer”.",
    )
    website_id = fields.Many2one(
        "website",
        string="Only on Website",
        domain="[('company_id', '=', company_id)]",
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: on all websites of the company.",
    )
    sequence = fields.Integer(default=10, help="Quotes with a low number come first.")
    state = fields.Selection(
        selection=[
            ("draft", "To Approve"),
            ("approved", "Approved"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
        copy=False,
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    withdrawn_at = fields.Datetime(readonly=True, copy=False)
    withdrawn_because = fields.Selection(
        selection=[
            ("consent", "The customer withdrew his consent"),
            ("answer", "The answer does not count any more"),
            ("by_hand", "Taken off by hand"),
        ],
        string="Why Withdrawn",
        readonly=True,
        copy=False,
    )

    comment = fields.Text(related="response_id.comment", string="All Words")
    consent_text = fields.Text(
        related="response_id.quote_consent_text", string="The Customer Agreed To"
    )
    consent_at = fields.Datetime(related="response_id.quote_consent_at")
    consent_withdrawn_at = fields.Datetime(
        related="response_id.quote_withdrawn_at", string="Consent Withdrawn At"
    )
    category = fields.Selection(related="response_id.category", string="Given Answer")
    score = Score(related="response_id.score")
    metric = fields.Selection(related="response_id.metric")
    submitted_at = fields.Datetime(
        related="response_id.submitted_at", store=True, string="Said At"
    )
    customer_name = fields.Char(
        related="response_id.customer_name", string="Customer's Full Name"
    )
    partner_id = fields.Many2one(
        related="response_id.partner_id", store=True, index="btree_not_null"
    )
    survey_id = fields.Many2one(related="response_id.survey_id", store=True)
    user_id = fields.Many2one(
        related="response_id.user_id", store=True, index="btree_not_null"
    )
    department_id = fields.Many2one(
        related="response_id.department_id", store=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        related="response_id.company_id", store=True, index=True
    )
    is_permitted = fields.Boolean(
        compute="_compute_is_permitted",
        help="Whether the customer's consent stands and his answer counts.",
    )

    _response_uniq = models.UniqueIndex(
        "(response_id)", "There is a quote of this answer already."
    )

    # === COMPUTE METHODS === #

    @api.depends("response_id")
    def _compute_text(self):
        for quote in self:
            quote.text = personal_links.disarm(quote.comment) or ""

    @api.depends("response_id")
    def _compute_shown_name(self):
        for quote in self:
            quote.shown_name = quote.response_id._consented_name()

    @api.depends("response_id.state", "consent_at", "consent_withdrawn_at")
    def _compute_is_permitted(self):
        for quote in self:
            quote.is_permitted = not quote._why_not_permitted()

    @api.depends("text", "shown_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for quote in self:
            words = textwrap.shorten(quote.text or "", 60, placeholder="…")
            quote.display_name = f"{quote._spoken_name()}: {words}"

    # === CONSTRAINTS === #

    @api.constrains("response_id")
    def _check_response(self):
        for quote in self:
            quote._refuse_unless_permitted()

    @api.constrains("text")
    def _check_text(self):
        for quote in self:
            if not excerpts.says_something(quote.text):
                raise ValidationError(self.env._("A quote needs some words."))
            comment = personal_links.disarm(quote.comment)
            unsaid = excerpts.unsaid(quote.text, comment)
            if unsaid:
                raise ValidationError(
                    self.env._(
                        "The customer did not write “%s” in this way. Use his own "
                        "words in his own order, and put … where you leave some out.",
                        unsaid,
                    )
                )

    @api.constrains("shown_name")
    def _check_shown_name(self):
        for quote in self:
            if "@" in (quote.shown_name or ""):
                raise ValidationError(
                    self.env._("An e-mail address must not stand on the website.")
                )

    @api.constrains("website_id")
    def _check_website(self):
        for quote in self:
            website = quote.website_id
            if website and website.company_id != quote.company_id:
                raise ValidationError(
                    self.env._(
                        "“%(website)s” is not a website of %(company)s.",
                        website=website.name,
                        company=quote.company_id.name,
                    )
                )

    # === CRUD METHODS === #

    def write(self, vals):
        changed = self.filtered(
            lambda quote: (
                quote.state == "approved"
                and any(vals.get(n, quote[n]) != quote[n] for n in SHOWN_FIELDS)
            )
        )
        done = super().write(vals)
        if changed:
            words = self.env._("Changed: it has to be approved again.")
            changed._decide("draft", words)
        return done

    # === BUSINESS METHODS === #

    def _spoken_name(self):
        return self.shown_name or self.env._("A customer")

    def _why_not_permitted(self):
        """Return why the words may not be shown: a ``withdrawn_because``, or ''."""
        # Whoever may read the quote may know whether its answer still counts.
        response_sudo = self.response_id.sudo()
        if not response_sudo._agrees_to_be_quoted():
            return "consent"
        counts = response_sudo.state == "counted" and response_sudo._may_be_quoted()
        return "" if counts else "answer"

    def _refuse_unless_permitted(self):
        texts = {
            "consent": self.env._(
                "The customer has not agreed to be quoted, or he does not any more. "
                "Only he can agree, on his survey page."
            ),
            "answer": self.env._(
                "This answer does not count any more, so it cannot be quoted."
            ),
        }
        if reason := self._why_not_permitted():
            raise UserError(texts[reason])
