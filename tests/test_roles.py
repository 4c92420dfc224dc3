from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import NpsCommon

KEPT = ("nps.invitation", "nps.response", "nps.report", "nps.guess.report")
SETUP = ("nps.survey", "nps.outcome")
HIDDEN = (
    "nps.invitation.link",
    "nps.ask.audit",
    "nps.ask.audit.line",
    "nps.recovery",
    "nps.recovery.line",
)


class RoleCase(NpsCommon):
    """One answer of each of three agents: Phone (below Support), Support and Sales."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.support_agent = cls.make_agent("support", cls.support)
        cls.sales_agent = cls.make_agent("sales", cls.sales)
        cls.agents = cls.agent | cls.support_agent | cls.sales_agent
        for agent in cls.agents:
            cls.answer(cls.pick(user=agent, guess=5), 3, comment=agent.login)
        cls.env.flush_all()

    def assertSees(self, user, agents):
        """Check the exact answers a user sees, by search, grouping and export."""
        self.env.ref("base.group_allow_export").user_ids = [(4, user.id)]
        for model in KEPT:
            with self.subTest(model=model):
                records = self.env[model].with_user(user)
                found = records.search([("user_id", "in", self.agents.ids)])
                self.assertEqual(found.user_id, agents)
                groups = records._read_group(
                    [("user_id", "in", self.agents.ids)], ["user_id"], ["__count"]
                )
                self.assertEqual({agent.id for agent, _n in groups}, set(agents.ids))
                rows = found.export_data(["user_id/.id"])["datas"]
                self.assertEqual({int(row[0]) for row in rows}, set(agents.ids))

    def assertMay(self, user, model, operation, allowed):
        self.assertEqual(
            self.env[model].with_user(user).has_access(operation), allowed, model
        )


@tagged("post_install", "-at_install")
class TestAgent(RoleCase):
    def test_an_agent_sees_his_own_answers(self):
        self.assertSees(self.agent, self.agent)

    def test_an_agent_cannot_read_a_colleagues_answer_by_its_id(self):
        foreign = self.env["nps.response"].search(
            [("user_id", "=", self.sales_agent.id)]
        )
        with self.assertRaises(AccessError):
            foreign.with_user(self.agent).read(["comment"])

    def test_an_agent_reads_all_fields_of_his_own_invitation(self):
        invitation = self.env["nps.invitation"].search(
            [("user_id", "=", self.agent.id)]
        )
        self.assertTrue(invitation.with_user(self.agent).read())

    def test_an_agent_sees_the_last_score_of_a_customer(self):
        customer = self.customer.with_user(self.agent)
        self.assertEqual(customer.nps_category, "detractor")

    def test_an_agent_sets_up_nothing(self):
        for model in SETUP:
            self.assertMay(self.agent, model, "read", True)
            self.assertMay(self.agent, model, "write", False)
            self.assertMay(self.agent, model, "create", False)

    def test_an_agent_audits_nobody(self):
        for model in ("nps.ask.audit", "nps.ask.audit.line"):
            self.assertMay(self.agent, model, "read", False)
            self.assertMay(self.agent, model, "create", False)
        with self.assertRaises(AccessError):
            self.env["nps.ask.audit"].with_user(self.agent).action_open()

    def test_an_agent_reads_how_his_own_guesses_compare(self):
        own = self.env["nps.guess.report"].with_user(self.agent).search([])
        self.assertEqual((own.user_id, own.pairs), (self.agent, 1))
        self.assertTrue(own.read())

    def test_an_agent_is_offered_his_guesses_and_no_audit(self):
        menus = self.env["ir.ui.menu"].with_user(self.agent)._visible_menu_ids()
        self.assertIn(self.env.ref("nps.nps_guess_report_menu").id, menus)
        for name in ("nps_report_fair_menu", "nps_ask_audit_menu"):
            self.assertNotIn(self.env.ref(f"nps.{name}").id, menus)

    def test_an_agent_cannot_look_up_links(self):
        self.assertMay(self.agent, "nps.invitation.link", "read", False)


@tagged("post_install", "-at_install")
class TestTeamManager(RoleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_agent(
            "manager", cls.support, groups="nps.nps_group_team_manager"
        )
        cls.support.manager_id = cls.manager.employee_id

    def test_a_manager_sees_his_department_and_everything_below(self):
        self.assertSees(self.manager, self.agent | self.support_agent)

    def test_a_manager_of_no_department_sees_his_own_answers(self):
        self.support.manager_id = False
        self.assertSees(self.manager, self.env["res.users"])

    def test_a_manager_keeps_what_was_his_when_an_agent_moves_on(self):
        self.agent.employee_id.department_id = self.sales
        self.assertSees(self.manager, self.agent | self.support_agent)

    def test_a_manager_keeps_what_was_his_when_a_department_is_archived(self):
        (self.phone | self.support).active = False
        self.assertSees(self.manager, self.agent | self.support_agent)

    def test_a_new_manager_sees_it_at_once_and_the_old_one_no_more(self):
        successor = self.make_agent(
            "successor", self.support, groups="nps.nps_group_team_manager"
        )
        self.assertSees(self.manager, self.agent | self.support_agent)
        self.support.manager_id = successor.employee_id
        self.assertSees(self.manager, self.env["res.users"])
        self.assertSees(successor, self.agent | self.support_agent)

    def test_a_manager_writes_no_line_of_an_audit(self):
        for operation in ("create", "write", "unlink"):
            self.assertMay(self.manager, "nps.ask.audit.line", operation, False)

    def test_a_manager_without_the_role_sees_his_own_answers_only(self):
        self.sales.manager_id = self.support_agent.employee_id
        self.assertSees(self.support_agent, self.support_agent)


@tagged("post_install", "-at_install")
class TestAnalyst(RoleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")

    def test_an_analyst_sees_all_answers(self):
        self.assertSees(self.analyst, self.agents)

    def test_an_analyst_sees_nothing_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        outsider = self.make_agent(
            "outsider",
            groups="nps.nps_group_analyst",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertSees(outsider, self.env["res.users"])

    def test_an_analyst_sets_up_nothing(self):
        for model in SETUP:
            self.assertMay(self.analyst, model, "write", False)


@tagged("post_install", "-at_install")
class TestAdministrator(RoleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls.make_agent(
            "administrator", groups="nps.nps_group_manager"
        )

    def test_an_administrator_sets_up_surveys_and_outcomes(self):
        for model in SETUP:
            for operation in ("read", "write", "create", "unlink"):
                self.assertMay(self.administrator, model, operation, True)

    def test_an_administrator_makes_a_survey_and_an_outcome(self):
        env = self.env(user=self.administrator)
        texts = env["nps.survey"]._default_texts("csat")
        survey = env["nps.survey"].create({"name": "S", "metric": "csat", **texts})
        outcome = env["nps.outcome"].create(
            {"name": "O", "code": "o", "survey_id": survey.id}
        )
        self.assertEqual(outcome.survey_id.metric, "csat")


@tagged("post_install", "-at_install")
class TestNobodyAnswersForTheCustomer(RoleCase):
    def test_no_role_may_make_change_or_delete_what_is_kept(self):
        admin = self.env.ref("base.user_admin")
        everybody = [
            admin,
            self.agent,
            self.make_agent("m", groups="nps.nps_group_team_manager"),
            self.make_agent("a", groups="nps.nps_group_analyst"),
            self.make_agent("x", groups="nps.nps_group_manager,base.group_system"),
        ]
        for user in everybody:
            for model in (*KEPT, "nps.invitation.link"):
                for operation in ("create", "write", "unlink"):
                    with self.subTest(user=user.login):
                        self.assertMay(user, model, operation, False)

    def test_nobody_writes_a_last_score(self):
        editor = self.make_agent(
            "editor",
            groups="nps.nps_group_manager,base.group_partner_manager,"
            "helpdesk_mgmt.group_helpdesk_manager",
        )
        for record in (self.customer, self.make_ticket()):
            for values in ({"nps_score": 10}, {"nps_category": "promoter"}):
                with self.subTest(record=record), self.assertRaises(AccessError):
                    record.with_user(editor).write(values)
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(editor).create(
                {"name": "x", "nps_category": "promoter"}
            )


@tagged("post_install", "-at_install")
class TestEverybodyElse(RoleCase):
    def strangers(self):
        return [
            new_test_user(self.env, "inside", groups="base.group_user"),
            new_test_user(self.env, "visitor", groups="base.group_portal"),
            self.env.ref("base.public_user"),
        ]

    def test_others_read_nothing_of_ours(self):
        for user in self.strangers():
            for model in (*KEPT, *SETUP, *HIDDEN):
                with self.subTest(user=user.login):
                    self.assertMay(user, model, "read", False)

    def test_a_portal_user_does_not_see_his_own_last_score(self):
        portal = new_test_user(self.env, "visitor", groups="base.group_portal")
        with self.assertRaises(AccessError):
            portal.partner_id.with_user(portal).read(["nps_score"])

    def test_others_may_not_pick_an_outcome(self):
        for user in self.strangers():
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                user.partner_id.with_user(user).nps_pick_outcome("fixed")
