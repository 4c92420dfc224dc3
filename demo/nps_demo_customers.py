from odoo import api, models
from odoo.tools import email_normalize

from .places import COUNTRIES


class NpsDemo(models.AbstractModel):
    """The customers as contacts."""

    _inherit = "nps.demo"

    @api.model
    def _make_customers(self, customers):
        """Return key -> contact of the invented customers."""
        known = self._places()
        companies = [customer for customer in customers if customer.parent is None]
        made = self._create_customers(companies, known, {})
        people = [customer for customer in customers if customer.parent is not None]
        made.update(self._create_customers(people, known, made))
        self._block(customers)
        archived = [c for c in customers if c.trait == "customer_archived"]
        for customer in archived:
            made[customer.key].active = False
        return made

    @api.model
    def _create_customers(self, customers, known, made):
        partners = self.env["res.partner"].create(
            [self._customer_values(customer, known, made) for customer in customers]
        )
        return {c.key: p for c, p in zip(customers, partners, strict=True)}

    @api.model
    def _customer_values(self, customer, known, made):
        countries, states, languages = known
        parent = made.get(customer.parent)
        values = {
            "name": customer.name,
            "is_company": customer.is_company,
            "parent_id": parent.id if parent else False,
            "email": customer.email,
            "phone": customer.phone,
            "street": customer.street,
            "city": customer.city,
            "zip": customer.zip,
            "state_id": states.get((customer.country, customer.state), False),
            "country_id": countries[customer.country],
        }
        if customer.lang in languages:
            values["lang"] = customer.lang
        return values

    @api.model
    def _places(self):
        """Return ids of countries by code, of states by codes, and languages."""
        codes = [country.code for country in COUNTRIES]
        countries = self.env["res.country"].search([("code", "in", codes)])
        states = self.env["res.country.state"].search(
            [("country_id", "in", countries.ids)]
        )
        return (
            {country.code: country.id for country in countries},
            {(state.country_id.code, state.code): state.id for state in states},
            dict(self.env["res.lang"].get_installed()),
        )

    @api.model
    def _block(self, customers):
        """Put those who want no such mails on Odoo's own list."""
        unwilling = [c.email for c in customers if c.trait == "blacklisted"]
        self.env["mail.blacklist"].create(
            [{"email": email_normalize(email)} for email in unwilling]
        )
