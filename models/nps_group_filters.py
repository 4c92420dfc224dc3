"""Groups wherever an interaction is looked at: to filter and group by."""

from odoo import models

from .known_groups_field import READERS, KnownGroups


class NpsResponse(models.Model):
    _inherit = "nps.response"

    group_ids = KnownGroups(related="invitation_id.group_ids", depends_context=READERS)


class NpsCase(models.Model):
    _inherit = "nps.case"

    group_ids = KnownGroups(related="invitation_id.group_ids", depends_context=READERS)


class NpsDriverAnswer(models.Model):
    _inherit = "nps.driver.answer"

    group_ids = KnownGroups(
        related="response_id.invitation_id.group_ids", depends_context=READERS
    )
