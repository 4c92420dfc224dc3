from odoo import api, fields, models
from odoo.tools import SQL

from ..models.nps_invitation_axes import CUSTOMER_KINDS
from ..tools import day_parts


class NpsReport(models.Model):
    """By what numbers can be split without anything set up: axes that are ready."""

    _inherit = "nps.report"
    _depends = {
        "nps.invitation": [
            "state_id",
            "zip_area",
            "industry_id",
            "customer_tag_ids",
            "customer_kind",
            "product_name",
            "local_date",
            "local_hour",
        ]
    }

    state_id = fields.Many2one(
        "res.country.state", string="Customer State", readonly=True
    )
    zip_area = fields.Char(string="Postal Code Area", readonly=True)
    industry_id = fields.Many2one(
        "res.partner.industry", string="Customer Industry", readonly=True
    )
    customer_tag_ids = fields.Many2many(
        "res.partner.category",
        "nps_invitation_customer_tag_rel",
        "nps_invitation_id",
        "res_partner_category_id",
        string="Customer Tags",
        readonly=True,
    )
    customer_kind = fields.Selection(
        CUSTOMER_KINDS,
        string="New or Old Customer",
        readonly=True,
        help="New: entered among the contacts at most 90 days before.",
    )
    product_name = fields.Char(string="Product", readonly=True)
    weekday = fields.Selection(
        [
            ("1", "Monday"),
            ("2", "Tuesday"),
            ("3", "Wednesday"),
            ("4", "Thursday"),
            ("5", "Friday"),
            ("6", "Saturday"),
            ("7", "Sunday"),
        ],
        readonly=True,
    )
    day_part = fields.Selection(
        [
            ("night", "Night (0–6)"),
            ("morning", "Morning (6–12)"),
            ("afternoon", "Afternoon (12–18)"),
            ("evening", "Evening (18–24)"),
        ],
        string="Time of Day",
        readonly=True,
    )

    @api.model
    def _select(self):
        return SQL(
            """%(columns)s, i.state_id, i.zip_area, i.industry_id, i.customer_kind,
            i.product_name,
            EXTRACT(ISODOW FROM i.local_date)::int::varchar AS weekday,
            CASE WHEN i.local_hour < %(morning)s THEN 'night'
                 WHEN i.local_hour < %(afternoon)s THEN 'morning'
                 WHEN i.local_hour < %(evening)s THEN 'afternoon'
                 WHEN i.local_hour >= %(evening)s THEN 'evening' END AS day_part
            """,
            columns=super()._select(),
            **day_parts.BEGINS,
        )
