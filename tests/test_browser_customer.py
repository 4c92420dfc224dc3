from odoo.tests import HttpCase, new_test_user, tagged

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestBrowserCustomer(NpsCommon, HttpCase):
    """Tours: the last answer of a customer, wherever an agent meets him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answer(cls.pick(cls.make_ticket()), 2, comment="Rude")

    def test_an_agent_reads_the_card_on_the_screens_of_contacts(self):
        self.start_tour(
            "/odoo/action-contacts.action_contacts?view_type=list",
            "nps_customer_contact",
            login="agent",
        )

    def test_an_agent_reads_the_card_on_the_screens_of_tickets(self):
        self.start_tour(
            "/odoo/helpdesk-tickets?view_type=list",
            "nps_customer_ticket",
            login="agent",
        )

    def test_who_is_no_agent_opens_a_ticket_without_a_badge(self):
        groups = "helpdesk_mgmt.group_helpdesk_user"
        new_test_user(self.env, "clerk", groups=groups)
        ticket = self.env["helpdesk.ticket"].search([], order="id desc", limit=1)
        self.start_tour(
            f"/odoo/helpdesk.ticket/{ticket.id}", "nps_customer_clerk", login="clerk"
        )
