from odoo.tests import HttpCase, tagged

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
