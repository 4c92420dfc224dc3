from odoo import api, fields, models
from odoo.fields import Domain


class NpsSubscription(models.Model):
    """Hearing of the answers of some groups."""

    _name = "nps.subscription"
    _inherit = ["nps.subscription"]

    _scope_fields = ("department_ids", "survey_ids", "group_ids")

    # Archived groups stay in it: without them it would mean all.
    group_ids = fields.Many2many(
        "nps.group",
        string="Groups",
        domain="[('active', '=', True)]",
        context={"active_test": False},
        help="With all groups below them. Empty: in whichever group, or in none.",
    )

    @api.depends("group_ids.display_name")
    def _compute_name(self):
        return super()._compute_name()

    def _answers_in_words(self):
        words = super()._answers_in_words()
        # Who may see the subscription may know the names of what it is about.
        if groups_sudo := self.sudo().group_ids:
            names = ", ".join(groups_sudo.mapped("display_name"))
            words = self.env._("%(answers)s in %(names)s", answers=words, names=names)
        return words

    def _scope_domain(self):
        domain = super()._scope_domain()
        # What the user may not read must not widen it: nothing named means all.
        if groups_sudo := self.sudo().group_ids:
            domain &= groups_sudo._subtree_domain()
        return domain

    def _send_regular(self, now):
        if self.group_ids:
            self.env["nps.group.news"]._decide_before_told()
        return super()._send_regular(now)


class NpsResponse(models.Model):
    """Who is told of an answer has to know first in which groups it is."""

    _inherit = "nps.response"

    def _tell_subscribers(self):
        self.env["nps.group.news"]._decide_before_told(self.invitation_id)
        return super()._tell_subscribers()


class NpsGroup(models.Model):
    """A subscription stops when what it was about is gone."""

    _inherit = "nps.group"

    @api.ondelete(at_uninstall=True)
    def _unlink_stop_nps_scopes(self):
        self.env["nps.scope.mixin"]._scope_gone(self)


class NpsGroupNews(models.Model):
    """What waits to be sorted is sorted before anybody is told of it."""

    _inherit = "nps.group.news"

    @api.model
    def _decide_before_told(self, invitations=None, limit=1000):
        """Sort at once what subscribers are about to be told of.

        :param invitations: these only; None: the oldest that wait
        """
        due = Domain(self._due_domain())
        if invitations is not None:
            due &= Domain("invitation_id", "in", invitations.ids)
        self.search(due, order="id", limit=limit)._decide()
