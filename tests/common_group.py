from odoo.fields import Command

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .common import NpsCommon
from .common_subscription import SubscriptionCase

ALL = "[('id', '!=', 0)]"
SORT = "odoo.addons.nps.models.nps_group_sort"


class GroupBuilders(NpsCommon, CronMixinCase):
    """Builders of groups, and the cron that sorts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What earlier tests or demo data left has no part in it.
        cls.env["nps.group.news"].search([]).unlink()
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")

    @classmethod
    def make_group(cls, name, domain=False, parent=None, **values):
        return cls.env["nps.group"].create(
            {
                "name": name,
                "domain": domain,
                "parent_id": parent.id if parent else False,
                **values,
            }
        )

    @classmethod
    def make_tagged(cls, *tags):
        """Make customers, each with a tag of this name."""
        return [
            cls.make_customer(
                tag,
                f"{tag.lower()}@sea.example",
                parent_id=False,
                category_id=[Command.create({"name": tag})],
            )
            for tag in tags
        ]

    def sort(self):
        """Let the cron run."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("nps.ir_cron_nps_group").method_direct_trigger()
        self.env.invalidate_all()

    def echo(self):
        """Tell colleagues of the answers, as happens at once."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("nps.ir_cron_nps_echo").method_direct_trigger()
        self.env.invalidate_all()

    def members(self, group):
        """Return the invitations in a group."""
        invitations = self.env["nps.invitation"]
        return invitations.search([("group_ids", "in", group.ids)], order="id")

    def break_rule(self, group, rule="[('gone_with_its_addon', '=', 1)]"):
        """Let a rule be one that worked once: its field is gone."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE nps_group SET domain = %s WHERE id = %s", [rule, group.id]
        )
        self.env.invalidate_all()


class GroupCase(GroupBuilders):
    """Groups, and interactions to sort."""


class GroupSubscriptionCase(GroupBuilders, SubscriptionCase):
    """Groups, and somebody who hears of their answers."""
