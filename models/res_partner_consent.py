from odoo import api, fields, models


class ResPartner(models.Model):
    """The customer's consent to surveys, where a company asks nobody without it."""

    _inherit = "res.partner"

    nps_survey_consent = fields.Boolean(
        string="Agreed to Surveys",
        copy=False,
        tracking=True,
        help="The customer agreed to be asked by mail. It holds for his address, so "
        "also for other contacts with it.",
    )
    nps_needs_consent = fields.Boolean(
        compute="_compute_nps_needs_consent", export_string_translation=False
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_nps_needs_consent(self):
        for partner in self:
            # A rule of the company, and no secret of its settings.
            company_sudo = partner._nps_company().sudo()
            partner.nps_needs_consent = company_sudo.nps_requires_consent

    def action_nps_give_consent(self):
        """Note that the customer agreed to surveys, by his word; it is logged."""
        self._nps_note_consent(True)

    def action_nps_withdraw_consent(self):
        """Note that the customer agrees no more; it holds for his address at once."""
        self._nps_note_consent(False)

    def _nps_note_consent(self, agrees):
        self.ensure_one()
        self._nps_check_may_pick()
        # The wish is the customer's: to note it takes no right to edit contacts. His
        # other contacts follow, or one of them would go on to agree for him.
        person_sudo = self.sudo()
        if not agrees and self.email_normalized:
            person_sudo |= person_sudo.search(
                [("email_normalized", "=", self.email_normalized)]
            )
        person_sudo.nps_survey_consent = agrees
