"""Groups wherever an interaction is looked at: to filter and group by."""

from odoo import fields, models


class NpsResponse(models.Model):
    _inherit = "nps.response"

    group_ids = fields.Many2many(related="invitation_id.group_ids")


class NpsCase(models.Model):
    _inherit = "nps.case"

    group_ids = fields.Many2many(related="invitation_id.group_ids")


class NpsDriverAnswer(models.Model):
    _inherit = "nps.driver.answer"

    group_ids = fields.Many2many(related="response_id.invitation_id.group_ids")
