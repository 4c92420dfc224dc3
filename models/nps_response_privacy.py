from odoo import api, fields, models
from odoo.fields import Domain

from .nps_personal_mixin import ERASED, KEPT


class NpsResponse(models.Model):
    """An answer without its person: the score counts on, every word is gone."""

    _name = "nps.response"
    _inherit = ["nps.response", "nps.personal.mixin"]

    _nps_erase_sequence = 60

    @api.model
    def _nps_personal_fields(self):
        return {
            **super()._nps_personal_fields(),
            "comment": ERASED,
            "excluded_words": ERASED,
            "quote_consent_text": ERASED,
            "partner_id": ERASED,
            "page_id": ERASED,
            "note_id": ERASED,
            "lang": KEPT,
        }

    def _nps_erase(self, person):
        self.note_id.unlink()
        self.env["nps.subscription.notice"].sudo()._nps_drop_mails(self)
        result = super()._nps_erase(person)
        gone = ["quote_consent_at", "quote_withdrawn_at", "notice_at"]
        self._nps_blank_columns(gone, echo_state="done")
        self._tell_screens()
        return result

    @api.model
    def _nps_not_handed_out(self):
        technical = {"page_id", "note_id", "notice_at", "notice_attempts"}
        return super()._nps_not_handed_out() | technical


class NpsDriverAnswer(models.Model):
    """A number or a choice among few: it says nothing about who chose it."""

    _name = "nps.driver.answer"
    _inherit = ["nps.driver.answer", "nps.personal.mixin"]

    @api.model
    def _nps_of_person(self, person):
        return self.sudo().search(person.of_invitations("response_id.invitation_id"))

    def _nps_own_invitations(self):
        return self.sudo().response_id.invitation_id

    def _nps_erase(self, person):
        """Erase nothing: it is part of the numbers, and of nobody."""


class NpsQuote(models.Model):
    """A quote goes with the consent on which it rests, from every website at once."""

    _name = "nps.quote"
    _inherit = ["nps.quote", "nps.personal.mixin"]

    _nps_erase_sequence = 20

    @api.model
    def _nps_personal_fields(self):
        declared = super()._nps_personal_fields()
        return {**declared, "text": ERASED, "shown_name": ERASED, "partner_id": ERASED}

    @api.model
    def _nps_of_person(self, person):
        return self.sudo().search(person.of_invitations("response_id.invitation_id"))

    def _nps_own_invitations(self):
        return self.sudo().response_id.invitation_id

    def _nps_erase(self, person):
        self._nps_drop_traces()
        self.unlink()


class NpsDispute(models.Model):
    """A contest without words: who contested what, and how it ended."""

    _name = "nps.dispute"
    _inherit = ["nps.dispute", "nps.personal.mixin"]

    @api.model
    def _nps_personal_fields(self):
        declared = super()._nps_personal_fields()
        return {**declared, "words": ERASED, "decision": ERASED, "partner_id": ERASED}

    def _nps_erase(self, person):
        result = super()._nps_erase(person)
        undecided = self.filtered(lambda dispute: dispute.state == "open")
        # Nobody can judge any more what nobody can read.
        now = fields.Datetime.now()
        undecided._nps_blank_columns([], state="withdrawn", decided_at=now)
        return result


class NpsSubscriptionNotice(models.Model):
    """Messages about an erased answer that have not left yet."""

    _inherit = "nps.subscription.notice"

    @api.model
    def _nps_drop_mails(self, responses):
        """Delete the mails that tell of some answers, and are still there."""
        told = self.search([("response_id", "in", responses.ids)])
        told.mail_id.mail_message_id.unlink()


class NpsAdviceDecision(models.Model):
    """What was advised on a record is found by the record alone."""

    _name = "nps.advice.decision"
    _inherit = ["nps.advice.decision", "nps.personal.mixin"]

    @api.model
    def _nps_personal_fields(self):
        # The record itself is anonymous by then; the advice keeps its counts.
        return {**super()._nps_personal_fields(), "res_id": KEPT, "res_model": KEPT}

    @api.model
    def _nps_of_person(self, person):
        cases = Domain("res_model", "=", "nps.case")
        own = self.env["nps.case"]._nps_of_person(person).ids
        return self.sudo().search(cases & Domain("res_id", "in", own))

    def _nps_own_invitations(self):
        return self.env["nps.invitation"].sudo()

    def _nps_erase(self, person):
        """Erase nothing: whether an advice was followed tells of nobody."""
