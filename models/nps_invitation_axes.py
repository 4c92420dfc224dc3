from datetime import timedelta

from odoo import api, fields, models

NEW_DAYS = 90
"""So long a customer is a new one."""
CUSTOMER_KINDS = [("new", "New customer"), ("old", "Old customer")]
ZIP_AREA_LENGTH = 2


class NpsInvitation(models.Model):
    """By what else reports tell interactions apart; frozen like the rest."""

    _inherit = "nps.invitation"

    # Without dependencies: computed once, when the outcome is picked, and never again.
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
            customer = invitation.partner_id
            company = customer.commercial_partner_id
            invitation.zip_area = self._zip_area(
                invitation.country_id.code, invitation.zip
            )
            invitation.industry_id = customer.industry_id or company.industry_id
            invitation.customer_kind = company and self._kind_of(
                company.create_date, invitation.picked_at
            )

    @api.depends()
    def _compute_customer_tag_ids(self):
        for invitation in self:
            customer = invitation.partner_id
            tags = customer.category_id | customer.commercial_partner_id.category_id
            invitation.customer_tag_ids = tags

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
