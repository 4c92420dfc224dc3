from markupsafe import Markup

from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestPraise(NpsCommon, MailCase):
    """A promoter's words reach the agent and his manager, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_manager("manager", cls.phone)
        cls.invitation = cls.pick(cls.make_ticket())

    @classmethod
    def make_manager(cls, login, department, **values):
        """Make a user who manages a department and may read its answers."""
        groups = "nps.nps_group_team_manager"
        user = cls.make_agent(login, department, groups=groups, **values)
        department.manager_id = user.employee_id
        return user

    def say(self, comment="Quick & <kind>", score=10, **values):
        """Answer as a customer, and let the cron tell colleagues."""
        response = self.answer(self.invitation, score, comment=comment, **values)
        self.echo(response)
        return response

    def echo(self, response):
        with self.mock_mail_gateway():
            response._echo_safely()

    def messages(self):
        return self.env["mail.message"].search(
            [
                ("model", "=", "nps.invitation"),
                ("res_id", "=", self.invitation.id),
                ("message_type", "=", "user_notification"),
            ],
            order="id",
        )

    def assertTold(self, *users):
        self.assertEqual(
            self.messages().notified_partner_ids,
            self.env["res.partner"].union(*(user.partner_id for user in users)),
        )
        self.assertEqual(len(self.messages()), len(users))

    # === WHO IS TOLD === #

    def test_the_agent_and_his_manager_get_the_words(self):
        response = self.say()
        self.assertTold(self.agent, self.manager)
        for message in self.messages():
            self.assertIn("Quick &amp; &lt;kind&gt;", message.body)
            self.assertIn("Carla Customer", message.subject)
            self.assertIn("10 of 10", message.body)
        self.assertEqual(response.praise_user_ids, self.agent | self.manager)
        self.assertTrue(response.praise_passed_at)

    def test_the_manager_reads_whose_work_it_was(self):
        self.say()
        told = {m.notified_partner_ids: m.body for m in self.messages()}
        self.assertIn("for your work", told[self.agent.partner_id])
        self.assertIn(
            f"for the work of {self.agent.name}", told[self.manager.partner_id]
        )

    def test_a_ces_or_csat_answer_is_praise_as_well(self):
        for metric, highest in (("ces", 7), ("csat", 5)):
            with self.subTest(metric=metric):
                self.make_outcome(metric, survey_id=self.make_survey(metric).id)
                self.invitation = self.pick(self.make_ticket(), code=metric)
                self.say(score=highest)
                self.assertTold(self.agent, self.manager)

    def test_it_goes_to_the_manager_of_the_department_of_that_day(self):
        self.agent.employee_id.department_id = self.sales
        self.make_manager("seller", self.sales)
        self.say()
        self.assertTold(self.agent, self.manager)

    def test_without_a_manager_the_next_above_is_told(self):
        above = self.make_manager("above", self.support)
        self.phone.manager_id = False
        self.say()
        self.assertTold(self.agent, above)

    def test_an_agent_who_manages_himself_has_the_next_above_told(self):
        above = self.make_manager("above", self.support)
        self.phone.manager_id = self.agent.employee_id
        self.say()
        self.assertTold(self.agent, above)

    def test_an_archived_manager_gives_way_to_the_next_above(self):
        above = self.make_manager("above", self.support)
        for archived in (self.manager, self.manager.employee_id):
            with self.subTest(archived=archived._name):
                archived.active = False
                self.invitation = self.pick(self.make_ticket())
                self.say()
                self.assertTold(self.agent, above)
                archived.active = True

    def test_who_may_not_read_the_answer_is_not_told_of_it(self):
        self.manager.group_ids = self.env.ref("base.group_user")
        self.say()
        self.assertTold(self.agent)

    def test_a_manager_of_another_company_is_not_told(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.manager.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.say()
        self.assertTold(self.agent)

    def test_an_archived_agent_is_not_told(self):
        self.agent.active = False
        response = self.say()
        self.assertTold(self.manager)
        self.assertEqual(response.praise_user_ids, self.manager)

    # === WHAT IS PASSED ON === #

    def test_nobody_is_told_of_a_score_without_words(self):
        response = self.say("")
        self.assertTold()
        self.assertFalse(response.praise_passed_at)

    def test_nobody_is_told_of_words_that_are_no_praise(self):
        for score in (0, 6, 7, 8):
            with self.subTest(score=score):
                self.invitation = self.pick(self.make_ticket())
                self.say(score=score)
                self.assertTold()

    def test_an_answer_that_does_not_count_is_not_passed_on(self):
        for state in ("superseded", "suspect", "excluded"):
            with self.subTest(state=state):
                self.invitation = self.pick(self.make_ticket())
                response = self.answer(self.invitation, 10, comment="Great")
                response.state = state
                self.echo(response)
                self.assertTold()

    def test_a_link_that_a_customer_pastes_stays_secret(self):
        token = self.make_link(self.invitation)
        self.say(f"Great, see https://acme.example/nps/{token}")
        self.assertTold(self.agent, self.manager)
        for body in self.messages().mapped("body"):
            self.assertNotIn(token, body)

    def test_a_placeholder_that_a_customer_writes_asks_nobody(self):
        other = self.pick(self.make_ticket())
        self.say(f"Great, see https://acme.example/nps/personal/{other.id}")
        self.assertTold(self.agent, self.manager)
        for body in self.messages().mapped("body"):
            self.assertNotIn(f"personal/{other.id}", body)

    def test_each_reads_it_in_his_own_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.manager.lang = "de_DE"
        view = self.env.ref("nps.praise_note")
        words = {"for the work of": "für die Arbeit von"}
        view.update_field_translations("arch_db", {"de_DE": words})
        self.say()
        bodies = {m.notified_partner_ids: m.body for m in self.messages()}
        self.assertIn("für die Arbeit von", bodies[self.manager.partner_id])
        self.assertIn("for your work", bodies[self.agent.partner_id])

    # === ONCE === #

    def test_words_that_follow_the_score_are_passed_on_when_they_come(self):
        response = self.say("")
        response._complete("Quick and kind")
        self.echo(response)
        self.assertTold(self.agent, self.manager)

    def test_telling_again_tells_nobody_twice(self):
        response = self.say()
        response._complete("And one more thing")
        self.echo(response)
        self.echo(response)
        self.assertTold(self.agent, self.manager)

    def test_a_correction_does_not_repeat_the_same_words(self):
        self.say(score=10)
        corrected = self.say("", score=9, change=True)
        self.assertEqual(corrected.comment, "Quick & <kind>")
        self.assertTold(self.agent, self.manager)

    def test_a_failure_tells_nobody_and_is_tried_again(self):
        self.env.ref(
            "nps.praise_note"
        ).arch = '<t t-name="nps.praise_note"><t t-out="1/0" /></t>'
        response = self.answer(self.invitation, 10, comment="Great")
        with self.assertLogs("odoo.addons.nps", "ERROR"):
            self.echo(response)
        self.assertTold()
        self.assertEqual(response.echo_state, "pending")
        self.env.ref("nps.praise_note").arch = '<t t-name="nps.praise_note">Good</t>'
        self.echo(response)
        self.assertTold(self.agent, self.manager)

    def test_the_customers_request_tells_nobody_itself(self):
        self.answer(self.invitation, 10, comment="Great")
        self.assertTold()

    # === HOW === #

    def test_each_is_told_in_odoo_or_by_mail_as_he_prefers(self):
        self.agent.notification_type = "inbox"
        self.manager.notification_type = "email"
        self.say()
        kinds = {
            n.res_partner_id: n.notification_type
            for n in self.messages().notification_ids
        }
        self.assertEqual(
            kinds,
            {self.agent.partner_id: "inbox", self.manager.partner_id: "email"},
        )

    def test_mails_wait_in_the_queue_and_the_cron_does_not_wait_for_them(self):
        self.manager.notification_type = "email"
        self.say()
        mails = self.env["mail.mail"].search(
            [("mail_message_id", "in", self.messages().ids)]
        )
        self.assertTrue(mails)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})

    def test_the_message_leads_to_the_interaction_and_to_no_survey(self):
        self.say()
        for message in self.messages():
            self.assertIsInstance(message.body, Markup)
            self.assertNotIn("/nps/", message.body)

    # === THE SETTING === #

    def test_a_company_may_tell_only_the_agent_or_nobody(self):
        for choice, told in (("agent", [self.agent]), ("nobody", [])):
            with self.subTest(choice=choice):
                self.company.nps_praise_to = choice
                self.invitation = self.pick(self.make_ticket())
                self.say()
                self.assertTold(*told)

    def test_a_new_company_tells_both_and_the_settings_page_changes_it(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.assertEqual(other.nps_praise_to, "both")
        self.env["res.config.settings"].create({"nps_praise_to": "agent"}).execute()
        self.assertEqual(self.company.nps_praise_to, "agent")
        self.assertEqual(other.nps_praise_to, "both")
