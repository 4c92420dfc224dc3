from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestDepartmentPath(NpsCommon):
    """Interactions keep the department tree as it was."""

    def levels(self, invitation, name="department", count=2):
        row = self.env["nps.report"].browse(invitation.id)
        return [row[f"{name}_{n}_id"] for n in range(1, count + 1)]

    def test_an_interaction_keeps_its_department_and_those_above(self):
        invitation = self.pick()
        self.assertEqual(self.levels(invitation), [self.support, self.phone])
        self.assertEqual(invitation.department_path_id.complete_name, "Support / Phone")

    def test_moving_a_department_moves_nothing_in_the_past(self):
        before = self.pick()
        self.phone.parent_id = self.sales
        after = self.pick()
        self.assertEqual(self.levels(before), [self.support, self.phone])
        self.assertEqual(self.levels(after), [self.sales, self.phone])

    def test_what_is_below_a_moved_department_moves_along(self):
        team = self.make_department("Team", parent=self.phone)
        self.agent.employee_id.department_id = team
        self.phone.parent_id = self.sales
        self.assertEqual(
            self.levels(self.pick(), count=3), [self.sales, self.phone, team]
        )

    def test_as_it_is_now_follows_the_reorganisation(self):
        invitation = self.pick()
        self.phone.parent_id = self.sales
        self.assertEqual(
            self.levels(invitation, "department_now"), [self.sales, self.phone]
        )

    def test_as_it_is_now_follows_the_agent_to_his_new_department(self):
        invitation = self.pick()
        self.agent.employee_id.department_id = self.sales
        row = self.env["nps.report"].browse(invitation.id)
        self.assertEqual(row.department_now_id, self.sales)
        self.assertEqual(row.department_path_id.department_id, self.phone)

    def test_who_has_left_counts_today_where_he_was(self):
        invitation = self.pick()
        self.agent.employee_id.active = False
        row = self.env["nps.report"].browse(invitation.id)
        self.assertEqual(row.department_now_id, self.phone)

    def test_a_department_that_comes_back_has_its_old_path(self):
        first = self.phone.sudo().nps_path_id
        self.phone.parent_id = self.sales
        self.phone.parent_id = self.support
        self.assertEqual(self.phone.sudo().nps_path_id, first)

    def test_a_department_of_the_past_is_archived_and_not_deleted(self):
        self.pick()
        self.agent.employee_id.department_id = self.sales
        for department in (self.phone, self.support):
            with self.subTest(department=department.name):
                with self.assertRaisesRegex(UserError, "Support / Phone"):
                    department.unlink()

    def test_what_it_was_part_of_once_cannot_be_deleted_either(self):
        invitation = self.pick()
        self.phone.parent_id = self.sales
        with self.assertRaisesRegex(UserError, "Archive"):
            self.support.unlink()
        self.assertEqual(self.levels(invitation), [self.support, self.phone])

    def test_a_department_without_interactions_can_be_deleted(self):
        team = self.make_department("Team", parent=self.sales)
        self.sales.unlink()
        self.assertEqual(team.sudo().nps_path_id.complete_name, "Team")

    def test_a_subtree_can_be_chosen_as_it_was(self):
        invitation = self.pick()
        above = self.support.sudo().nps_path_id
        self.phone.parent_id = self.sales
        found = self.env["nps.report"].search(
            [("department_path_id", "child_of", above.id)]
        )
        self.assertIn(invitation.id, found.ids)

    def test_levels_below_the_sixth_count_at_the_sixth(self):
        department = self.phone
        for name in "ABCDEF":
            department = self.make_department(name, parent=department)
        self.agent.employee_id.department_id = department
        levels = self.levels(self.pick(), count=6)
        self.assertEqual([d.name for d in levels][-2:], ["C", "D"])

    def test_a_level_without_interactions_is_not_offered(self):
        self.pick()
        report = self.env["nps.report"]
        deepest = self.env["nps.department.path"]._deepest()
        offered = report.fields_get(attributes=["groupable"])
        for level in range(1, 7):
            with self.subTest(level=level):
                self.assertEqual(
                    offered[f"department_{level}_id"]["groupable"], level <= deepest
                )

    def test_an_agent_may_not_read_where_departments_stand(self):
        department = self.phone.with_user(self.agent)
        self.assertNotIn("nps_path_id", department.fields_get())
