from odoo import api, fields, models


class NpsOpening(models.Model):
    """What an agent says first to some customers."""

    _name = "nps.opening"
    _description = "Say This First"
    _inherit = ["nps.condition.mixin"]
    _rec_name = "text"

    text = fields.Text(
        string="Say This First",
        required=True,
        translate=True,
        help="Shown to the agent on the score card of the customer. One or two short "
        "sentences read best on the phone.",
    )

    @api.depends("text")
    def _compute_effect_text(self):
        for opening in self:
            opening.effect_text = opening.text

    @api.model
    def _for(self, facts, company):
        """Return what holds first for a customer, or an empty record.

        :param dict facts: of one customer, see ``res.partner._nps_facts()``
        """
        rules = self._of_company(company)
        return next((rule for rule in rules if rule._holds(facts)), self.browse())


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _nps_say_first(self, facts):
        """Return what to say first to this customer, in the user's language, or "".

        :param dict facts: of this customer, see :meth:`_nps_facts`
        """
        # Agents read what a rule says, and not the rules.
        openings_sudo = self.env["nps.opening"].sudo()
        return openings_sudo._for(facts, self._nps_company()).text or ""

    def _nps_card_say_first(self):
        return self._nps_say_first(self._nps_facts()[self.id])
