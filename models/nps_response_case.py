from odoo import fields, models


class NpsResponse(models.Model):
    """Lets the cases of an answer be looked at whenever it changes."""

    _inherit = "nps.response"

    case_ids = fields.One2many("nps.case", "response_id", string="Cases")

    def _mark_answered(self):
        result = super()._mark_answered()
        self.invitation_id.sudo()._schedule_case_check()
        return result

    def _store_details(self, reasons=(), drivers=None, contact=False, quote=False):
        result = super()._store_details(reasons, drivers, contact, quote)
        # A reason or the wish to be contacted may be what a rule waits for.
        if reasons or contact:
            self.invitation_id.sudo()._schedule_case_check()
        return result

    def _complete(self, comment, lang=None, **details):
        result = super()._complete(comment, lang, **details)
        if comment:
            self.invitation_id.sudo()._schedule_case_check()
        return result

    def _suspect(self, *args, **kwargs):
        result = super()._suspect(*args, **kwargs)
        self.invitation_id.sudo()._schedule_case_check()
        return result

    def _has_words(self):
        """Tell whether the customer said why, in words or by a reason."""
        return bool((self.comment or "").strip() or self.reason_ids)

    def _customer_tags(self):
        """Return the tags of the customer and of his company."""
        invitation = self.invitation_id
        customers = invitation.partner_id | invitation.commercial_partner_id
        return customers.category_id

    def _echo(self):
        result = super()._echo()
        self.invitation_id._wake_case_check()
        if self.state == "counted" and self.invitation_id.is_reask:
            self._tell_case()
        return result

    def _tell_case(self):
        """Note on the case what its customer said when he was asked again."""
        cases = self.env["nps.case"].search([("reask_id", "=", self.invitation_id.id)])
        for case in cases:
            case._message_log(
                body=self.env._(
                    "The customer was asked again: %(after)s. Before the case he gave "
                    "%(before)s.",
                    after=self._headline(),
                    before=case.score,
                )
            )
