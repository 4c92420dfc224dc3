from odoo import api, models
from odoo.tools import format_date

from ..tools import personal_links

MOST = 16
"""How many quotes a visitor gets at most, as for Odoo's other blocks."""


class NpsQuote(models.Model):
    """What visitors of the website see of quotes: words, a name and a month."""

    _inherit = "nps.quote"

    @api.model
    def _website_values(self, limit=MOST):
        """Return what the website shows: no record, no id, nothing else of the answer.

        :param int limit: as the visitor's browser asks for it
        :return: list of dicts of ``text``, ``lang``, ``name``, ``month`` and ``date``
        """
        website = self.env["website"].get_current_website()
        # Visitors have no right on quotes: this is all they get.
        quotes_sudo = self.sudo().search(self._published_domain(website))
        shown_sudo = quotes_sudo.filtered(lambda quote: quote._is_approved_since())
        limit = min(max(limit or MOST, 1), MOST)
        return [quote_sudo._website_value() for quote_sudo in shown_sudo[:limit]]

    @api.model
    def _published_domain(self, website):
        """Return the domain of what a website may show right now.

        It asks for the consent itself: a quote is off as soon as the customer says so,
        whatever its own state says.
        """
        return [
            ("state", "=", "approved"),
            ("company_id", "=", website.company_id.id),
            ("website_id", "in", [False, website.id]),
            ("response_id.state", "=", "counted"),
            ("response_id.quote_consent_at", "!=", False),
            ("response_id.quote_withdrawn_at", "=", False),
        ]

    def _is_approved_since(self):
        """Tell whether it was approved after the consent that holds now was given."""
        return self.approved_at >= self.consent_at

    def _website_value(self):
        said_on = self.submitted_at.date()
        return {
            "text": personal_links.disarm(self.text),
            "lang": (self.response_id.lang or "").replace("_", "-"),
            "name": self._spoken_name(),
            "month": format_date(self.env, said_on, date_format="LLLL y"),
            "date": f"{said_on:%Y-%m}",
        }

    @api.model
    def _sample_values(self, count):
        """Return samples in the form of :meth:`_website_values`, for the editor."""
        words = [
            self.env._("The first call solved it."),
            self.env._("Friendly, quick, and they called back as they had promised."),
            self.env._("I would ask them again at any time."),
        ]
        return [
            {
                "text": words[number % len(words)],
                "lang": "",
                "name": self.env._("Sample"),
                "month": "",
                "date": "",
            }
            for number in range(min(count, MOST))
        ]
