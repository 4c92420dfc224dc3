from odoo import api, fields, models
from odoo.tools import SQL


class NpsGroupNews(models.Model):
    """An interaction that is still to be sorted into groups.

    A table of its own and not a mark on the invitation: to add a row neither waits for
    nor disturbs whoever sends or answers it. What is to be done stands in the database;
    whoever ends the server now, the next run does the rest.
    """

    _name = "nps.group.news"
    _description = "To Be Sorted Into NPS Groups"
    _log_access = False

    invitation_id = fields.Many2one(
        "nps.invitation", required=True, ondelete="cascade", index=True
    )
    group_id = fields.Many2one(
        "nps.group",
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: all groups. Else the one that could not sort it.",
    )
    is_about_answer = fields.Boolean(
        help="Only its answer is news: what was decided before stays as it was."
    )

    _once_per_group_uniq = models.UniqueIndex(
        "(group_id, invitation_id) WHERE group_id IS NOT NULL"
    )

    @api.model
    def _note(self, invitations, is_about_answer=False):
        """Let the cron sort invitations, without waiting for anything.

        :param bool is_about_answer: only by the rules that look at the answer
        """
        if not invitations:
            return
        self.env.cr.execute(
            SQL(
                "INSERT INTO nps_group_news (invitation_id, is_about_answer)"
                " SELECT UNNEST(%s), %s",
                list(invitations.ids),
                is_about_answer,
            )
        )
        self._wake()

    @api.model
    def _keep(self, group, invitations):
        """Note what a group could not sort, for when its rule works again."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO nps_group_news (invitation_id, group_id, is_about_answer)"
                " SELECT UNNEST(%s), %s, FALSE ON CONFLICT DO NOTHING",
                list(invitations.ids),
                group.id,
            )
        )

    @api.model
    def _wake(self):
        # An outcome is picked also where somebody deleted the cron.
        cron = self.env.ref("nps.ir_cron_nps_group", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()

    @api.model
    def _due_domain(self):
        """Return the domain of what can be sorted now."""
        return [
            "|",
            ("group_id", "=", False),
            "&",
            ("group_id.failure", "=", False),
            ("group_id.active", "=", True),
        ]

    @api.model
    def _next(self, limit):
        """Return what came first and can be sorted now."""
        return self.search(self._due_domain(), order="id", limit=limit)

    def _decide(self):
        """Let every leaf decide about these; what it cannot sort it keeps for later."""
        leaves = self.env["nps.group"]._sorting()
        concerned = {leaf: self._concerning(leaf).invitation_id for leaf in leaves}
        self.unlink()
        for leaf, mine in concerned.items():
            leaf._sort_safely(mine)

    def _concerning(self, leaf):
        """Return those about which a leaf has to decide."""
        looks = leaf._may_look_at_answer()
        return self.filtered(
            lambda news: (
                news.group_id == leaf
                if news.group_id
                else looks or not news.is_about_answer
            )
        )
