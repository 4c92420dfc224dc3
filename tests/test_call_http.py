import logging
from urllib.parse import parse_qs, urlsplit

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import NpsCommon

NUMBER = "+49 30 1234567"
BAD = (
    "anonymous",
    "<script>alert(1)</script>",
    "\x00",
    "\r\nSet-Cookie: x=1",
    "'; DROP TABLE res_partner; --",
    "%",
    "%ff%fe",
    "+" * 200,
    "9" * 3000,
    "１２３",
    "../../web",
    "//evil.example",
    "123",
    "",
)


@tagged("post_install", "-at_install")
class TestCallHttp(NpsCommon, HttpCase):
    """The one address that telephone systems open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.de")
        cls.customer.phone = NUMBER

    def call(self, number=None, login="agent", **query):
        if login:
            self.authenticate(login, login)
        params = {**query, **({} if number is None else {"number": number})}
        return self.url_open("/nps/call", params=params, allow_redirects=False)

    def target(self, answer):
        """Return (path, number in the address) of where a call leads."""
        url = urlsplit(answer.headers["Location"])
        return url.path, parse_qs(url.query).get("number", [None])[0]

    def test_a_person_is_opened_without_his_number_in_the_address(self):
        answer = self.call("+49301234567")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(
            self.target(answer), (f"/odoo/nps-call/{self.customer.id}", None)
        )

    def test_an_unknown_number_is_handed_on_so_that_nothing_is_lost(self):
        self.assertEqual(
            self.target(self.call("030 7654321")),
            ("/odoo/nps-call", "tel:+49 30 7654321"),
        )

    def test_a_plus_that_was_not_encoded_is_understood(self):
        self.authenticate("agent", "agent")
        answer = self.url_open("/nps/call?number=+49301234567", allow_redirects=False)
        self.assertTrue(self.target(answer)[0].endswith(f"/{self.customer.id}"))

    def test_a_hidden_number_leads_to_the_screen_that_says_so(self):
        self.assertEqual(self.target(self.call("anonymous")), ("/odoo/nps-call", None))

    def test_whatever_a_telephone_system_sends_leads_to_our_screen(self):
        for number in BAD:
            with self.subTest(number=number[:20]):
                answer = self.call(number)
                self.assertEqual(answer.status_code, 303)
                self.assertEqual(self.target(answer)[0], "/odoo/nps-call")
                self.assertNotIn("Set-Cookie: x", str(answer.headers))

    def test_other_parameters_do_not_matter(self):
        answer = self.call("+49301234567", token="x", partner_id="1", s="9")
        self.assertEqual(answer.status_code, 303)

    def test_who_is_not_logged_in_comes_back_to_the_call_after_the_login(self):
        answer = self.call(NUMBER, login=None)
        url = urlsplit(answer.headers["Location"])
        self.assertEqual((answer.status_code, url.path), (303, "/web/login"))
        back = urlsplit(parse_qs(url.query)["redirect"][0])
        self.assertEqual(back.path, "/nps/call")
        self.assertEqual(parse_qs(back.query)["number"], [NUMBER])

    def test_an_employee_without_the_role_reads_what_to_do(self):
        self.make_agent("stranger", groups="base.group_user")
        answer = self.call(NUMBER, login="stranger")
        self.assertEqual(answer.status_code, 403)
        self.assertIn("Ask your administrator", answer.text)

    def test_a_customer_with_a_login_learns_nothing(self):
        self.make_agent("portal", groups="base.group_portal")
        answer = self.call(NUMBER, login="portal")
        self.assertEqual(answer.status_code, 403)
        self.assertNotIn("Carla", answer.text)

    def test_a_call_is_kept_in_no_cache(self):
        for login in ("agent", None):
            headers = self.call(NUMBER, login=login).headers
            self.assertEqual(headers["Cache-Control"], "no-store")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")

    @mute_logger("odoo.http")
    def test_only_get_is_answered(self):
        self.authenticate("agent", "agent")
        answer = self.url_open("/nps/call", data={"number": NUMBER})
        self.assertEqual(answer.status_code, 405)

    def test_a_call_is_no_link_of_a_survey(self):
        answer = self.call("0301234567")
        self.assertNotEqual(answer.status_code, 404)
        self.assertEqual(self.url_open("/nps/calls").status_code, 404)

    def test_a_call_writes_nothing(self):
        self.call(NUMBER)
        self.env.flush_all()
        query = """
            SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables
        """
        self.env.cr.execute(query)
        before = self.env.cr.fetchone()
        for number in (NUMBER, "0307654321", "anonymous", "123"):
            self.url_open("/nps/call", params={"number": number}, allow_redirects=False)
        self.env.cr.execute(query)
        self.assertEqual(self.env.cr.fetchone(), before)

    def test_the_log_of_requests_does_not_hold_the_number(self):
        line = '"GET /nps/call?number=0307654321 HTTP/1.1" 303 -'
        record = logging.LogRecord("werkzeug", logging.INFO, "", 1, line, (), None)
        self.assertTrue(logging.getLogger("werkzeug").filter(record))
        self.assertEqual(record.getMessage(), '"GET /nps/call?number=… HTTP/1.1" 303 -')
