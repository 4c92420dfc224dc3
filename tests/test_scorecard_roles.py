from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common_insight import InsightCase

GOOD = [10] * 9 + [7] * 2 + [0]


@tagged("post_install", "-at_install")
class TestScorecardRoles(InsightCase):
    """Everybody sees the numbers of what he may read, and no others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        manager = "nps.nps_group_team_manager"
        cls.head = cls.make_agent("head", cls.support, groups=manager)
        cls.support.manager_id = cls.head.employee_id
        cls.say(GOOD)
        cls.say([3] * 11, user=cls.seller)

    def answers(self, user, **options):
        return self.card(user=user, **options)["total"]["n"]

    def test_an_agent_sees_his_own_answers_on_every_axis(self):
        for axis, _label in self.insight.get_choices()["axis"]:
            with self.subTest(axis=axis):
                self.assertEqual(self.answers(self.agent, axis=axis), 12)
                self.assertEqual(self.answers(self.seller, axis=axis), 11)

    def test_a_manager_sees_his_departments_and_all_below(self):
        card = self.card(user=self.head)
        self.assertEqual(card["total"]["n"], 12)
        self.assertEqual(
            self.names(card),
            [self.company.name, "Support", "Phone", self.agent.name],
        )

    def test_an_analyst_sees_all(self):
        self.assertEqual(self.answers(self.analyst), 23)

    def test_the_latest_answer_is_the_latest_of_those_one_may_read(self):
        self.say([9], on="2026-03-10")
        self.say([0], user=self.seller, on="2026-03-11")
        self.assertEqual(self.answers(self.agent, counting="latest"), 1)

    def test_a_manager_learns_nothing_of_others_by_subtraction(self):
        total = self.answers(self.head)
        rows = self.card(user=self.head, axis="agent")["rows"]
        self.assertEqual(sum(row["n"] for row in rows), total)

    def test_a_domain_of_ones_own_opens_nothing(self):
        insight = self.insight.with_user(self.agent)
        everything = insight.get_scorecard([], {"period": "all", "axis": "agent"})
        self.assertEqual(self.names(everything), [self.agent.name])

    def test_other_companies_are_not_counted(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.make_agent(
            "stranger",
            groups="nps.nps_group_analyst",
            company_id=other.id,
            company_ids=[other.id],
        )
        self.assertEqual(self.answers(stranger), 0)

    def test_who_has_no_role_gets_nothing(self):
        employee = new_test_user(self.env, "employee", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.card(user=employee)
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.card(user=portal)

    def test_an_agent_cannot_set_up_mails_and_a_manager_can(self):
        self.assertFalse(self.card(user=self.agent)["can_send"])
        self.assertTrue(self.card(user=self.head)["can_send"])
