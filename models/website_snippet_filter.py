from odoo import models


class WebsiteSnippetFilter(models.Model):
    """Lets a block of the website show quotes, and no record of ours besides."""

    _inherit = "website.snippet.filter"

    def _prepare_values(self, limit=None, search_domain=None, **options):
        # A visitor can ask for any one record by its id, and Odoo reads it for him in
        # superuser mode: no record of ours may be had that way.
        wanted = str(options.get("res_model") or "")
        if wanted.startswith("nps.") or (wanted and self._nps_shows_quotes()):
            return []
        return super()._prepare_values(limit, search_domain, **options)

    def _prepare_sample(self, length=6, **options):
        if self._nps_shows_quotes():
            return self.env["nps.quote"]._sample_values(length)
        return super()._prepare_sample(length, **options)

    def _nps_shows_quotes(self):
        return self.model_name == "nps.quote"
