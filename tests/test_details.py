from lxml import html

from odoo import fields
from odoo.tests import tagged

from .common import NpsPageCommon


@tagged("post_install", "-at_install")
class TestDetails(NpsPageCommon):
    """What may be said after the score; nothing of it is required."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reason = cls.env.ref("nps.nps_reason_not_solved")
        cls.praise = cls.env.ref("nps.nps_reason_friendly")
        cls.person = cls.env.ref("nps.nps_driver_person")
        cls.time = cls.env.ref("nps.nps_driver_time")

    def tell(self, score=2, **typed):
        """Give a score, then send the second page with what is typed."""
        if not self.counted():
            self.answer_page(score)
        return self.send(
            self.get("?step=more" if self.counted().comment else ""), **typed
        )

    def shown(self, page, xpath):
        return html.fromstring(page.content).xpath(xpath)

    # === THE SCORE STANDS ALONE === #

    def test_the_score_counts_when_the_page_is_closed_after_it(self):
        self.answer_page(2)
        self.assertEqual(self.counted().score, 2)

    def test_the_second_page_may_be_sent_empty(self):
        self.assertEqual(self.tell().status_code, 303)
        self.assertEqual(self.states(), {2: "counted"})

    def test_no_field_of_the_second_page_is_required(self):
        self.answer_page(2)
        document = html.fromstring(self.get().content)
        form = next(f for f in document.forms if f.xpath(".//textarea[@id='comment']"))
        self.assertFalse(form.xpath(".//*[@required]"))

    # === REASONS === #

    def test_ticked_reasons_are_stored(self):
        self.tell(reason=[str(self.reason.id)])
        self.assertEqual(self.counted().reason_ids, self.reason)

    def test_reasons_stand_below_their_heading(self):
        self.answer_page(2)
        headings = self.shown(self.get(), "//fieldset[.//input[@name='reason']]/legend")
        self.assertEqual(
            [heading.text for heading in headings], ["Getting in touch", "The solution"]
        )

    def test_each_category_is_offered_its_own_reasons(self):
        for score, offered in ((2, self.reason), (10, self.praise)):
            with self.subTest(score=score):
                self.invitation = self.pick()
                self.token = self.make_link(self.invitation)
                self.answer_page(score)
                ids = self.shown(self.get(), "//input[@name='reason']/@value")
                mine = {str(self.reason.id), str(self.praise.id)} & set(ids)
                self.assertEqual(mine, {str(offered.id)})

    def test_a_reason_that_was_not_offered_is_left_out(self):
        heading = self.reason.parent_id
        other = self.env["nps.reason"].create(
            {"name": "Other", "survey_id": self.make_survey("ces").id}
        )
        for reason in (self.praise, heading, other):
            self.tell(reason=[str(reason.id), "x", "99999999999"])
        self.assertFalse(self.counted().reason_ids)

    def test_an_archived_reason_is_not_offered(self):
        self.reason.active = False
        self.answer_page(2)
        ids = self.shown(self.get(), "//input[@name='reason']/@value")
        self.assertNotIn(str(self.reason.id), ids)

    def test_reasons_told_later_are_added(self):
        late = self.env.ref("nps.nps_reason_took_long")
        response = self.answer(self.invitation, 2, reasons=[self.reason.id])
        response._complete("", reasons=[late.id])
        self.assertEqual(response.reason_ids, self.reason | late)

    # === DRIVERS === #

    def test_drivers_tell_who_and_what_apart(self):
        self.tell(**{f"driver_{self.person.id}": "5", f"driver_{self.time.id}": "1"})
        found = {a.driver_id.about: a.value for a in self.counted().driver_answer_ids}
        self.assertEqual(found, {"person": 5, "matter": 1})

    def test_a_value_off_the_scale_is_left_out(self):
        for value in ("0", "6", "x", "٥", ""):
            self.tell(**{f"driver_{self.person.id}": value})
        self.assertFalse(self.counted().driver_answer_ids)

    def test_what_was_said_first_stands(self):
        response = self.answer(self.invitation, 2, drivers={self.person.id: 5})
        response._complete("", drivers={self.person.id: 1, self.time.id: 2})
        found = {a.driver_id: a.value for a in response.driver_answer_ids}
        self.assertEqual(found, {self.person: 5, self.time: 2})

    def test_a_choice_is_stored_with_its_words(self):
        driver = self.env["nps.driver"].create(
            {
                "name": "Where did you buy it?",
                "kind": "choice",
                "survey_id": self.survey.id,
                "choice_ids": [(0, 0, {"name": "Shop"}), (0, 0, {"name": "Online"})],
            }
        )
        online = driver.choice_ids[1]
        self.tell(**{f"driver_{driver.id}": str(online.id)})
        [answer] = self.counted().driver_answer_ids
        self.assertEqual((answer.choice_id, answer.answer), (online, "Online"))

    # === CONTACT AND QUOTE === #

    def test_please_contact_me_is_stored(self):
        self.tell(contact="1")
        self.assertTrue(self.counted().is_contact_requested)
        self.assertIn("We will contact you", self.get().text)

    def test_it_is_not_offered_when_nobody_can_call_back(self):
        self.survey.offers_contact = False
        self.tell(contact="1")
        self.assertFalse(self.counted().is_contact_requested)

    def test_a_promoter_may_allow_to_be_quoted_with_text_and_date(self):
        self.survey.write({"asks_quote": True, "quote_text": "{company} may quote me"})
        self.tell(10, quote="1", comment="Great")
        response = self.counted()
        self.assertEqual(
            response.quote_consent_text, f"{self.company.name} may quote me"
        )
        self.assertEqual(response.quote_consent_at.date(), fields.Date.today())
        self.assertTrue(response._may_be_quoted())

    def test_others_are_not_asked_whether_they_may_be_quoted(self):
        self.survey.asks_quote = True
        self.tell(7, quote="1")
        self.assertFalse(self.counted().quote_consent_at)

    def test_the_consent_is_withdrawn_with_one_press(self):
        self.survey.asks_quote = True
        self.tell(10, quote="1", comment="Great")
        self.assertIn("Withdraw this", self.get().text)
        self.post("/withdraw", lang="en_US")
        self.assertFalse(self.counted()._may_be_quoted())
        self.assertTrue(self.counted().quote_consent_at, "what was agreed is kept")

    # === THANKS === #

    def test_thanks_and_button_differ_by_category(self):
        self.survey.write(
            {
                "thanks_promoter": "You made our day, says {agent}.",
                "button_promoter": "Leave a review",
                "button_promoter_url": "https://reviews.example/acme",
            }
        )
        for score, is_promoter in ((10, True), (2, False)):
            with self.subTest(score=score):
                self.invitation = self.pick()
                self.token = self.make_link(self.invitation)
                self.answer_page(score)
                page = self.get("?step=thanks")
                self.assertEqual("You made our day" in page.text, is_promoter)
                links = self.shown(page, "//a[@href='https://reviews.example/acme']")
                self.assertEqual(bool(links), is_promoter)

    def test_an_additional_comment_is_added(self):
        self.tell(comment="Nobody called")
        self.send(self.get("?step=more"), comment="Still nobody")
        self.assertEqual(self.counted().comment, "Nobody called\nStill nobody")

    def test_a_correction_starts_anew_and_keeps_the_words(self):
        self.tell(reason=[str(self.reason.id)], comment="Nobody called")
        self.send(self.get("?s=10"), change="1")
        response = self.counted()
        self.assertEqual((response.score, response.comment), (10, "Nobody called"))
        self.assertFalse(response.reason_ids)
