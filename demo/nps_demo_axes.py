from datetime import timedelta
from itertools import cycle

from odoo import api, fields, models
from odoo.tools import SQL

INDUSTRIES = (
    "base.res_partner_industry_C",
    "base.res_partner_industry_G",
    "base.res_partner_industry_I",
    "base.res_partner_industry_P",
)
TAGS = {"Solar roof": 3, "Heat pump": 5, "Online account": 2}
"""Tag -> each how manieth customer has it."""
JOINED_DAYS = (1400, 900, 2300, 260, 700, 1900, 120, 3100)
"""Before how many days one customer after the other was entered."""


class NpsDemo(models.AbstractModel):
    """What else is known of customers, by which numbers can be split."""

    _inherit = "nps.demo"

    @api.model
    def _make_customers(self, customers):
        made = super()._make_customers(customers)
        partners = self.env["res.partner"].union(*made.values())
        self._let_them_join(partners.filtered(lambda p: not p.parent_id))
        self._give_industries(partners.filtered("is_company"))
        self._give_tags(partners.filtered(lambda p: not p.parent_id))
        return made

    @api.model
    def _let_them_join(self, partners):
        now = fields.Datetime.now()
        for partner, days in zip(partners, cycle(JOINED_DAYS), strict=False):
            # Odoo notes itself when a record was made.
            self.env.cr.execute(
                SQL(
                    "UPDATE res_partner SET create_date = %s WHERE id = %s",
                    now - timedelta(days=days),
                    partner.id,
                )
            )
        partners.invalidate_recordset(["create_date"])

    @api.model
    def _give_industries(self, companies):
        for company, xmlid in zip(companies, cycle(INDUSTRIES), strict=False):
            company.industry_id = self.env.ref(xmlid, raise_if_not_found=False)

    @api.model
    def _give_tags(self, partners):
        for name, step in TAGS.items():
            tag = self.env["res.partner.category"].create({"name": name})
            partners[::step].category_id = [fields.Command.link(tag.id)]
