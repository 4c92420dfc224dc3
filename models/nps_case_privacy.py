from odoo import api, models
from odoo.fields import Domain

from .nps_personal_mixin import ERASED, KEPT


class NpsCase(models.Model):
    """A case without its person: cause, result and hours stay, every word is gone."""

    _name = "nps.case"
    _inherit = ["nps.case", "nps.personal.mixin"]

    # After the interactions: they know whether the customer's company is kept.
    _nps_erase_sequence = 90

    @api.model
    def _nps_personal_fields(self):
        return {
            **super()._nps_personal_fields(),
            "subject": ERASED,
            "customer_name": ERASED,
            "email_normalized": ERASED,
            "partner_id": ERASED,
            "promise": ERASED,
            "note": ERASED,
            # Kept where it is kept on the interaction.
            "commercial_partner_id": KEPT,
        }

    @api.model
    def _nps_of_person(self, person):
        by_hand = Domain("invitation_id", "=", False) & person.domain()
        return self.sudo().search(person.of_invitations() | by_hand)

    def _nps_erase(self, person):
        # Nobody can win back whom nobody knows.
        open_ones = self.filtered("is_open").with_context(tracking_disable=True)
        open_ones.write({"state": "withdrawn"})
        customers_sudo = self.partner_id | self.commercial_partner_id
        result = super()._nps_erase(person)
        for company_sudo, cases in self.grouped(
            lambda case: case.invitation_id.commercial_partner_id
        ).items():
            kept = {"commercial_partner_id": company_sudo.id or None}
            cases._nps_blank_columns(["promise_date"], **kept)
        customers_sudo._nps_refresh_risk()
        return result


class NpsRisk(models.Model):
    """Who is erased is no customer at risk."""

    _name = "nps.risk"
    _inherit = ["nps.risk", "nps.personal.mixin"]

    _nps_erase_sequence = 10

    @api.model
    def _nps_personal_fields(self):
        return {
            **super()._nps_personal_fields(),
            "partner_id": ERASED,
            "commercial_partner_id": ERASED,
            "facts": ERASED,
            "facts_key": ERASED,
        }

    @api.model
    def _nps_of_person(self, person):
        return self.sudo().search([("partner_id", "in", person.partners_sudo.ids)])

    def _nps_own_invitations(self):
        return self.env["nps.invitation"].sudo()

    def _nps_erase(self, person):
        self.unlink()


class NpsRiskNews(models.Model):
    """Nothing new is to be found out about who is erased."""

    _name = "nps.risk.news"
    _inherit = ["nps.risk.news", "nps.personal.mixin"]

    _nps_is_scratch = True
    # Last: what the others do makes news.
    _nps_erase_sequence = 95

    @api.model
    def _nps_personal_fields(self):
        return {**super()._nps_personal_fields(), "partner_id": ERASED}

    @api.model
    def _nps_of_person(self, person):
        return self.sudo().search([("partner_id", "in", person.partners_sudo.ids)])

    def _nps_own_invitations(self):
        return self.env["nps.invitation"].sudo()

    def _nps_erase(self, person):
        self._nps_of_person(person).unlink()
