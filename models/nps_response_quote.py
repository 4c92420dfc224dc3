from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools import excerpts, names

CONSENT_FIELDS = {"state", "quote_consent_at", "quote_withdrawn_at"}
"""What a quote on the website rests on."""


class NpsResponse(models.Model):
    """Whether the words may stand on the website, and the quote made of them."""

    _inherit = "nps.response"

    quote_ids = fields.One2many("nps.quote", "response_id")
    is_quotable = fields.Boolean(
        compute="_compute_is_quotable",
        help="Whether the answer counts, has words, and the customer agreed to be "
        "quoted.",
    )

    @api.depends("state", "comment", "quote_consent_at", "quote_withdrawn_at")
    def _compute_is_quotable(self):
        for response in self:
            response.is_quotable = (
                response.state == "counted"
                and response._may_be_quoted()
                and excerpts.says_something(response.comment)
            )

    def write(self, vals):
        done = super().write(vals)
        if CONSENT_FIELDS & vals.keys():
            # Customers and whoever decides about answers have no right on quotes.
            agreed_sudo = self.sudo().filtered("quote_consent_at")
            agreed_sudo.quote_ids._withdraw_unless_permitted()
        return done

    def action_prepare_quote(self):
        """Open the quote of this answer; prepare it first if there is none."""
        self.ensure_one()
        if not self.env.user.has_group("nps.nps_group_analyst"):
            raise AccessError(
                self.env._("Only an analyst may prepare a quote. Ask one.")
            )
        quote = self.quote_ids or self.env["nps.quote"].create({"response_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": "nps.quote",
            "res_id": quote.id,
            "view_mode": "form",
        }

    def _quote_consent(self, text):
        consent = super()._quote_consent(text)
        if self._agrees_to_be_quoted() and (
            self.quote_consent_text == consent["quote_consent_text"]
        ):
            # He said it again: what he agreed to before stands, and its date.
            return {}
        return consent

    def _consented_name(self):
        """Return the customer's name as far as he agreed that it is shown.

        Our own sentence speaks of the first name. What a survey's own text permits is
        for a person to read, so no name is proposed then.
        """
        lang = self.env["res.lang"]._get_code(self.lang or "")
        response = self.with_context(lang=lang or None)
        sentence = response.survey_id._default_quote_sentence()
        agreed = response.invitation_id._fill_text(sentence)
        if self.quote_consent_text != agreed or self.partner_id.is_company:
            return ""
        return names.first_name(self.customer_name)


class NpsInvitation(models.Model):
    """Whether the customer can take back that he may be quoted."""

    _inherit = "nps.invitation"

    def _quote_consent_state(self):
        """Return ``given`` while an answer may be quoted, ``withdrawn``, or ''."""
        agreed = self.response_ids.filtered("quote_consent_at")
        if agreed.filtered(lambda response: response._agrees_to_be_quoted()):
            return "given"
        return "withdrawn" if agreed else ""
