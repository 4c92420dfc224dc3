import json
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.bus.models.bus import channel_with_db
from odoo.addons.http_routing.tests.common import MockRequest

from ..models.nps_live import CHANGED
from .common import NpsCaseCommon


@tagged("post_install", "-at_install")
class TestLive(NpsCaseCommon):
    """What open screens are told: which records changed, and nothing of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.make_ticket()
        cls.invitation = cls.pick(cls.ticket)
        cls.analyst = new_test_user(
            cls.env,
            "analyst",
            groups="nps.nps_group_analyst",
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.env.cr.precommit.run()
        # What tests with transactions of their own left there is not told here.
        cls.env["bus.bus"].sudo().search([]).unlink()

    def told(self):
        """Return the messages to open screens since the last call, as stored."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        bus_sudo = self.env["bus.bus"].sudo()
        found_sudo = bus_sudo.search([("message", "like", CHANGED)], order="id")
        messages = [json.loads(record.message) for record in found_sudo]
        self.channels = [json.loads(record.channel) for record in found_sudo]
        found_sudo.unlink()
        return [m["payload"] for m in messages if m["type"] == CHANGED]

    def assertTold(self, *records):
        """Assert that one message tells of these records and of no others."""
        expected = {}
        for each in records:
            expected[each._name] = sorted(each.ids + expected.get(each._name, []))
        self.assertEqual(self.told(), [expected])

    @property
    def customers(self):
        return self.customer | self.customer_company

    def answered(self, score=9, **values):
        response = self.answer(self.invitation, score, **values)
        self.told()
        return response

    # === ANSWERS === #

    def test_an_answer_tells_of_customer_company_ticket_and_itself(self):
        response = self.answer(self.invitation, 9)
        self.assertTold(self.customers, self.ticket, response)

    def test_an_answer_to_a_call_tells_of_no_ticket(self):
        response = self.answer(self.pick(), 9)
        self.assertTold(self.customers, response)

    def heard_by(self, user):
        """Return the channels to which the open screens of a user are subscribed."""
        with MockRequest(self.env(user=user)) as request:
            request.session.uid = user.id
            websocket = self.env["ir.websocket"].with_user(user)
            channels = websocket._build_bus_channel_list([])
        dbname = self.env.cr.dbname
        return [[*channel_with_db(dbname, channel)] for channel in channels]

    def test_it_is_told_to_agents_of_the_company(self):
        self.answered()
        [channel] = self.channels
        for user in (self.agent, self.boss, self.analyst):
            self.assertIn(channel, self.heard_by(user))

    def test_it_is_told_to_nobody_else(self):
        self.answered()
        [channel] = self.channels
        clerk = new_test_user(self.env, "clerk", groups="base.group_user")
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        public = self.env.ref("base.public_user")
        for user in (clerk, portal, public, self.elsewhere()):
            self.assertNotIn(channel, self.heard_by(user))

    def elsewhere(self):
        """Return an agent of another company."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        return self.make_agent(
            "elsewhere", company_id=other.id, company_ids=[Command.set(other.ids)]
        )

    def test_an_agent_of_several_companies_hears_of_each_by_itself(self):
        other = self.elsewhere().company_id
        self.agent.company_ids += other
        self.env["nps.live"]._tell(self.customer, self.company)
        self.env["nps.live"]._tell(self.ticket, other)
        self.assertEqual(
            self.told(),
            [{"res.partner": self.customer.ids}, {"helpdesk.ticket": self.ticket.ids}],
        )
        heard = self.heard_by(self.agent)
        for channel in self.channels:
            self.assertIn(channel, heard)

    def test_several_answers_of_one_transaction_are_one_message(self):
        first = self.answer(self.invitation, 9)
        second = self.answer(self.pick(), 2)
        self.assertTold(self.customers, self.ticket, first | second)

    def test_a_correction_tells_of_both_answers(self):
        first = self.answered()
        second = self.answer(self.invitation, 2, change=True)
        self.assertTold(self.customers, self.ticket, first | second)

    def test_words_that_follow_tell_of_the_answer_alone(self):
        response = self.answered()
        self.answer(self.invitation, 9, comment="Quick")
        self.assertTold(response)

    def test_a_replay_of_the_same_answer_tells_nothing(self):
        self.answered(comment="Quick")
        self.answer(self.invitation, 9, comment="Quick")
        self.assertEqual(self.told(), [])

    def test_the_note_in_the_chatter_tells_nothing(self):
        response = self.answered()
        response._echo_safely()
        self.assertTrue(response.note_id)
        self.assertEqual(self.told(), [])

    def test_asking_tells_nothing(self):
        self.pick(self.make_ticket())
        self.assertEqual(self.told(), [])

    # === DOUBTS AND DECISIONS === #

    def test_a_suspect_answer_tells_of_all_that_showed_it(self):
        first = self.answered()
        first._suspect(0, "", None)
        both = self.invitation.response_ids
        self.assertEqual(set(both.mapped("state")), {"suspect"})
        self.assertTold(self.customers, self.ticket, both)

    def test_accepting_a_suspect_answer_tells_of_all_that_show_it(self):
        first = self.answered()
        first._suspect(0, "", None)
        self.told()
        first.with_user(self.analyst).action_accept()
        self.assertTold(self.customers, self.ticket, first)

    def test_excluding_and_readmitting_tell_of_all_that_show_it(self):
        response = self.answered()
        decided = response.with_user(self.analyst)
        decided.action_exclude("test", "Our own trial")
        self.assertTold(self.customers, self.ticket, response)
        decided.action_readmit()
        self.assertTold(self.customers, self.ticket, response)

    def test_what_corrects_an_excluded_answer_changes_no_score(self):
        response = self.answered()
        response.with_user(self.analyst).action_exclude("test", "Our own trial")
        self.told()
        self.answer(self.invitation, 2, change=True)
        self.assertTold(self.invitation.response_ids)

    # === ERASURE AND MERGES === #

    def test_an_erased_answer_tells_of_all_that_showed_it(self):
        response = self.answered()
        changed = [{"nps.response": response.ids}]
        response.unlink()
        changed[0]["res.partner"] = sorted(self.customers.ids)
        changed[0]["helpdesk.ticket"] = self.ticket.ids
        self.assertEqual(self.told(), changed)

    def test_merged_contacts_tell_of_who_is_left_and_his_company(self):
        twin = self.make_customer("Twin", "twin@bluesky.example")
        self.answered()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | twin).ids, twin)
        self.assertTold(twin | self.customer_company)

    def test_a_deleted_contact_changes_no_score_that_is_left(self):
        self.answered()
        self.ticket.partner_id = False
        self.customer.unlink()
        self.assertEqual(self.told(), [])

    # === CASES === #

    def test_a_case_tells_of_its_customer_when_it_opens_and_closes(self):
        case = self.case_of(2, self.ticket)
        self.assertTrue(case.is_open)
        self.assertIn(sorted(self.customers.ids), self.told_customers())
        self.close(case)
        self.assertEqual(self.told_customers(), [sorted(self.customers.ids)])

    def test_a_promise_tells_of_its_customer(self):
        case = self.case_of(2, self.ticket)
        self.told()
        case.with_user(case.user_id).promise = "A new printer"
        self.assertEqual(self.told_customers(), [sorted(self.customers.ids)])

    def test_a_note_on_a_case_tells_nothing(self):
        case = self.case_of(2, self.ticket)
        self.told()
        case.note = "<p>Called at noon</p>"
        self.assertEqual(self.told(), [])

    def told_customers(self):
        return [payload.get("res.partner") for payload in self.told()]

    # === WHO LEARNS WHAT === #

    def test_a_message_carries_ids_and_nothing_else(self):
        self.answer(self.invitation, 9, comment="Quick")
        [payload] = self.told()
        for ids in payload.values():
            self.assertTrue(all(isinstance(each, int) for each in ids))

    def test_who_hears_of_another_companys_answer_may_not_read_it(self):
        response = self.answer(self.invitation, 9)
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="nps.nps_group_analyst",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.assertTold(self.customers, self.ticket, response)
        answers = self.env["nps.response"].with_user(stranger)
        self.assertFalse(answers.search([("id", "in", response.ids)]))

    def test_a_public_visitor_may_not_send_messages_himself(self):
        public = self.env.ref("base.public_user")
        self.assertFalse(self.env["bus.bus"].with_user(public).has_access("create"))
        with freeze_time(fields.Datetime.now() + timedelta(minutes=1)):
            self.env["nps.live"].with_user(public)._tell(self.customer, self.company)
            self.assertTold(self.customer)
