from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command

NEW_DAYS = 90
"""So long a customer is a new one."""
CUSTOMER_KINDS = [("new", "New customer"), ("old", "Old customer")]
ZIP_AREA_LENGTH = 2


class NpsInvitation(models.Model):
    """By what else reports tell interactions apart; frozen like the rest."""

    _inherit = "nps.invitation"

    # Known when the outcome is picked. Without dependencies: never computed again.
    department_path_id = fields.Many2one(
        "nps.department.path",
        string="Department as It Was",
        compute="_compute_department_path_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        help="The agent's department below those that were above it then.",
    )
    zip_area = fields.Char(
        string="Postal Code Area",
        compute="_compute_customer_axes",
        store=True,
        precompute=True,
        help="The customer's country and how his postal code begins.",
    )
    industry_id = fields.Many2one(
        "res.partner.industry",
        string="Customer Industry",
        compute="_compute_customer_axes",
        store=True,
        precompute=True,
        help="Of the customer, or else of his company.",
    )
    customer_kind = fields.Selection(
        CUSTOMER_KINDS,
        string="New or Old Customer",
        compute="_compute_customer_axes",
        store=True,
        precompute=True,
        help="New: the customer's company, or he himself, was entered among the "
        "contacts at most 90 days before.",
    )
    customer_tag_ids = fields.Many2many(
        "res.partner.category",
        "nps_invitation_customer_tag_rel",
        string="Customer Tags",
        compute="_compute_customer_tag_ids",
        store=True,
        precompute=True,
        help="Of the customer and of his company.",
    )

    # === COMPUTE METHODS === #

    @api.depends()
    def _compute_department_path_id(self):
        for invitation in self:
            # Departments tell nobody but this addon where they stand.
            department_sudo = invitation.department_id.sudo()
            invitation.department_path_id = department_sudo.nps_path_id

    @api.depends()
    def _compute_customer_axes(self):
        for invitation in self:
            axes = self._customer_axes(
                invitation.partner_id,
                invitation.country_id,
                invitation.zip,
                invitation.picked_at,
            )
            invitation.update(axes)

    @api.depends()
    def _compute_customer_tag_ids(self):
        for invitation in self:
            invitation.customer_tag_ids = self._customer_tags(invitation.partner_id)

    # === BUSINESS METHODS === #

    @api.model
    def _values_list_for(self, records, outcome, agent, **values):
        # Left to be computed, Odoo makes a second record of each to compute them on.
        values_list = super()._values_list_for(records, outcome, agent, **values)
        self._add_axes(values_list)
        return values_list

    @api.model
    def _add_axes(self, values_list):
        """Add to the values of invitations by what reports tell them apart."""

        def records_sudo(model, name):
            # Together, so that they are read together. Whose they are and where they
            # stand does not depend on who picks.
            ids = [values[name] for values in values_list]
            known, found_sudo = list(filter(None, ids)), self.env[model].sudo()
            return [found_sudo.browse(i or ()).with_prefetch(known) for i in ids]

        for values, customer, country, department in zip(
            values_list,
            records_sudo("res.partner", "partner_id"),
            records_sudo("res.country", "country_id"),
            records_sudo("hr.department", "department_id"),
            strict=True,
        ):
            axes = self._customer_axes(
                customer, country, values["zip"], values["picked_at"]
            )
            values.update(
                zip_area=axes["zip_area"],
                industry_id=axes["industry_id"].id,
                customer_kind=axes["customer_kind"],
                department_path_id=department.nps_path_id.id,
                customer_tag_ids=[Command.set(self._customer_tags(customer).ids)],
            )

    @api.model
    def _customer_axes(self, customer, country, code, picked_at):
        """Return what is kept of a customer besides his tags.

        :param customer: a ``res.partner``, or an empty record
        :param code: the postal code, or False
        """
        company = customer.commercial_partner_id
        return {
            "zip_area": self._zip_area(country.code, code),
            "industry_id": customer.industry_id or company.industry_id,
            "customer_kind": self._kind_of(company.create_date, picked_at),
        }

    @api.model
    def _customer_tags(self, customer):
        return customer.category_id | customer.commercial_partner_id.category_id

    @api.model
    def _zip_area(self, country_code, code):
        """Return where a postal code is, as "DE 10", or False when it is not known."""
        begin = (code or "").strip().upper()[:ZIP_AREA_LENGTH]
        return " ".join(filter(None, (country_code, begin))) if begin else False

    @api.model
    def _kind_of(self, known_since, picked_at):
        """Return whether a customer was new at a moment, or False if unknown."""
        if not known_since:
            return False
        return "new" if known_since >= picked_at - timedelta(days=NEW_DAYS) else "old"
