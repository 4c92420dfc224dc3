from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import JsonRpcException, tagged
from odoo.tools import format_date, mute_logger

from .common import NpsPageCommon
from .test_quote import QuoteCase

WORDS = "Quick & <b>kind</b>"
CARDS = "nps.dynamic_filter_template_nps_quote_cards"
LARGE = "nps.dynamic_filter_template_nps_quote_large"
MORE = {"limit": 5, "template_key": CARDS}


@tagged("post_install", "-at_install")
class TestQuoteWebsite(QuoteCase, NpsPageCommon):
    """What a visitor of the website gets: the words, a name, a month. No more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].get_current_website()
        cls.filter = cls.env.ref("nps.nps_quote_snippet_filter")
        cls.invitation.expires_at = fields.Datetime.now() + timedelta(days=30)
        cls.response = cls.make_quotable(WORDS, cls.invitation)
        cls.quote = cls.approve()
        cls.env["website.page"].create(
            {
                "url": "/praise",
                "website_id": cls.website.id,
                "is_published": True,
                "type": "qweb",
                "name": "Praise",
                "key": "nps.test_praise",
                "arch": '<t t-name="nps.test_praise"><t t-call="website.layout">'
                '<div id="wrap"><t t-call="nps.s_nps_quotes" /></div></t></t>',
            }
        )

    def fetch(self, **asked):
        """Fetch the block as the browser of a visitor does, in one text."""
        asked = {"filter_id": self.filter.id, **MORE, **asked}
        return "".join(self.make_jsonrpc_request("/website/snippet/filters", asked))

    def figures(self, **asked):
        return html.fromstring(f"<div>{self.fetch(**asked)}</div>").xpath(".//figure")

    # === WHAT IS SHOWN === #

    def test_a_visitor_sees_an_approved_quote(self):
        for template in (CARDS, LARGE):
            with self.subTest(template=template):
                [figure] = self.figures(template_key=template)
                self.assertEqual(figure.xpath("string(.//blockquote)"), WORDS)
                self.assertTrue(
                    figure.xpath("string(figcaption)").startswith("Carla, ")
                )

    def test_the_words_are_text_and_no_markup(self):
        self.assertIn("Quick &amp; &lt;b&gt;kind&lt;/b&gt;", self.fetch())

    def test_nothing_else_of_the_answer_leaves(self):
        [figure] = self.figures()
        month = format_date(self.env, fields.Date.today(), date_format="LLLL y")
        self.assertEqual(
            figure.text_content().split(), [*WORDS.split(), "Carla,", *month.split()]
        )
        for secret in (
            "bluesky",
            "Customer",
            "Printer",
            str(self.response.score) + " ",
        ):
            with self.subTest(secret=secret):
                self.assertNotIn(secret, self.fetch())

    def test_the_language_of_the_words_is_told(self):
        self.response.lang = "de_DE"
        [figure] = self.figures()
        self.assertEqual(figure.xpath("string(blockquote/@lang)"), "de-DE")

    def test_there_is_nothing_without_approved_quotes(self):
        self.quote.action_take_off()
        self.assertEqual(self.fetch(), "")

    def test_an_editor_sees_samples_that_say_what_to_do(self):
        self.assertNotIn("Sample", self.fetch(with_sample=True))
        self.quote.action_take_off()
        shown = self.fetch(with_sample=True)
        self.assertIn("Sample. Approve quotes under NPS, Answers, Quotes.", shown)

    def test_as_many_are_shown_as_the_editor_chose_and_never_more_than_sixteen(self):
        for number in range(20):
            self.approve(self.make_quotable(f"Word {number}"))
        for asked, given in ((1, 1), (3, 3), (999, 16), (-1, 1), (None, 16)):
            with self.subTest(asked=asked):
                self.assertEqual(len(self.figures(limit=asked)), given)

    def test_they_stand_in_the_order_of_the_list(self):
        first = self.approve(self.make_quotable("Second"))
        first.sequence, self.quote.sequence = 2, 1
        self.assertEqual(
            [f.xpath("string(.//blockquote)") for f in self.figures()],
            [WORDS, "Second"],
        )

    # === NOTHING CAN BE WIDENED === #

    def test_a_visitor_cannot_search_in_what_he_does_not_see(self):
        draft = self.prepare(self.make_quotable("Secret"))
        for domain in (
            [("id", "=", draft.id)],
            ["|", ("state", "=", "draft"), (1, "=", 1)],
            [("response_id.comment", "=like", "S%")],
            [("score", "=", 3)],
        ):
            with self.subTest(domain=domain):
                self.assertEqual(self.fetch(search_domain=domain), self.fetch())
        self.assertNotIn("Secret", self.fetch())

    @mute_logger("odoo.http")
    def test_a_visitor_cannot_have_a_record_by_its_id(self):
        draft = self.prepare(self.make_quotable("Secret"))
        for asked in (
            {"res_model": "nps.quote", "res_id": draft.id},
            {"res_model": "nps.response", "res_id": draft.response_id.id},
            {"res_model": "res.partner", "res_id": self.customer.id},
        ):
            for filter_id in (self.filter.id, False):
                with self.subTest(asked=asked, filter_id=filter_id):
                    try:
                        shown = self.fetch(limit=1, filter_id=filter_id, **asked)
                    except JsonRpcException as error:
                        shown = str(error)
                    for secret in ("Secret", "bluesky", "Carla"):
                        self.assertNotIn(secret, shown)

    @mute_logger("odoo.http")
    def test_an_answer_is_not_to_be_had_by_a_template_of_somebody_else(self):
        self.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "key": "website.dynamic_filter_template_any",
                "arch": '<t><p t-foreach="records" t-as="data" '
                "t-out=\"data['_record'].comment\" /></t>",
            }
        )
        self.env["ir.default"].set("website.snippet.filter", "field_names", "id")
        asked = {
            "filter_id": False,
            "template_key": "website.dynamic_filter_template_any",
            "limit": 1,
            "res_model": "nps.response",
            "res_id": self.response.id,
        }
        shown = self.make_jsonrpc_request("/website/snippet/filters", asked)
        self.assertEqual(shown, [])

    def test_a_visitor_cannot_call_the_model(self):
        for method in ("search_read", "_website_values", "action_approve"):
            with self.subTest(method=method), self.assertRaises(JsonRpcException):
                with mute_logger("odoo.http"):
                    self.make_jsonrpc_request(
                        "/web/dataset/call_kw",
                        {
                            "model": "nps.quote",
                            "method": method,
                            "args": [],
                            "kwargs": {},
                        },
                    )

    # === WITHDRAWN AT ONCE === #

    def test_no_page_of_the_website_holds_a_quote(self):
        for _load in range(2):
            page = self.url_open("/praise")
            self.assertEqual(page.status_code, 200)
            self.assertIn("s_nps_quotes", page.text)
            self.assertNotIn("Quick", page.text)

    def test_the_answer_to_the_browser_is_not_kept_anywhere(self):
        asked = {"filter_id": self.filter.id, **MORE}
        answer = self.url_open("/website/snippet/filters", json={"params": asked})
        self.assertIn("Quick", answer.text)
        self.assertNotIn("max-age", answer.headers.get("Cache-Control", ""))
        self.assertEqual(answer.request.method, "POST")

    def test_a_customer_who_withdraws_on_his_page_is_not_quoted_any_more(self):
        self.assertIn("Quick", self.fetch())
        page = self.get("?step=thanks")
        form = self.form_of(page, action="/withdraw")
        self.assertEqual(self.post("/withdraw", **form).status_code, 303)
        self.assertEqual(self.fetch(), "")
        self.env.invalidate_all()
        self.assertEqual(self.quote.withdrawn_because, "consent")

    def test_he_can_withdraw_when_the_survey_is_closed(self):
        self.invitation.expires_at = fields.Datetime.now() - timedelta(days=1)
        page = self.get()
        self.assertEqual(page.status_code, 410)
        form = self.form_of(page, action="/withdraw")
        self.post("/withdraw", **form)
        self.assertEqual(self.fetch(), "")
        page = self.get()
        self.assertIn("You withdrew", page.text)
        self.assertFalse(html.fromstring(page.content).forms)

    def test_a_closed_page_speaks_of_no_consent_that_was_not_given(self):
        other = self.pick(self.make_ticket())
        token = self.make_link(other)
        self.answer(other, 10, comment="Great")
        other.expires_at = fields.Datetime.now() - timedelta(days=1)
        page = self.get(token=token)
        self.assertFalse(html.fromstring(page.content).forms)
        self.assertNotIn("withdrew", page.text)

    def test_he_can_withdraw_what_does_not_count_at_the_moment(self):
        self.response.state = "excluded"
        self.post("/withdraw", lang="en_US")
        self.env.invalidate_all()
        self.assertTrue(self.response.quote_withdrawn_at)

    def test_a_colleague_withdraws_nothing_on_the_customers_page(self):
        self.authenticate("agent", "agent")
        self.post("/withdraw", lang="en_US")
        self.assertIn("Quick", self.fetch())
