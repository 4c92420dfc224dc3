from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common_group import ALL, GroupCase


@tagged("post_install", "-at_install")
class TestGroupRoles(GroupCase):
    """Who may make groups, and who sees which."""

    def test_analysts_and_administrators_make_groups(self):
        chief = self.make_agent("chief", groups="nps.nps_group_manager")
        for user in (self.analyst, chief):
            groups = self.env["nps.group"].with_user(user)
            group = groups.create({"name": "Mine", "domain": ALL})
            group.name = "Ours"
            group.domain = "[('subject', 'ilike', 'x')]"
            group.action_sort_again()
            group.active = False
            group.unlink()

    def test_agents_and_managers_read_groups_and_change_none(self):
        group = self.make_group("Group", ALL)
        manager = self.make_agent("boss", groups="nps.nps_group_team_manager")
        for user in (self.agent, manager):
            mine = group.with_user(user)
            self.assertEqual(mine.display_name, "Group")
            self.assertTrue(mine.read(["name", "domain", "interaction_count"]))
            with self.assertRaises(AccessError):
                mine.name = "Mine"
            with self.assertRaises(AccessError):
                mine.action_sort_again()
            with self.assertRaises(AccessError):
                mine.create({"name": "New"})
            with self.assertRaises(AccessError):
                mine.unlink()

    def test_who_has_no_role_sees_no_group(self):
        group = self.make_group("Group", ALL)
        clerk = new_test_user(self.env, "clerk", groups="base.group_user")
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        for user in (clerk, portal):
            with self.assertRaises(AccessError):
                group.with_user(user).read(["name"])

    def test_nobody_reads_what_is_to_be_sorted(self):
        self.pick()
        chief = self.make_agent("chief", groups="nps.nps_group_manager")
        with self.assertRaises(AccessError):
            self.env["nps.group.news"].with_user(chief).search([])

    def test_nobody_writes_memberships(self):
        group = self.make_group("Group", ALL)
        invitation = self.pick()
        for user in (self.agent, self.analyst):
            with self.assertRaises(AccessError):
                invitation.with_user(user).group_ids = group

    def test_groups_of_other_companies_are_neither_seen_nor_counted(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs, ours = self.make_group("Theirs", ALL), self.make_group("Ours", ALL)
        self.pick()
        self.sort()
        theirs.company_id = other
        self.env.flush_all()
        groups = self.env["nps.group"].with_user(self.analyst).search([])
        self.assertIn(ours, groups)
        self.assertNotIn(theirs, groups)
        reports = self.env["nps.report"].with_user(self.analyst)
        rows = dict(reports._read_group([], ["group_ids"], ["__count"]))
        self.assertIn(ours.id, [group.id for group in rows])
        self.assertNotIn(theirs.id, [group.id for group in rows])
        theirs_too = [("group_ids", "child_of", theirs.ids)]
        self.assertFalse(reports.search_count(theirs_too))

    def test_an_agent_counts_only_his_own_interactions_in_a_group(self):
        group = self.make_group("Group", ALL)
        mine = self.pick()
        other = self.make_agent("other", self.sales)
        self.pick(user=other)
        self.sort()
        reports = self.env["nps.report"].with_user(self.agent)
        rows = reports._read_group([], ["group_ids"], ["__count"])
        self.assertEqual(dict(rows)[group.sudo(False).with_user(self.agent)], 1)
        found = reports.search([("group_ids", "in", group.ids)])
        self.assertEqual(found.ids, mine.ids)
        with self.assertRaises(AccessError):
            self.env["nps.report"].with_user(self.portal()).search([])

    def portal(self):
        return new_test_user(self.env, "guest", groups="base.group_portal")

    def test_a_helpdesk_user_without_a_role_closes_tickets_with_groups_around(self):
        self.make_group("Group", ALL)
        stage = self.env["helpdesk.ticket.stage"].create({"name": "Over"})
        self.make_outcome("over", auto_stage_ids=[(6, 0, stage.ids)])
        clerk = new_test_user(
            self.env, "desk", groups="helpdesk_mgmt.group_helpdesk_manager"
        )
        ticket = self.make_ticket(user_id=clerk.id)
        ticket.with_user(clerk).stage_id = stage
        self.sort()
        self.assertTrue(ticket.sudo().nps_invitation_id.group_ids)
