from odoo import api, models

from .known_groups_field import KnownGroups


class NpsInvitation(models.Model):
    """In which groups an interaction is, as of its time."""

    _inherit = "nps.invitation"

    # Archived groups stay in it: they are what was.
    group_ids = KnownGroups(
        "nps.group",
        "nps_group_invitation_rel",
        "invitation_id",
        "group_id",
        string="Groups",
        readonly=True,
        copy=False,
        context={"active_test": False},
        help="The groups whose rule it fulfilled when it happened.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        invitations = super().create(vals_list)
        # Picking an outcome waits for no rule and fails by none: a cron sorts.
        self.env["nps.group.news"].sudo()._note(invitations)
        return invitations


class NpsResponse(models.Model):
    """An answer that begins or ceases to count, or says more, is sorted anew.

    By the rules that look at it, and by nothing that the customer waits for: the cron
    that tells colleagues of an answer brings it on the way.
    """

    _inherit = "nps.response"

    def _echo_safely(self):
        self._note_group_news()
        return super()._echo_safely()

    def _after_decision(self, note):
        result = super()._after_decision(note)
        self._note_group_news()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_note_group_news(self):
        self._note_group_news()

    def _note_group_news(self):
        news_sudo = self.env["nps.group.news"].sudo()
        news_sudo._note(self.invitation_id, is_about_answer=True)
