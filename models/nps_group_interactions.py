from odoo import api, fields, models


class NpsGroup(models.Model):
    """What is in a group, as far as the user may read it."""

    _inherit = "nps.group"

    interaction_count = fields.Integer(
        string="Interactions",
        compute="_compute_interaction_count",
        help="How many are in it or in a group below it, each counted once.",
    )

    @api.depends("child_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_interaction_count(self):
        # For groups of all levels at once: each of the list stands for its subtree.
        counts = dict(
            self.env["nps.report"]._read_group(
                self._origin._subtree_domain(), ["group_ids:tree"], ["__count"]
            )
        )
        for group in self:
            group.interaction_count = counts.get(group._origin, 0)

    def action_open_interactions(self):
        """Show the numbers of the group, and of each group below it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("nps.nps_report_action")
        return {
            **action,
            "name": self.display_name,
            # Without an address of its own: it would open all of them when reloaded.
            "path": False,
            "domain": list(self._subtree_domain()),
            "context": {"group_by": ["group_ids"]} if self.has_children else {},
        }
