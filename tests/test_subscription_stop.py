from ast import literal_eval

from lxml import html

from odoo.tests import HttpCase, tagged

from .common_subscription import SubscriptionCase


@tagged("post_install", "-at_install")
class TestStopLink(SubscriptionCase, HttpCase):
    """The link at the end of each mail: no login, no GET that writes, one press."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls.subscribe()
        cls.link = cls.subscription._stop_link()

    def is_on(self):
        self.env.invalidate_all()
        return self.subscription.active

    def test_the_mail_carries_the_link_and_the_headers_of_one_click(self):
        self.answer_of(2)
        self.tell()
        headers = literal_eval(self.mails().headers)
        self.assertEqual(headers["List-Unsubscribe"], f"<{self.link}>")
        self.assertEqual(headers["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        links = html.fromstring(self.mails().body_html).xpath("//a/@href")
        self.assertIn(self.link, links)

    def test_opening_it_stops_nothing(self):
        page = self.url_open(self.link)
        self.assertEqual(page.status_code, 200)
        self.assertIn("All answers, at once", page.text)
        self.assertTrue(self.is_on())

    def test_a_press_stops_it_without_a_login(self):
        page = self.url_open(self.link, data={"x": "1"})
        self.assertIn("You will get no more", page.text)
        self.assertFalse(self.is_on())
        self.assertEqual(self.subscription.stop_reason, "unsubscribed")

    def test_one_click_of_a_mail_program_stops_it(self):
        page = self.url_open(self.link, data={"List-Unsubscribe": "One-Click"})
        self.assertEqual(page.status_code, 200)
        self.assertFalse(self.is_on())

    def test_it_stops_what_the_mail_was_about_and_nothing_else(self):
        other = self.subscribe(frequency="daily")
        self.url_open(self.link, data={"x": "1"})
        self.env.invalidate_all()
        self.assertTrue(other.active)

    def test_what_belongs_to_somebody_else_by_now_goes_on(self):
        self.subscription.user_id = self.agent
        page = self.url_open(self.link, data={"x": "1"})
        self.assertEqual(page.status_code, 404)
        self.assertTrue(self.is_on())

    def test_an_altered_link_stops_nothing(self):
        for altered in (self.link[:-3] + "AAA", self.link[:-20], self.link[:-1] + "é"):
            with self.subTest(altered=altered[-9:]):
                page = self.url_open(altered, data={"x": "1"})
                self.assertEqual(page.status_code, 404)
        self.assertTrue(self.is_on())

    def test_the_link_of_a_survey_page_is_none_of_a_subscription(self):
        note = self.pick()._sign_page("ask")
        page = self.url_open(f"/nps/subscription/{note}", data={"x": "1"})
        self.assertEqual(page.status_code, 404)

    def test_the_page_is_private(self):
        page = self.url_open(self.link)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(page.headers["Cache-Control"], "no-store")

    def test_the_page_speaks_the_language_of_the_subscriber(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.subscription.user_id.lang = "de_DE"
        page = html.fromstring(self.url_open(self.link).text)
        self.assertEqual(page.get("lang"), "de-DE")
        self.assertIn("Alle Antworten", page.text_content())

    def test_the_page_leads_to_all_subscriptions(self):
        page = html.fromstring(self.url_open(self.link).text)
        self.assertIn("/odoo/nps-subscriptions", page.xpath("//a/@href"))

    def test_an_altered_link_says_that_there_is_no_such_page(self):
        page = html.fromstring(self.url_open(self.link[:-3] + "AAA").text)
        unknown = html.fromstring(self.url_open("/nps/unknown").text)
        self.assertEqual(page.findtext(".//h1"), unknown.findtext(".//h1"))

    def test_opened_again_it_says_that_it_is_stopped(self):
        self.url_open(self.link, data={"x": "1"})
        self.assertIn("You will get no more", self.url_open(self.link).text)
