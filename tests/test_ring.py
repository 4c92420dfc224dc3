import json

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import NpsCommon

NUMBER = "+49 30 1234567"
TELEPHONE = "base.group_user,nps.nps_group_telephone"


@tagged("post_install", "-at_install")
class TestRing(NpsCommon, HttpCase):
    """What a telephone server does through ``/json/2`` with an API key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.de")
        cls.customer.phone = NUMBER
        cls.agent.nps_extension = "21"
        cls.colleague = cls.make_agent("colleague", cls.phone)
        cls.telephone = cls.make_agent("telephone", groups=TELEPHONE)
        cls.key = cls.make_key(cls.telephone)

    @classmethod
    def make_key(cls, user):
        keys_sudo = cls.env["res.users.apikeys"].with_user(user).sudo()
        return keys_sudo._generate("rpc", "telephone", None)

    def ring(self, key=None, **arguments):
        self.env["bus.bus"].search([]).unlink()
        return self.url_open(
            "/json/2/res.partner/nps_ring",
            json=arguments,
            headers={"Authorization": f"bearer {key or self.key}"},
        )

    def messages(self, user):
        """Return what the browsers of a user were told of calls."""
        self.env.cr.precommit.run()
        found = []
        for row in self.env["bus.bus"].search([]):
            message = json.loads(row.message)
            to_him = json.loads(row.channel)[1:] == ["res.partner", user.partner_id.id]
            if message["type"] == "nps/ring" and to_him:
                found.append(message["payload"])
        return found

    # === WHO IS TOLD === #

    def test_the_agent_with_the_login_is_told_by_the_id_alone(self):
        answer = self.ring(number="0301234567", login="agent")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(
            answer.json(),
            {"found": "person", "partner_id": self.customer.id, "told": False},
        )
        (message,) = self.messages(self.agent)
        self.assertEqual(set(message), {"found", "at", "partner_id"})
        self.assertEqual(message["partner_id"], self.customer.id)
        self.assertEqual(self.messages(self.colleague), [])

    def test_the_agent_with_the_extension_is_told(self):
        for extension in ("21", 21):
            with self.subTest(extension=extension):
                answer = self.ring(number=NUMBER, extension=extension)
                self.assertEqual(answer.status_code, 200)
                self.assertEqual(len(self.messages(self.agent)), 1)

    def test_the_number_travels_where_nobody_was_found_by_it(self):
        answer = self.ring(number="0307654321", login="agent").json()
        self.assertEqual((answer["found"], answer["partner_id"]), ("unknown", None))
        (message,) = self.messages(self.agent)
        self.assertEqual(message["number"], "+49 30 7654321")

    def test_hidden_internal_and_malformed_numbers_are_told_as_such(self):
        for number, found in (
            ("anonymous", "hidden"),
            (None, "hidden"),
            ("123", "internal"),
            ("<script>", "malformed"),
            (True, "malformed"),
            ({"a": 1}, "malformed"),
        ):
            with self.subTest(number=number):
                answer = self.ring(number=number, login="agent").json()
                self.assertEqual((answer["found"], answer["partner_id"]), (found, None))
                self.assertEqual(self.messages(self.agent)[0]["found"], found)

    def test_told_says_whether_a_browser_is_open(self):
        self.env["mail.presence"]._update_presence(self.agent)
        self.assertIs(self.ring(number=NUMBER, login="agent").json()["told"], True)

    def test_an_agent_rings_at_himself_by_his_own_key(self):
        key = self.make_key(self.agent)
        for arguments in ({}, {"login": "agent"}):
            with self.subTest(arguments=arguments):
                answer = self.ring(key=key, number=NUMBER, **arguments)
                self.assertEqual(answer.json()["found"], "person")
                self.assertEqual(len(self.messages(self.agent)), 1)

    def test_the_caller_is_looked_up_by_the_rights_of_the_agent(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.company_id = other
        self.env.ref("base.res_partner_rule").active = True
        self.telephone.company_ids |= other
        answer = self.ring(number=NUMBER, login="agent").json()
        self.assertEqual((answer["found"], answer["partner_id"]), ("unknown", None))

    # === WHO IS REFUSED === #

    def assert_refused(self, answer, status, words):
        self.assertEqual(answer.status_code, status)
        self.assertIn(words, answer.json()["message"])
        self.assertNotIn("1234567", answer.text)
        self.assertEqual(self.messages(self.agent), [])

    def test_an_agent_does_not_ring_at_others(self):
        key = self.make_key(self.colleague)
        for arguments in ({"login": "agent"}, {"extension": "21"}):
            with self.subTest(arguments=arguments):
                answer = self.ring(key=key, number=NUMBER, **arguments)
                self.assert_refused(answer, 403, "Only telephone servers")

    def test_an_analyst_does_not_ring_at_others_either(self):
        analyst = self.make_agent("analyst", groups="nps.nps_group_manager")
        answer = self.ring(key=self.make_key(analyst), number=NUMBER, login="agent")
        self.assert_refused(answer, 403, "Only telephone servers")

    @mute_logger("odoo.http")
    def test_a_wrong_key_rings_nowhere(self):
        answer = self.ring(key="wrong", number=NUMBER, login="agent")
        self.assertEqual(answer.status_code, 401)
        self.assertEqual(self.messages(self.agent), [])

    def test_an_unknown_login_is_a_clear_error(self):
        self.assert_refused(
            self.ring(number=NUMBER, login="nobody"), 422, "“nobody” is no NPS agent"
        )

    def test_a_user_without_the_role_is_refused_in_the_same_words(self):
        self.make_agent("clerk", groups="base.group_user")
        self.assert_refused(
            self.ring(number=NUMBER, login="clerk"), 422, "“clerk” is no NPS agent"
        )

    def test_an_unknown_extension_says_where_to_enter_it(self):
        self.assert_refused(
            self.ring(number=NUMBER, extension="99"), 422, "Enter it on the user"
        )

    def test_an_extension_of_two_users_asks_for_the_login(self):
        self.colleague.nps_extension = "21"
        self.assert_refused(
            self.ring(number=NUMBER, extension="21"), 422, "Send the login instead"
        )

    def test_an_agent_of_another_company_is_not_rung(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.make_agent("far", company_id=other.id, company_ids=other.ids)
        self.assert_refused(
            self.ring(number=NUMBER, login="far"), 422, "“far” is no NPS agent"
        )

    def test_a_call_without_number_is_a_clear_error(self):
        answer = self.ring(login="agent")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("number", answer.json()["message"])

    # === LEAST PRIVILEGE === #

    def test_the_key_of_a_telephone_server_reads_no_score(self):
        headers = {"Authorization": f"bearer {self.key}"}
        for model, method, arguments in (
            ("res.partner", "nps_find_caller", {"number": NUMBER}),
            ("res.partner", "nps_score_card", {"ids": self.customer.ids}),
            (
                "res.partner",
                "read",
                {"ids": self.customer.ids, "fields": ["nps_score"]},
            ),
            ("nps.response", "search_read", {"domain": []}),
        ):
            with self.subTest(model=model, method=method):
                answer = self.url_open(
                    f"/json/2/{model}/{method}", json=arguments, headers=headers
                )
                self.assertEqual(answer.status_code, 403)

    def test_an_agent_sees_his_extension_and_only_an_administrator_changes_it(self):
        own = self.agent.with_user(self.agent)
        self.assertEqual(own.read(["nps_extension"])[0]["nps_extension"], "21")
        self.assertNotIn("nps_extension", own.SELF_WRITEABLE_FIELDS)
