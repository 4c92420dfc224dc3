from odoo import api, fields, models
from odoo.fields import Domain

from .nps_condition_mixin import ANY_OPEN


class HelpdeskTicket(models.Model):
    """What the queue is filtered by: how the ticket's customer feels.

    Where a person never answered or has no case himself, his company's answer and cases
    speak for him, as on the badge.
    """

    _inherit = "helpdesk.ticket"

    nps_customer_is_unhappy = fields.Boolean(
        string="Unhappy Customer",
        compute="_compute_nps_customer_state",
        search="_search_nps_customer_is_unhappy",
        groups="nps.nps_group_user",
        help="The customer's last answer is a detractor's, and not old. Where he never "
        "answered: his company's last answer.",
    )
    nps_customer_has_case = fields.Boolean(
        string="Customer Has an Open Case",
        compute="_compute_nps_customer_state",
        search="_search_nps_customer_has_case",
        groups="nps.nps_group_user",
        help="The customer has an open case, or somebody else of his company.",
    )
    nps_customer_at_risk = fields.Boolean(
        string="Customer at Risk",
        compute="_compute_nps_customer_state",
        search="_search_nps_customer_at_risk",
        groups="nps.nps_group_user",
        help="The customer may be leaving, or his company may.",
    )

    @api.depends("partner_id")
    @api.depends_context("allowed_company_ids")
    def _compute_nps_customer_state(self):
        # Who may read the ticket may know how its customer feels.
        customers_sudo = self.sudo().partner_id._origin
        cases = customers_sudo._nps_case_states()
        risky = customers_sudo._nps_risky()
        unhappy = customers_sudo.with_context(active_test=False).search(
            Domain("id", "in", customers_sudo.ids)
            & customers_sudo._nps_unhappy_domain()
        )
        for ticket in self:
            customer_sudo = ticket.sudo().partner_id._origin
            state = cases.get(customer_sudo.id, "none")
            ticket.nps_customer_has_case = state in ANY_OPEN
            ticket.nps_customer_at_risk = customer_sudo in risky
            ticket.nps_customer_is_unhappy = customer_sudo in unhappy

    @api.model
    def _search_nps_customer_is_unhappy(self, operator, value):
        if operator != "in":
            return NotImplemented
        partners_sudo = self.env["res.partner"].sudo().with_context(active_test=False)
        return Domain(
            "partner_id",
            "in",
            partners_sudo._search(partners_sudo._nps_unhappy_domain()),
        )

    @api.model
    def _search_nps_customer_has_case(self, operator, value):
        if operator != "in":
            return NotImplemented
        is_open = Domain("is_open", "=", True)
        # A case stays the customer's own also when he has changed his company.
        return self._nps_about_customers_of(
            "nps.case", is_open
        ) | self._nps_query_customers("partner_id", "nps.case", is_open, "partner_id")

    @api.model
    def _search_nps_customer_at_risk(self, operator, value):
        if operator != "in":
            return NotImplemented
        counts = self.env["res.partner"]._nps_risk_domain()
        themselves = self._nps_about_customers_of("nps.risk", counts, "partner_id")
        return themselves | self._nps_query_customers(
            "partner_id", "nps.risk", counts, "commercial_partner_id"
        )

    @api.model
    def _nps_about_customers_of(self, model, domain, name="commercial_partner_id"):
        """Return the domain of tickets whose customer, or his company, is found there.

        :param str name: the column of the other model that holds who is meant
        """
        return Domain.OR(
            self._nps_query_customers(of_ticket, model, domain, name)
            for of_ticket in ("partner_id", "commercial_partner_id")
        )

    @api.model
    def _nps_query_customers(self, of_ticket, model, domain, name):
        # Who may read the ticket may know this; which case it is, he need not.
        found_sudo = self.env[model].sudo()
        own = Domain("company_id", "in", self.env.companies.ids)
        query = found_sudo._search(own & domain & Domain(name, "!=", False))
        return Domain(of_ticket, "in", query.subselect(name))


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _nps_unhappy_domain(self):
        """Return the domain of those whose last answer is a detractor's, not old."""
        unhappy = Domain("nps_category", "=", "detractor") & Domain(
            "nps_answered_at", ">=", self._nps_old_before()
        )
        is_silent = Domain("nps_category", "=", False)
        return unhappy | is_silent & Domain("commercial_partner_id", "any", unhappy)
