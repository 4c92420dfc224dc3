from odoo import api, models

from .nps_withheld_mixin import CACHE


class NpsResponse(models.Model):
    """An answer, which may be withheld."""

    _name = "nps.response"
    _inherit = ["nps.response", "nps.withheld.mixin"]

    # === CRUD METHODS === #

    # Below ``create`` and ``write``, where also computed columns get to the database.

    @api.model
    def _create(self, data_list):
        self.env.cr.cache.pop(CACHE, None)
        return super()._create(data_list)

    def _write_multi(self, vals_list):
        self.env.cr.cache.pop(CACHE, None)
        return super()._write_multi(vals_list)

    def unlink(self):
        self.env.cr.cache.pop(CACHE, None)
        return super().unlink()


class NpsDriverAnswer(models.Model):
    """What was said to a driver question, which may be withheld."""

    _name = "nps.driver.answer"
    _inherit = ["nps.driver.answer", "nps.withheld.mixin"]


class NpsDispute(models.Model):
    """A contest shows the answer that it is about, which may be withheld."""

    _name = "nps.dispute"
    _inherit = ["nps.dispute", "nps.withheld.mixin"]


class NpsQuote(models.Model):
    """A quote shows the answer that it is from, which may be withheld."""

    _name = "nps.quote"
    _inherit = ["nps.quote", "nps.withheld.mixin"]
