from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NpsMailCommon

TASK = "nps.mail_activity_type_dispute"


class DisputeCase(NpsMailCommon):
    """An agent of Phone (below Support) with one answer, his manager, two analysts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Whoever the database has already is not in the way.
        for group in ("nps_group_analyst", "nps_group_manager"):
            users = cls.env.ref(f"nps.{group}").user_ids
            users.filtered("active").group_ids = [(3, cls.env.ref(f"nps.{group}").id)]
        cls.manager = cls.make_agent(
            "manager", cls.support, groups="nps.nps_group_team_manager"
        )
        cls.support.manager_id = cls.manager.employee_id
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")
        cls.second = cls.make_agent("second", groups="nps.nps_group_analyst")
        cls.invitation = cls.pick(cls.make_ticket())
        cls.make_link(cls.invitation)
        cls.response = cls.answer(cls.invitation, 2, comment="You fool")

    def contest(self, user=None, response=None, reason="abusive", words="He swore"):
        """Contest an answer; return the dispute in superuser mode."""
        response = (response or self.response).with_user(user or self.agent)
        number = response.action_contest(reason, words)
        return self.env["nps.dispute"].browse(number)

    def make_analyst_agent(self):
        """Make an analyst who picks outcomes himself; return him and his answer."""
        both = self.make_agent(
            "both",
            self.phone,
            groups="nps.nps_group_analyst,helpdesk_mgmt.group_helpdesk_user",
        )
        return both, self.answer(self.pick(user=both), 3)

    def told(self, user, record):
        """Return the messages about a record of which a user was notified."""
        return record.message_ids.filtered(
            lambda m: user.partner_id in m.notified_partner_ids
        )


@tagged("post_install", "-at_install")
class TestContest(DisputeCase):
    """Who may contest which answer, and what it takes."""

    def test_an_agent_contests_his_own_answer_with_reason_and_words(self):
        dispute = self.contest()
        self.assertEqual(
            (dispute.state, dispute.reason, dispute.words, dispute.raised_by_id),
            ("open", "abusive", "He swore", self.agent),
        )
        self.assertEqual(dispute.user_id, self.agent)
        self.assertEqual(dispute.department_id, self.phone)

    def test_a_contested_answer_counts_until_it_is_decided(self):
        self.contest()
        self.assertEqual(self.response.state, "counted")
        self.assertEqual(self.customer.nps_score, 2)

    def test_the_answer_says_that_it_is_contested_and_by_whom(self):
        self.contest()
        text = self.response.with_user(self.agent).decision_text
        self.assertIn("Contested by", text)
        self.assertIn(self.agent.name, text)

    def test_an_agent_may_not_contest_a_colleagues_answer(self):
        colleague = self.make_agent("colleague", self.phone)
        with self.assertRaises(AccessError):
            self.contest(colleague)

    def test_a_manager_contests_answers_of_his_department_tree(self):
        self.assertEqual(self.contest(self.manager).raised_by_id, self.manager)

    def test_a_manager_of_another_department_may_not(self):
        self.support.manager_id = False
        self.sales.manager_id = self.manager.employee_id
        with self.assertRaises(AccessError):
            self.contest(self.manager)

    def test_an_analyst_contests_only_what_is_his_own_or_his_departments(self):
        with self.assertRaisesRegex(AccessError, "departments that you manage"):
            self.contest(self.analyst)

    def test_without_words_or_with_an_unknown_reason_nothing_is_contested(self):
        for reason, words in (("abusive", " "), ("abusive", None), ("test", "x")):
            with self.subTest(reason=reason), self.assertRaises(UserError):
                self.contest(reason=reason, words=words)

    def test_an_answer_is_contested_once_at_a_time(self):
        self.contest()
        with self.assertRaisesRegex(UserError, "contested already"):
            self.contest(self.manager)

    def test_what_does_not_count_cannot_be_contested(self):
        self.response.with_user(self.analyst).action_exclude("test", "Our own test")
        with self.assertRaisesRegex(UserError, "does not count"):
            self.contest()

    def test_what_was_rejected_can_be_contested_for_another_reason_only(self):
        self.contest().with_user(self.analyst).action_reject("Harsh, not abusive")
        with self.assertRaisesRegex(UserError, "Harsh, not abusive"):
            self.contest(self.manager)
        self.assertEqual(self.contest(reason="not_mine").state, "open")

    def test_what_was_withdrawn_can_be_contested_again(self):
        self.contest().with_user(self.agent).action_withdraw()
        self.assertEqual(self.contest().state, "open")

    def test_the_button_is_there_for_whom_it_works(self):
        for user, may in (
            (self.agent, True),
            (self.manager, True),
            (self.analyst, False),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.response.with_user(user).may_contest, may)
        self.contest()
        self.assertFalse(self.response.with_user(self.agent).may_contest)

    def test_the_dialog_shows_the_answer_and_contests_it(self):
        dialog = (
            self.env["nps.response.contest"]
            .with_user(self.agent)
            .with_context(active_model="nps.response", active_id=self.response.id)
            .create({"reason": "not_mine", "words": "It was the driver"})
        )
        self.assertIn("You fool", dialog.answer_text)
        dialog.action_confirm()
        self.assertEqual(self.response.dispute_ids.reason, "not_mine")

    def test_the_dialog_shows_nobody_a_colleagues_answer(self):
        colleague = self.make_agent("colleague", self.phone)
        dialog = (
            self.env["nps.response.contest"]
            .with_user(colleague)
            .with_context(active_model="nps.response", active_id=self.response.id)
            .create({"reason": "abusive", "words": "x"})
        )
        with self.assertRaises(AccessError):
            dialog.read(["answer_text"])


@tagged("post_install", "-at_install")
class TestDecision(DisputeCase):
    """Who decides, and what follows."""

    def test_accepting_excludes_the_answer_with_reason_and_decider(self):
        dispute = self.contest()
        dispute.with_user(self.analyst).action_accept("Clear insult")
        self.assertEqual(
            (dispute.state, dispute.decided_by_id, dispute.decision),
            ("accepted", self.analyst, "Clear insult"),
        )
        self.assertTrue(dispute.decided_at)
        response = self.response
        self.assertEqual(
            (response.state, response.excluded_reason, response.decided_by_id),
            ("excluded", "abusive", self.analyst),
        )
        self.assertIn("Excluded by", response.decision_text)

    def test_accepting_without_words_keeps_those_of_the_contest(self):
        self.contest().with_user(self.analyst).action_accept()
        self.assertEqual(self.response.excluded_words, "He swore")

    def test_rejecting_takes_words_and_leaves_the_answer_as_it_is(self):
        dispute = self.contest().with_user(self.analyst)
        with self.assertRaisesRegex(UserError, "Write why"):
            dispute.action_reject(" ")
        dispute.action_reject("Harsh, not abusive")
        self.assertEqual(dispute.state, "rejected")
        self.assertEqual(self.response.state, "counted")
        self.assertFalse(self.response.decided_by_id)

    def test_agents_and_managers_decide_nothing(self):
        dispute = self.contest()
        for user in (self.agent, self.manager):
            for decide in ("action_accept", "action_reject"):
                with self.subTest(user=user.login, decide=decide):
                    with self.assertRaisesRegex(AccessError, "Only an analyst"):
                        getattr(dispute.with_user(user), decide)("x")
        self.assertEqual(dispute.state, "open")

    def test_an_analyst_of_another_company_decides_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        outsider = self.make_agent(
            "outsider",
            groups="nps.nps_group_analyst",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        with self.assertRaises(AccessError):
            self.contest().with_user(outsider).action_accept()

    def test_nobody_decides_about_his_own_answer(self):
        both, response = self.make_analyst_agent()
        dispute = self.contest(self.manager, response)
        for decide in ("action_accept", "action_reject"):
            with self.subTest(decide=decide):
                with self.assertRaisesRegex(AccessError, "his own answers"):
                    getattr(dispute.with_user(both), decide)("x")
        self.assertFalse(dispute.with_user(both).may_decide)
        self.assertTrue(dispute.with_user(self.analyst).may_decide)

    def test_nobody_decides_about_his_own_contest(self):
        self.manager.group_ids = [(4, self.env.ref("nps.nps_group_analyst").id)]
        dispute = self.contest(self.manager)
        for decide in ("action_accept", "action_reject"):
            with self.subTest(decide=decide):
                with self.assertRaisesRegex(AccessError, "contested this answer"):
                    getattr(dispute.with_user(self.manager), decide)("x")

    def test_who_lost_a_contest_does_not_exclude_the_answer_himself(self):
        self.manager.group_ids = [(4, self.env.ref("nps.nps_group_analyst").id)]
        self.contest(self.manager).with_user(self.analyst).action_reject("No")
        with self.assertRaisesRegex(AccessError, "contested this answer"):
            self.response.with_user(self.manager).action_exclude("test", "x")

    def test_a_decision_is_taken_once(self):
        dispute = self.contest()
        dispute.with_user(self.analyst).action_reject("No")
        for decide in ("action_accept", "action_reject"):
            with self.subTest(decide=decide):
                with self.assertRaisesRegex(UserError, "not open any more: Rejected"):
                    getattr(dispute.with_user(self.second), decide)("x")
        with self.assertRaisesRegex(UserError, "not open any more"):
            dispute.with_user(self.agent).action_withdraw()

    def test_only_who_contested_it_withdraws(self):
        dispute = self.contest()
        for user in (self.manager, self.analyst):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                dispute.with_user(user).action_withdraw()
        dispute.with_user(self.agent).action_withdraw()
        self.assertEqual(dispute.state, "withdrawn")
        self.assertFalse(dispute.decided_by_id)

    def test_who_contested_an_answer_is_archived_and_not_deleted(self):
        dispute = self.contest()
        with self.assertRaisesRegex(UserError, "Archive"):
            self.delete_user(self.agent)
        self.agent.active = False
        self.assertEqual(dispute.raised_by_id.name, self.agent.name)

    def test_a_decider_who_was_deleted_leaves_no_gap_in_the_sentence(self):
        self.contest().with_user(self.analyst).action_accept("Insult")
        self.assertIn(f"by {self.analyst.name} on", self.response.decision_text)
        self.delete_user(self.analyst)
        self.assertIn("Excluded on", self.response.decision_text)
        self.assertNotIn("False", self.response.decision_text)

    def test_a_decided_reason_stays_decided_when_the_decider_is_deleted(self):
        self.contest().with_user(self.analyst).action_reject("Harsh")
        self.delete_user(self.analyst)
        with self.assertRaisesRegex(UserError, "^An analyst has decided.*Harsh"):
            self.contest()

    def delete_user(self, user):
        user.employee_ids.unlink()
        user.unlink()
        self.env.flush_all()
        self.env.invalidate_all()

    def test_several_are_decided_at_once_or_none(self):
        other = self.answer(self.pick(), 1)
        disputes = self.contest() | self.contest(response=other)
        dialog = (
            self.env["nps.dispute.decide"]
            .with_user(self.analyst)
            .with_context(active_ids=disputes.ids)
            .create({"verdict": "accept", "words": "The wrong list was mailed"})
        )
        dialog.action_confirm()
        self.assertEqual(set((self.response | other).mapped("state")), {"excluded"})
        third = self.contest(response=self.answer(self.pick(), 1))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            (third | disputes).with_user(self.analyst).action_reject("No")
        self.assertEqual(third.state, "open")

    def test_the_dialog_asks_for_a_decision(self):
        dialog = (
            self.env["nps.dispute.decide"]
            .with_user(self.analyst)
            .with_context(active_ids=self.contest().ids)
            .create({})
        )
        self.assertIn("Abusive", dialog.summary)
        with self.assertRaisesRegex(UserError, "Choose"):
            dialog.action_confirm()

    def test_an_exclusion_by_hand_settles_the_open_dispute(self):
        dispute = self.contest()
        self.response.with_user(self.analyst).action_exclude("test", "Our own test")
        self.assertEqual(
            (dispute.state, dispute.decided_by_id, dispute.decision),
            ("accepted", self.analyst, "Our own test"),
        )


@tagged("post_install", "-at_install")
class TestNews(DisputeCase):
    """Who is told, and who is left in peace."""

    def test_one_analyst_gets_one_task(self):
        activity = self.contest().activity_ids
        self.assertEqual(len(activity), 1)
        self.assertIn(activity.user_id, self.analyst | self.second)
        self.assertIn("Abusive", activity.summary)
        self.assertGreater(activity.date_deadline, fields.Date.today())

    def test_the_tasks_go_round(self):
        first = self.contest()
        second = self.contest(response=self.answer(self.pick(), 1))
        self.assertEqual(
            (first | second).activity_ids.user_id, self.analyst | self.second
        )

    def test_the_task_goes_to_nobody_whom_the_answer_concerns(self):
        both, response = self.make_analyst_agent()
        (self.analyst | self.second).active = False
        self.assertFalse(self.contest(self.manager, response).activity_ids)

    def test_administrators_get_the_task_only_where_no_analyst_is(self):
        administrator = self.make_agent("adm", groups="nps.nps_group_manager")
        for _number in range(3):
            dispute = self.contest(response=self.answer(self.pick(), 1))
            self.assertNotEqual(dispute.activity_ids.user_id, administrator)
        (self.analyst | self.second).active = False
        self.assertEqual(self.contest().activity_ids.user_id, administrator)

    def test_an_analyst_of_another_company_gets_no_task(self):
        other = self.env["res.company"].create({"name": "Other"})
        (self.analyst | self.second).write(
            {"company_id": other.id, "company_ids": [(6, 0, other.ids)]}
        )
        self.assertFalse(self.contest().activity_ids)

    def test_the_task_is_gone_once_it_is_decided(self):
        for decide in ("action_accept", "action_reject"):
            with self.subTest(decide=decide):
                response = self.answer(self.pick(), 1)
                dispute = self.contest(response=response)
                getattr(dispute.with_user(self.analyst), decide)("Because")
                self.assertFalse(dispute.activity_ids)

    def test_the_agent_learns_the_decision_and_why(self):
        dispute = self.contest()
        dispute.with_user(self.analyst).action_reject("Harsh, not abusive")
        message = self.told(self.agent, dispute)
        self.assertEqual(len(message), 1)
        self.assertIn("Rejected", message.body)
        self.assertIn("Harsh, not abusive", message.body)

    def test_the_agent_learns_that_his_manager_contests_his_answer(self):
        dispute = self.contest(self.manager)
        self.assertIn("He swore", self.told(self.agent, dispute).body)
        dispute.with_user(self.analyst).action_accept()
        for user in (self.agent, self.manager):
            with self.subTest(user=user.login):
                self.assertIn("Accepted", self.told(user, dispute)[0].body)

    def test_other_analysts_are_left_in_peace(self):
        dispute = self.contest()
        bystander = (self.analyst | self.second) - dispute.activity_ids.user_id
        dispute.with_user(dispute.activity_ids.user_id).action_accept()
        self.assertFalse(self.told(bystander, dispute))

    def test_no_request_waits_for_the_mail_server(self):
        users = self.agent | self.manager | self.analyst | self.second
        users.notification_type = "email"
        for step in (
            lambda dispute: dispute.with_user(self.analyst).action_reject("No"),
            lambda dispute: dispute.with_user(self.analyst).action_accept("Yes"),
            lambda dispute: dispute.with_user(self.manager).action_withdraw(),
        ):
            response = self.answer(self.pick(), 1)
            dispute = self.assertQueued(
                lambda r=response: self.contest(self.manager, r)
            )
            self.assertQueued(lambda d=dispute, decide=step: decide(d))

    def assertQueued(self, step):
        """Take a step whose news, all of them mails, is left to the mail queue."""
        queue = self.env.ref("mail.ir_cron_mail_scheduler_action")
        before = self.env["mail.mail"].search([])
        with self.mail_server(), self.capture_triggers(queue.id) as triggers:
            result = step()
            self.assertFalse(self._mails)
        mails = self.env["mail.mail"].search([]) - before
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
        self.assertTrue(triggers.records, "the queue is not woken")
        return result

    def test_what_is_written_is_shown_inert(self):
        dispute = self.contest(words="<script>alert(1)</script>")
        self.assertNotIn("<script>", dispute.message_ids[0].body)


@tagged("post_install", "-at_install")
class TestCorrectionOfContested(DisputeCase):
    """The customer corrects while a dispute is open."""

    def correct(self, score, **values):
        values = {"change": True, **values}
        self.env["nps.response"]._submit(self.invitation, score, **values)
        self.env.invalidate_all()
        return self.invitation._counted_response()

    def test_the_dispute_follows_to_the_corrected_answer(self):
        dispute = self.contest()
        corrected = self.correct(9)
        self.assertEqual(dispute.response_id, corrected)
        self.assertEqual(dispute.state, "open")
        self.assertIn("9 now and was 2", dispute.message_ids[0].body)

    def test_the_decision_is_about_the_corrected_answer(self):
        dispute = self.contest()
        corrected = self.correct(9)
        dispute.with_user(self.analyst).action_accept()
        self.assertEqual(corrected.state, "excluded")
        self.assertEqual(self.response.state, "superseded")

    def test_a_corrected_answer_can_be_contested_anew(self):
        self.contest().with_user(self.analyst).action_reject("No")
        dispute = self.contest(response=self.correct(1))
        self.assertEqual(dispute.state, "open")

    def test_it_follows_to_the_one_that_an_analyst_accepts(self):
        dispute = self.contest()
        self.response._suspect(9, "", None)
        other = self.invitation.response_ids - self.response
        with self.assertRaisesRegex(UserError, "does not count"):
            dispute.with_user(self.analyst).action_accept()
        other.with_user(self.analyst).action_accept()
        self.assertEqual(dispute.response_id, other)
        self.assertEqual(dispute.state, "open")

    def test_words_that_are_added_move_nothing(self):
        dispute = self.contest()
        self.correct(2, change=False, comment="Sorry")
        self.assertEqual(dispute.response_id, self.response)


@tagged("post_install", "-at_install")
class TestDisputeRoles(DisputeCase):
    """Who reads which disputes; nobody writes one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.make_agent("seller", cls.sales)
        with freeze_time(cls.env.cr.now() + timedelta(minutes=1)):
            cls.sold = cls.answer(cls.pick(user=cls.seller), 3)
        cls.own = cls.dispute_of(cls.agent, cls.response)
        cls.foreign = cls.dispute_of(cls.seller, cls.sold)

    @classmethod
    def dispute_of(cls, user, response):
        number = response.with_user(user).action_contest("abusive", "He swore")
        return cls.env["nps.dispute"].browse(number)

    def seen(self, user):
        domain = [("id", "in", (self.own | self.foreign).ids)]
        return self.env["nps.dispute"].with_user(user).search(domain)

    def test_everybody_sees_his_part(self):
        both = self.own | self.foreign
        for user, disputes in (
            (self.agent, self.own),
            (self.seller, self.foreign),
            (self.manager, self.own),
            (self.analyst, both),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.seen(user), disputes)
                self.assertTrue(self.seen(user).read())

    def test_an_agent_cannot_read_a_colleagues_dispute_by_its_id(self):
        with self.assertRaises(AccessError):
            self.foreign.with_user(self.agent).read(["comment"])

    def test_an_agent_sees_what_his_manager_contested(self):
        self.own.with_user(self.agent).action_withdraw()
        dispute = self.dispute_of(self.manager, self.response)
        self.assertTrue(dispute.with_user(self.agent).read(["words"]))

    def test_nobody_writes_a_dispute_but_through_its_actions(self):
        administrator = self.make_agent(
            "adm", groups="nps.nps_group_manager,base.group_system"
        )
        for user in (self.agent, self.manager, self.analyst, administrator):
            for operation in ("create", "write", "unlink"):
                with self.subTest(user=user.login, operation=operation):
                    dispute = self.own.with_user(user)
                    self.assertFalse(dispute.has_access(operation))
        with self.assertRaises(AccessError):
            self.own.with_user(self.analyst).write({"state": "accepted"})
        with self.assertRaises(AccessError):
            self.env["nps.dispute"].with_user(self.agent).create(
                {
                    "response_id": self.sold.id,
                    "reason": "abusive",
                    "words": "x",
                    "raised_by_id": self.agent.id,
                }
            )

    def test_strangers_see_nothing(self):
        for groups in ("base.group_user", "base.group_portal"):
            user = self.make_agent(groups[-6:], groups=groups)
            with self.subTest(groups=groups):
                self.assertFalse(
                    self.env["nps.dispute"].with_user(user).has_access("read")
                )

    def test_the_menu_is_there_for_every_role(self):
        menu = self.env.ref("nps.nps_dispute_menu").id
        for user in (self.agent, self.manager, self.analyst):
            with self.subTest(user=user.login):
                menus = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
                self.assertIn(menu, menus)

    def test_agent_and_analyst_can_talk_about_it(self):
        for user in (self.agent, self.analyst):
            with self.subTest(user=user.login):
                message = self.own.with_user(user).message_post(body="When was it?")
                self.assertEqual(message.author_id, user.partner_id)

    def test_an_export_holds_no_formula(self):
        self.own.words = "=1+1"
        self.env.ref("base.group_allow_export").user_ids = [(4, self.analyst.id)]
        rows = self.own.with_user(self.analyst).export_data(["words"])["datas"]
        self.assertFalse(rows[0][0].startswith("="))
