from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import NpsCaseCommon


@tagged("post_install", "-at_install")
class TestCaseOwner(NpsCaseCommon):
    """Who gets a case: somebody who is there, and never the one who was rated."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env.ref("nps.nps_case_rule_detractor")
        cls.rule.fallback_user_id = cls.make_agent("fallback", cls.sales)

    def give_time_off(self, user, kind="leave"):
        now = fields.Datetime.now()
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "resource_id": user.employee_id.resource_id.id,
                "calendar_id": user.employee_id.resource_calendar_id.id,
                "date_from": now - timedelta(days=1),
                "date_to": now + timedelta(days=1),
                "time_type": kind,
            }
        )

    # === THE DEPARTMENT'S MANAGER === #

    def test_the_manager_of_the_rated_agents_department_owns_the_case(self):
        self.assertEqual(self.case_of(2).user_id, self.boss)

    def test_a_manager_who_was_rated_himself_is_passed_over(self):
        invitation = self.pick(user=self.boss)
        invitation.sudo().department_id = self.phone
        self.answer(invitation, 2)
        with self.later(minutes=11):
            self.run_case_cron()
        self.assertEqual(invitation.case_ids.user_id, self.head)

    def test_a_setting_allows_the_rated_agent(self):
        self.company.nps_case_allows_rated_agent = True
        self.phone.manager_id = self.agent.employee_id
        self.assertEqual(self.case_of(2).user_id, self.agent)

    def test_an_absent_manager_is_passed_over(self):
        self.give_time_off(self.boss)
        self.assertEqual(self.case_of(2).user_id, self.head)

    def test_a_training_is_no_absence(self):
        self.give_time_off(self.boss, kind="other")
        self.assertEqual(self.case_of(2).user_id, self.boss)

    def test_an_archived_manager_is_passed_over(self):
        self.boss.active = False
        self.assertEqual(self.case_of(2).user_id, self.head)

    def test_a_manager_who_is_no_nps_user_is_passed_over(self):
        nobody = self.make_agent("plain", self.phone, groups="base.group_user")
        self.phone.manager_id = nobody.employee_id
        self.assertEqual(self.case_of(2).user_id, self.head)

    def test_a_manager_of_another_company_is_passed_over(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.boss.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertEqual(self.case_of(2).user_id, self.head)

    def test_when_no_manager_is_left_the_rule_says_who(self):
        (self.phone | self.support).manager_id = False
        self.assertEqual(self.case_of(2).user_id, self.rule.fallback_user_id)

    def test_in_the_end_an_administrator_owns_it(self):
        (self.phone | self.support).manager_id = False
        self.rule.fallback_user_id = False
        owner = self.case_of(2).user_id
        self.assertTrue(owner.has_group("nps.nps_group_manager"))

    def test_when_nobody_can_own_it_the_case_is_opened_and_says_so(self):
        (self.phone | self.support).manager_id = False
        self.rule.fallback_user_id = False
        group = self.env.ref("nps.nps_group_manager")
        group.sudo().all_user_ids.filtered("active").group_ids -= group
        case = self.case_of(2)
        self.assertFalse(case.user_id)
        self.assertFalse(case.activity_ids)
        self.assertIn("Nobody could be found", self.log_of(case))

    # === OTHERS === #

    def test_the_salesperson_of_the_customers_company_owns_the_case(self):
        seller = self.make_agent("seller", self.sales)
        self.rule.owner_kind = "account_manager"
        self.customer_company.user_id = seller
        self.assertEqual(self.case_of(2).user_id, seller)

    def test_without_a_salesperson_it_is_the_manager(self):
        self.rule.owner_kind = "account_manager"
        self.assertEqual(self.case_of(2).user_id, self.boss)

    def test_people_take_turns(self):
        people = self.boss | self.head | self.rule.fallback_user_id
        self.rule.write({"owner_kind": "in_turn", "member_ids": [(6, 0, people.ids)]})
        owners = [self.case_of(2).user_id for _index in range(6)]
        self.assertEqual(set(owners[:3]), set(people))
        self.assertEqual(owners[:3], owners[3:])

    def test_who_is_absent_misses_his_turn(self):
        people = self.boss | self.head
        self.rule.write({"owner_kind": "in_turn", "member_ids": [(6, 0, people.ids)]})
        self.give_time_off(self.boss)
        owners = {self.case_of(2).user_id for _index in range(3)}
        self.assertEqual(owners, {self.head})

    def test_the_leader_of_the_tickets_team_owns_the_case(self):
        leader = self.make_agent("leader", self.sales)
        team = self.env["helpdesk.ticket.team"].create(
            {"name": "Printers", "user_id": leader.id}
        )
        self.rule.owner_kind = "team_leader"
        case = self.case_of(2, self.make_ticket(team_id=team.id))
        self.assertEqual((case.user_id, case.team_id), (leader, team))

    def test_members_of_the_tickets_team_take_turns(self):
        members = self.boss | self.head
        team = self.env["helpdesk.ticket.team"].create(
            {"name": "Printers", "user_ids": [(6, 0, (members | self.agent).ids)]}
        )
        self.rule.owner_kind = "team_in_turn"
        owners = {
            self.case_of(2, self.make_ticket(team_id=team.id)).user_id
            for _index in range(4)
        }
        self.assertEqual(owners, set(members), "Never the agent who was rated")

    # === BY HAND === #

    def test_nobody_hands_a_case_to_the_agent_who_was_rated(self):
        case = self.case_of(2)
        with self.assertRaisesRegex(ValidationError, "was rated"):
            case.user_id = self.agent

    def test_the_rated_manager_does_not_work_on_his_own_case(self):
        invitation = self.pick(user=self.boss)
        invitation.sudo().department_id = self.phone
        self.answer(invitation, 2)
        with self.later(minutes=11):
            self.run_case_cron()
        case = invitation.case_ids.with_user(self.boss)
        with self.assertRaisesRegex(AccessError, "You were rated"):
            case.note = "It was not me"

    def test_taking_a_case_over_moves_its_activity(self):
        case = self.case_of(2)
        case.with_user(self.head).action_take_over()
        self.assertEqual(case.user_id, self.head)
        self.assertEqual(case.activity_ids.user_id, self.head)
        self.assertEqual(len(case.activity_ids), 1)

    def test_nobody_without_a_role_or_the_company_becomes_owner(self):
        plain = self.make_agent("plain", groups="base.group_user")
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "portal_x",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        case = self.case_of(2)
        for user in (plain, portal):
            with self.subTest(user.login), self.assertRaises(ValidationError):
                case.user_id = user

    def test_who_is_archived_hands_his_open_cases_over(self):
        case = self.case_of(2)
        self.boss.active = False
        self.assertEqual(case.user_id, self.head)
        self.assertEqual(case.activity_ids.user_id, self.head)
        self.assertIn("is archived", self.log_of(case))

    def test_the_rated_manager_writes_to_nobody_from_his_own_case(self):
        invitation = self.pick(user=self.boss)
        invitation.sudo().department_id = self.phone
        self.answer(invitation, 2)
        with self.later(minutes=11):
            self.run_case_cron()
        case = invitation.case_ids.with_user(self.boss)
        with self.assertRaises(AccessError):
            case.message_post(body="Please", partner_ids=self.customer.ids)
