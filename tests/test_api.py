from odoo.tests import HttpCase, tagged

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestApi(NpsCommon, HttpCase):
    """What dialers and call scripts do through ``/json/2`` with an API key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = cls.make_key(cls.agent)
        cls.ticket = cls.make_ticket()

    @classmethod
    def make_key(cls, user):
        keys_sudo = cls.env["res.users.apikeys"].with_user(user).sudo()
        return keys_sudo._generate("rpc", "dialer", None)

    def call(self, model, record, key=None, **arguments):
        return self.url_open(
            f"/json/2/{model}/nps_pick_outcome",
            json={"ids": record.ids, **arguments},
            headers={"Authorization": f"bearer {key or self.key}"},
        )

    def test_a_dialer_picks_an_outcome_on_a_ticket(self):
        answer = self.call("helpdesk.ticket", self.ticket, code="fixed", guess=8)
        self.assertEqual(answer.status_code, 200)
        result = answer.json()
        self.assertEqual((result["state"], result["reason"]), ("queued", None))
        invitation = self.env["nps.invitation"].browse(result["invitation_id"])
        self.assertEqual((invitation.user_id, invitation.guess), (self.agent, 8))

    def test_a_dialer_picks_an_outcome_on_a_contact(self):
        answer = self.call("res.partner", self.customer, code="fixed", note="Called")
        invitation = self.env["nps.invitation"].browse(answer.json()["invitation_id"])
        self.assertEqual(
            (invitation.partner_id, invitation.note), (self.customer, "Called")
        )

    def test_the_reason_not_to_ask_comes_back_as_its_key(self):
        self.customer.email = False
        answer = self.call("res.partner", self.customer, code="fixed").json()
        self.assertEqual(
            (answer["state"], answer["reason"]), ("suppressed", "no_address")
        )

    def test_a_dialer_holds_a_customer_back_with_a_reason(self):
        answer = self.call(
            "res.partner", self.customer, code="fixed", suppress="agent_abusive"
        )
        self.assertEqual(answer.status_code, 200)
        result = answer.json()
        self.assertEqual(
            (result["state"], result["reason"]), ("suppressed", "agent_abusive")
        )

    def test_a_reason_that_is_none_of_the_agents_is_a_clear_error(self):
        answer = self.call(
            "res.partner", self.customer, code="fixed", suppress="no_address"
        )
        self.assertEqual(answer.status_code, 422)
        self.assertIn("agent_not_customer", answer.json()["message"])

    def test_an_unknown_code_is_a_clear_error(self):
        answer = self.call("res.partner", self.customer, code="nope")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("There is no outcome “nope”", answer.json()["message"])

    def test_a_guess_off_the_scale_is_a_clear_error(self):
        answer = self.call("res.partner", self.customer, code="fixed", guess=12)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("from 0 to 10", answer.json()["message"])

    def test_an_outcome_of_another_touchpoint_is_a_clear_error(self):
        self.outcome.touchpoint = "helpdesk.ticket"
        answer = self.call("res.partner", self.customer, code="fixed")
        self.assertEqual(answer.status_code, 422)

    def test_a_wrong_key_opens_nothing(self):
        answer = self.call("res.partner", self.customer, key="wrong", code="fixed")
        self.assertEqual(answer.status_code, 401)

    def test_a_user_without_the_role_is_refused(self):
        stranger = self.make_agent("stranger", groups="base.group_user")
        key = self.make_key(stranger)
        answer = self.call("res.partner", self.customer, key=key, code="fixed")
        self.assertEqual(answer.status_code, 403)
        self.assertIn("Only NPS agents", answer.json()["message"])

    def test_nobody_stores_an_answer_through_the_api(self):
        for method in ("create", "_submit", "_store"):
            with self.subTest(method=method):
                answer = self.url_open(
                    f"/json/2/nps.response/{method}",
                    json={"vals_list": [{"score": 10}]},
                    headers={"Authorization": f"bearer {self.key}"},
                )
                self.assertIn(answer.status_code, (403, 404, 422))
