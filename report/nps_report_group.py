from odoo import models

from ..models.known_groups_field import KnownGroups


class NpsReport(models.Model):
    """By groups: a row counts in each group that it is in, and once in the total."""

    _inherit = "nps.report"
    _depends = {"nps.invitation": ["group_ids"]}

    group_ids = KnownGroups(
        "nps.group",
        "nps_group_invitation_rel",
        "invitation_id",
        "group_id",
        string="Groups",
        readonly=True,
        # Archived groups stay in the reports of the past.
        context={"active_test": False},
    )
