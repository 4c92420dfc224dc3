from odoo import fields, models


class NpsReport(models.Model):
    """By groups: a row counts in each group that it is in, and once in the total."""

    _inherit = "nps.report"
    _depends = {"nps.invitation": ["group_ids"]}

    group_ids = fields.Many2many(
        "nps.group",
        "nps_group_invitation_rel",
        "invitation_id",
        "group_id",
        string="Groups",
        readonly=True,
        # Archived groups stay in the reports of the past.
        context={"active_test": False},
    )
