from odoo import fields
from odoo.tests import tagged

from .common_axe import AxeCase
from .test_expert import FAIR, GOOD, ExpertCommon

PANEL = [".o_nps_expert_toggle"]


@tagged("post_install", "-at_install")
class TestBrowserExpert(ExpertCommon, AxeCase):
    """Tours: an agent is suggested and chosen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        last_month = fields.Date.subtract(fields.Date.today(), months=2)
        cls.results(cls.bert, GOOD, last_month)
        cls.results(cls.cleo, FAIR, last_month)
        cls.disappoint(cls.edgar, fields.Date.today())

    def setUp(self):
        super().setUp()
        self.open_ticket = self.ticket()
        self.url = f"/odoo/helpdesk-tickets/{self.open_ticket.id}"

    def test_a_person_assigns_the_ticket_to_whom_is_suggested(self):
        self.start_tour(self.url, "nps_expert", login="analyst")
        self.env.invalidate_all()
        self.assertEqual(self.open_ticket.user_id, self.bert)

    def test_axe_finds_nothing_on_the_suggestions(self):
        shows = ".o_nps_expert_one"
        self.assertAccessible(self.url, "analyst", ".o_nps_expert", shows, PANEL)

    def test_axe_finds_nothing_where_nobody_is_suggested(self):
        self.open_ticket.category_id = self.moving
        shows = ".o_nps_expert_text"
        self.assertAccessible(self.url, "agent", ".o_nps_expert", shows, PANEL)
