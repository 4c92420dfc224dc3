from odoo import fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """The cases of a customer; a company has those of all its people."""

    _inherit = "res.partner"

    nps_case_count = fields.Integer(
        string="Open Cases",
        compute="_compute_nps_case_count",
        groups="nps.nps_group_user",
    )
    nps_has_case = fields.Boolean(
        compute="_compute_nps_case_count", groups="nps.nps_group_user"
    )

    def _compute_nps_case_count(self):
        cases = self.env["nps.case"].search(self._nps_cases_domain())
        for partner in self:
            his = cases.filtered(
                lambda case, own=partner._origin: (
                    own in case.partner_id | case.commercial_partner_id
                )
            )
            partner.nps_has_case = bool(his)
            partner.nps_case_count = len(his.filtered("is_open"))

    def _nps_cases_domain(self):
        """Return the domain of the cases of these customers."""
        return [
            "|",
            ("partner_id", "in", self.ids),
            ("commercial_partner_id", "in", self.ids),
        ]

    def action_nps_open_cases(self):
        """Open the cases of the customer."""
        self.ensure_one()
        return self.env["nps.case"].search(self._nps_cases_domain())._action_open_form()

    def _nps_open_cases_domain(self):
        return Domain("partner_id", "in", self.ids)

    def _nps_case_answers_domain(self):
        # A happy answer that he gave meanwhile is not what he is called about.
        unhappy = Domain("state", "=", "counted") & Domain("category", "!=", "promoter")
        return Domain("partner_id", "=", self.id) & Domain(
            "response_ids", "any", unhappy
        )
