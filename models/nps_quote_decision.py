from odoo import fields, models
from odoo.exceptions import AccessError


class NpsQuote(models.Model):
    """Who decides whether a quote stands on the website, and what decides by itself.

    Analysts approve: they read all answers of the company, and no administrator of
    surveys has to be at hand. Who it was is kept and logged.
    """

    _inherit = "nps.quote"

    # === ACTION METHODS === #

    def action_approve(self):
        """Show the quotes on the website; who approved them is kept."""
        self._check_may_decide()
        for quote in self:
            quote._refuse_unless_permitted()
            quote._check_text()
        self._decide(
            "approved",
            self.env._("%s approved the quote.", self.env.user.name),
            approved_by_id=self.env.user.id,
            approved_at=fields.Datetime.now(),
            withdrawn_at=False,
            withdrawn_because=False,
        )

    def action_take_off(self):
        """Take the quotes off the website; they can be approved again."""
        self._check_may_decide()
        self._withdraw("by_hand", self.env._("%s took it off.", self.env.user.name))

    def action_withdraw_consent(self):
        """Note that the customer does not want to be quoted any more, by his word."""
        self._check_may_decide()
        for quote in self:
            quote._log(
                self.env._(
                    "%s noted that the customer withdrew his consent.",
                    self.env.user.name,
                )
            )
        # Nobody may write answers; this is the customer's wish, and it is logged.
        self.sudo().response_id._withdraw_quote()

    def _check_may_decide(self):
        if not self.env.user.has_group("nps.nps_group_analyst"):
            raise AccessError(
                self.env._("Only an analyst may decide about quotes. Ask one.")
            )
        self.check_access("write")

    # === BUSINESS METHODS === #

    def _withdraw_unless_permitted(self):
        """Take off the website at once what may not stand there any more."""
        texts = {
            "consent": self.env._("The customer withdrew his consent."),
            "answer": self.env._("The answer does not count any more."),
        }
        for quote in self.filtered(lambda q: q.state != "withdrawn"):
            if reason := quote._why_not_permitted():
                quote._withdraw(reason, texts[reason])

    def _withdraw(self, reason, words):
        self._decide(
            "withdrawn",
            words,
            withdrawn_because=reason,
            withdrawn_at=fields.Datetime.now(),
        )

    def _decide(self, state, words, **values):
        """Write a decision and log it; those who may decide were asked before."""
        self.sudo().write({"state": state, **values})
        for quote in self:
            quote._log(words)

    def _log(self, words):
        # The log is the record's own: a customer who withdraws has no right on it.
        author = self.env.user.partner_id
        if not self.env.user._is_internal():
            author = self.env.ref("base.partner_root").sudo()
        self.sudo()._message_log(body=words, author_id=author.id)
