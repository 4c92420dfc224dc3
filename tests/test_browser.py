from odoo.tests import HttpCase, tagged

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestBrowser(NpsCommon, HttpCase):
    """Tours: what people do on the screen."""

    def last_invitation(self):
        self.env.invalidate_all()
        return self.env["nps.invitation"].search([], order="id desc", limit=1)

    def test_an_agent_picks_an_outcome_on_a_ticket(self):
        ticket = self.make_ticket()
        self.start_tour(
            f"/odoo/helpdesk-tickets/{ticket.id}",
            "nps_pick_outcome_on_ticket",
            login="agent",
        )
        invitation = self.last_invitation()
        self.assertEqual((invitation.res_id, invitation.guess), (ticket.id, 0))

    def test_an_agent_picks_an_outcome_on_a_contact(self):
        self.start_tour(
            f"/odoo/res.partner/{self.customer.id}",
            "nps_pick_outcome_on_contact",
            login="agent",
        )
        self.assertEqual(self.last_invitation().partner_id, self.customer)

    def test_a_link_over_a_page_of_the_website_offers_the_survey(self):
        invitation = self.pick()
        token = self.make_link(invitation)
        self.start_tour(f"/nps/{token}/go?to=/", "nps_clickthru")
        self.env.invalidate_all()
        self.assertTrue(invitation.clicked_at)
