from odoo import models


class NpsResponse(models.Model):
    """An answer, which may be withheld."""

    _name = "nps.response"
    _inherit = ["nps.response", "nps.withheld.mixin"]


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
