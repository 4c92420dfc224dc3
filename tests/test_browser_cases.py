from odoo.tests import HttpCase, tagged

from .common import NpsCaseCommon


@tagged("post_install", "-at_install")
class TestBrowserCases(NpsCaseCommon, HttpCase):
    """Tours: what owners of cases do on the screen."""

    def test_an_owner_finds_his_case_in_every_view_and_closes_it(self):
        case = self.case_of(2, comment="It took two days.")
        self.start_tour("/odoo/nps-cases", "nps_close_case", login="boss")
        self.env.invalidate_all()
        self.assertEqual((case.state, case.result), ("done", "won_back"))
        self.assertEqual(case.root_cause_id, self.cause)

    def test_a_case_is_opened_from_a_ticket(self):
        ticket = self.make_ticket()
        self.start_tour(
            f"/odoo/helpdesk-tickets/{ticket.id}", "nps_open_case", login="boss"
        )
        case = self.env["nps.case"].search([("ticket_id", "=", ticket.id)])
        self.assertEqual(case.partner_id, self.customer)
