from odoo.tests import HttpCase, tagged

from .common_queue import QueueCommon


@tagged("post_install", "-at_install")
class TestBrowserQueue(QueueCommon, HttpCase):
    """Tours: what agents and administrators do with rules about customers."""

    def setUp(self):
        super().setUp()
        self.ticket = self.make_ticket()
        self.say(2)
        self.open_case()

    def make_advice(self, name, **values):
        return self.env["nps.advice"].create({"name": name, **values})

    def decisions(self):
        self.env.invalidate_all()
        found = self.env["nps.advice.decision"].search([], order="id")
        return found.mapped("decision")

    def make_call(self):
        return self.make_advice(
            "Call at once",
            category="detractor",
            case_state="open",
            text="He waits for us",
            activity_type_id=self.env.ref("mail.mail_activity_data_call").id,
            template_id=self.env.ref("nps.mail_template_nps_ticket_personal").id,
        )

    def test_an_agent_follows_the_advice_with_one_click(self):
        self.make_call()
        self.start_tour(
            f"/odoo/helpdesk-tickets/{self.ticket.id}",
            "nps_follow_advice",
            login="agent",
        )
        self.assertEqual(self.decisions(), ["followed"])
        self.assertEqual(self.ticket.activity_ids.summary, "Call at once")

    def test_an_agent_puts_an_advice_away_and_sees_the_next(self):
        self.make_call()
        self.make_advice("Ask why")
        self.start_tour(
            f"/odoo/helpdesk-tickets/{self.ticket.id}",
            "nps_dismiss_advice",
            login="agent",
        )
        self.assertEqual(self.decisions(), ["dismissed", "followed"])

    def test_an_agent_filters_and_groups_the_queue(self):
        happy = self.make_customer("Hal", "hal@sea.example", parent_id=False)
        self.make_ticket(name="Of the happy one", partner_id=happy.id)
        self.start_tour("/odoo/helpdesk-tickets", "nps_filter_queue", login="agent")

    def test_an_administrator_makes_a_queue_rule_and_tries_it(self):
        self.make_agent("chief", groups="nps.nps_group_manager")
        self.start_tour("/odoo/nps-queue-rules", "nps_make_queue_rule", login="chief")
        rule = self.env["nps.queue.rule"].search([])
        self.assertEqual((rule.category, rule.priority), ("detractor", "3"))
