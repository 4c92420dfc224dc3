from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import tagged

from ..models.nps_response import LONGEST_COMMENT
from .common import NpsPageCommon

PRIVATE = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
"""What tells browsers, proxies and search engines to keep a link to themselves."""


@tagged("post_install", "-at_install")
class TestSurveyPage(NpsPageCommon):
    """The customer's page, by plain HTTP: no cookie, no script."""

    def checked(self, response):
        """Return the score that the page shows selected."""
        found = html.fromstring(response.content).xpath("//input[@checked]/@value")
        return found and int(found[0])

    # === A GET NEVER WRITES === #

    def test_opening_the_link_of_every_score_stores_nothing(self):
        for score in range(11):
            with self.subTest(score=score):
                page = self.get(f"?s={score}")
                self.assertEqual(page.status_code, 200)
                self.assertEqual(self.checked(page), score)
        self.assertFalse(self.invitation.response_ids)
        self.assertEqual(self.invitation.state, "sent")

    def test_head_and_options_store_nothing(self):
        for method in ("HEAD", "OPTIONS"):
            url = f"{self.base_url()}/nps/{self.token}?s=9"
            status = self.opener.request(method, url).status_code
            self.assertLess(status, 500)
        self.assertFalse(self.invitation.response_ids)

    def test_options_does_nothing_that_only_a_post_may_do(self):
        for path in ("/answer", "/opt-out", "/clicked", "/withdraw"):
            with self.subTest(path=path):
                url = f"{self.base_url()}/nps/{self.token}{path}"
                answer = self.opener.options(url, data={"score": "9"})
                self.assertEqual((answer.status_code, answer.text), (200, ""))
                self.assertIn("OPTIONS", answer.headers["Allow"])
        self.env.invalidate_all()
        self.assertFalse(self.invitation.clicked_at)
        self.assertFalse(self.env["nps.opt.out"].search_count([]))

    def test_reloading_the_answer_address_leads_back_to_the_page(self):
        self.assertEqual(self.get("/answer").status_code, 303)

    # === ANSWERING === #

    def test_every_score_is_stored_by_a_plain_form_without_cookies(self):
        for score in range(11):
            with self.subTest(score=score):
                self.invitation = self.pick()
                self.token = self.make_link(self.invitation)
                self.opener.cookies.clear()
                self.assertEqual(self.answer_page(score).status_code, 303)
                self.assertEqual(self.counted().score, score)
                self.assertEqual(self.customer.nps_score, score)

    def test_no_cookie_is_set(self):
        self.opener.cookies.clear()
        for answer in (self.get(), self.answer_page(9)):
            self.assertNotIn("Set-Cookie", answer.headers)

    def test_the_page_thanks_and_asks_why(self):
        self.answer_page(9)
        page = self.get().text
        self.assertIn("Thank you", page)
        self.assertIn("What did we do well?", page)

    def test_the_words_that_follow_are_stored_with_every_score(self):
        for score in range(11):
            with self.subTest(score=score):
                self.invitation = self.pick()
                self.token = self.make_link(self.invitation)
                self.answer_page(score)
                self.send(self.get(), comment="Quick & kind")
                response = self.counted()
                self.assertEqual(response.comment, "Quick & kind")
                self.assertEqual(response.score, score)

    def test_a_comment_that_is_too_long_is_cut_with_a_word(self):
        answer = self.answer_page(9, comment="x" * (LONGEST_COMMENT + 1))
        page = self.url_open(answer.headers["Location"]).text
        self.assertIn(f"Only the first {LONGEST_COMMENT}", page.replace(",", ""))

    def test_five_megabytes_of_words_are_cut_and_not_refused(self):
        self.assertEqual(self.answer_page(9, comment="x" * 5_000_000).status_code, 303)
        self.assertEqual(len(self.counted().comment), LONGEST_COMMENT)

    # === CORRECTING === #

    def test_another_link_of_an_answered_mail_asks_and_stores_nothing(self):
        self.answer_page(9)
        self.assertIn("You answered 9. Change it to 1?", self.get("?s=1").text)
        self.assertEqual(self.states(), {9: "counted"})

    def test_the_button_changes_the_answer_and_keeps_the_first(self):
        self.answer_page(9)
        self.send(self.get("?s=1"), change="1")
        self.assertEqual(self.states(), {9: "superseded", 1: "counted"})

    def test_the_other_button_keeps_the_answer(self):
        self.answer_page(9)
        self.send(self.get("?s=1"), keep="1")
        self.assertEqual(self.states(), {9: "counted"})

    def test_keeping_the_answer_keeps_the_words_too(self):
        self.answer_page(9)
        self.send(self.get("?s=1"), keep="1", comment="On second thought")
        self.assertEqual(self.counted().comment, "On second thought")

    def test_choosing_another_score_on_the_page_asks_first(self):
        self.answer_page(9)
        page = self.send(self.get(), number=1, score="1")
        self.assertIn("You answered 9. Change it to 1?", page.text)
        self.assertEqual(self.states(), {9: "counted"})
        self.send(page, change="1")
        self.assertEqual(self.counted().score, 1)

    def test_after_the_window_the_page_says_that_it_is_locked(self):
        self.answer_page(9)
        change = self.get("?s=1")
        self.invitation.answered_at = fields.Datetime.now() - timedelta(days=9)
        page = self.send(change, change="1")
        self.assertIn("time to change it is over", page.text)
        self.assertEqual(self.counted().score, 9)

    # === BAD INPUT === #

    def test_what_is_no_score_gets_the_page_again_and_stores_nothing(self):
        bad = ["abc", "-1", "11", "5.0", "5,0", "1e1", "999999999", "", "٥", " 5 "]
        bad += ["0x5", "１", "NaN", "inf", "5\0", "null", "true", "[]", "<b>", "05"]
        form = self.after_reading(self.form_of(self.get()))
        for score in bad:
            with self.subTest(score=score):
                page = self.post(**{**form, "score": score, "comment": "my words"})
                self.assertEqual(page.status_code, 422)
                self.assertIn("Please choose a number", page.text)
                self.assertIn("my words", page.text)
        self.assertFalse(self.invitation.response_ids)

    def test_a_file_instead_of_words_is_no_error(self):
        answer = self.url_open(
            f"/nps/{self.token}/answer",
            data=self.after_reading(self.form_of(self.get("?s=9"))),
            files={"comment": ("x.txt", b"hello")},
            allow_redirects=False,
        )
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.counted().score, 9)

    def test_markup_in_a_comment_is_shown_inert(self):
        self.answer_page(9, comment="<script>alert(1)</script>{{ 7*7 }}")
        page = self.get().text
        self.assertNotIn("<script>", page)
        self.assertIn("&lt;script&gt;", page)

    # === CLOSED DOORS === #

    def test_a_closed_page_looks_like_the_others_and_leads_home(self):
        document = html.fromstring(self.get(token="nope").content)
        self.assertIn("--brand:", document.xpath("string(//body/@style)"))
        self.assertIn(".card", document.xpath("string(//style)"))
        self.assertTrue(document.xpath("//a[@class='button']/@href"))

    def test_an_unknown_or_malformed_link_gets_our_own_404(self):
        bad = ["x", "x" * 43, "x" * 6000, "%00", "%ff", "a/b/c", self.token.swapcase()]
        for token in bad:
            for path in ("", "?s=9", "/answer", "/go"):
                with self.subTest(token=token[:20], path=path):
                    page = self.get(path, token=token)
                    self.assertEqual(page.status_code, 404)
                    self.assertIn("We do not know this link", page.text)

    def test_a_post_to_an_unknown_link_gets_our_own_404(self):
        page = self.post(token="y" * 43, score="9")
        self.assertEqual(page.status_code, 404)
        self.assertIn("We do not know this link", page.text)

    def test_an_expired_or_cancelled_link_gets_our_own_410(self):
        past = fields.Datetime.now() - timedelta(days=1)
        for values in ({"expires_at": past}, {"state": "cancelled"}):
            with self.subTest(values=values):
                self.invitation.write({"expires_at": False, "state": "sent", **values})
                for page in (self.get("?s=9"), self.post(score="9")):
                    self.assertEqual(page.status_code, 410)
                    self.assertIn("This survey is closed", page.text)
        self.assertFalse(self.invitation.response_ids)

    def test_every_answer_keeps_the_link_private(self):
        answers = [
            self.get(),
            self.get("/answer"),
            self.get(token="nope"),
            self.post(score="x"),
            self.answer_page(9),
            self.url_open("/NPS/nope"),
            self.opener.put(f"{self.base_url()}/nps/{self.token}"),
            self.opener.delete(f"{self.base_url()}/nps/{self.token}/answer"),
            self.post(comment="x" * 13_000_000),
        ]
        self.assertEqual(
            [a.status_code for a in answers],
            [200, 303, 404, 422, 303, 404, 405, 405, 413],
        )
        for answer in answers:
            for name, value in PRIVATE.items():
                self.assertEqual(answer.headers.get(name), value, answer.status_code)

    # === COLLEAGUES ONLY LOOK === #

    def test_an_employee_sees_a_preview_and_can_store_nothing(self):
        self.authenticate("agent", "agent")
        page = self.get("?s=9")
        self.assertIn("Preview", page.text)
        buttons = html.fromstring(page.content).xpath("//button")
        self.assertTrue(buttons)
        self.assertFalse([b for b in buttons if "disabled" not in b.attrib])
        self.assertFalse(html.fromstring(page.content).xpath("//input[@name='page']"))
        self.assertEqual(self.post(score="9").status_code, 403)
        self.assertFalse(self.invitation.response_ids)

    def test_the_placeholder_in_the_chatter_shows_the_agent_a_preview(self):
        self.authenticate("agent", "agent")
        self.assertIn("Preview", self.get(f"/{self.invitation.id}", "personal").text)

    def test_the_placeholder_opens_nothing_for_anybody_else(self):
        stranger = self.make_agent("stranger", self.sales)
        for login in (None, stranger.login):
            with self.subTest(login=login):
                self.authenticate(login, login)
                page = self.get(f"/{self.invitation.id}", "personal")
                self.assertEqual(page.status_code, 404)

    # === LOOK === #

    def test_the_page_carries_no_script_and_nothing_of_a_third_party(self):
        document = html.fromstring(self.get().content)
        self.assertFalse(document.xpath("//script"))
        links = document.xpath("//@src | //link/@href | //@action")
        self.assertTrue(links)
        self.assertFalse([link for link in links if not link.startswith("/")])

    def test_what_the_website_puts_into_its_own_pages_is_kept_off(self):
        self.env["website"].search([]).write(
            {
                "custom_code_head": "<script>track('head')</script>",
                "custom_code_footer": "<script>track('footer')</script>",
                "google_analytics_key": "G-SECRETKEY",
            }
        )
        pages = [self.get("?s=9"), self.answer_page(9), self.get(), self.get(token="x")]
        for page in pages:
            self.assertNotIn("track(", page.text)
            self.assertNotIn("G-SECRETKEY", page.text)

    def test_title_and_address_tell_nothing_of_the_customer(self):
        answer = self.answer_page(2, comment="Nobody called")
        page = self.get()
        private = ("Carla", "carla@", "Printer", "Nobody", "score", "comment")
        for text in (
            html.fromstring(page.content).findtext(".//title"),
            answer.headers["Location"],
        ):
            self.assertFalse([word for word in private if word in text])

    def test_each_value_is_named_in_words_within_a_fieldset(self):
        document = html.fromstring(self.get().content)
        self.assertEqual(len(document.xpath("//fieldset/legend")), 1)
        names = [
            document.xpath(f"string(//label[@for='score-{n}']/span[2])")
            for n in range(11)
        ]
        self.assertEqual(names, [f"{n} out of 10" for n in range(11)])

    def test_the_page_speaks_the_customers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.survey.with_context(lang="fr_FR").question = "Recommanderiez-vous ?"
        self.invitation.lang = "fr_FR"
        page = self.get()
        self.assertIn("Recommanderiez-vous", page.text)
        self.assertEqual(html.fromstring(page.content).get("lang"), "fr-FR")

    # === THE WAY OVER ANOTHER PAGE === #

    def test_the_link_leads_to_a_page_with_the_secret_behind_the_hash(self):
        answer = self.get("/go?to=/contactus&ask=1")
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(
            answer.headers["Location"].endswith(f"/contactus#nps={self.token}")
        )

    def test_the_link_leads_to_no_other_site(self):
        for to in (
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "",
            "/%09/evil.example",
            "/%0A/evil.example",
        ):
            with self.subTest(to=to):
                self.assertEqual(self.get(f"/go?to={to}").status_code, 404)

    def test_a_colleagues_click_is_not_counted(self):
        self.authenticate("agent", "agent")
        self.post("/clicked", from_page="1")
        self.env.invalidate_all()
        self.assertFalse(self.invitation.clicked_at)

    def test_a_click_is_counted_by_the_page_and_not_by_opening_the_link(self):
        self.get("/go?to=/contactus")
        self.env.invalidate_all()
        self.assertFalse(self.invitation.clicked_at)
        self.assertEqual(self.post("/clicked", from_page="1").status_code, 200)
        self.env.invalidate_all()
        self.assertTrue(self.invitation.clicked_at)
