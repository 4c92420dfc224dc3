from odoo.tests import HttpCase, tagged

from .common import AGENT_GROUPS, NpsCommon

NUMBER = "+49 30 1234567"


@tagged("post_install", "-at_install")
class TestBrowserCall(NpsCommon, HttpCase):
    """Tours: what an agent does when the telephone rings."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.de")
        cls.customer.phone = NUMBER

    def test_a_caller_is_shown_with_card_ticket_and_outcome_at_hand(self):
        self.start_tour("/nps/call?number=0301234567", "nps_call_person", login="agent")
        invitation = self.env["nps.invitation"].search([], order="id desc", limit=1)
        self.assertEqual(invitation.partner_id, self.customer)

    def test_one_of_several_is_chosen(self):
        self.env["res.partner"].create({"name": "Dora", "phone": NUMBER})
        self.start_tour(
            "/nps/call?number=0301234567", "nps_call_several", login="agent"
        )

    def test_an_unknown_caller_becomes_a_contact_with_his_number(self):
        groups = f"{AGENT_GROUPS},base.group_partner_manager"
        self.make_agent("maker", groups=groups)
        self.start_tour(
            "/nps/call?number=030 7654321", "nps_call_unknown", login="maker"
        )
        newcomer = self.env["res.partner"].search([("name", "=", "Nora Newcomer")])
        self.assertEqual(newcomer.phone_sanitized, "+49307654321")
