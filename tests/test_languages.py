from lxml import html

from odoo.tests import tagged

from .common import NpsPageCommon


@tagged("post_install", "-at_install")
class TestLanguages(NpsPageCommon):
    """The page speaks the customer's language, and others at his wish."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("fr_FR", "ar_001"):
            cls.env["res.lang"]._activate_lang(code)
        cls.survey.with_context(lang="fr_FR").question = "Recommanderiez-vous ?"

    def document(self, path=""):
        return html.fromstring(self.get(path).content)

    def offered(self, document):
        return [e.text.strip() for e in document.xpath("//footer/nav/*")]

    def test_other_languages_are_offered_in_their_own_names(self):
        offered = self.offered(self.document())
        self.assertIn("Français", offered)
        self.assertIn("الْعَرَبيّة", offered)

    def test_the_survey_says_which_languages_it_speaks(self):
        codes = ("en_US", "fr_FR")
        self.survey.lang_ids = self.env["res.lang"].search([("code", "in", codes)])
        self.assertEqual(len(self.offered(self.document())), 2)

    def test_a_single_language_needs_no_switch(self):
        self.survey.lang_ids = self.env["res.lang"]._lang_get("en_US")
        self.assertFalse(self.offered(self.document()))

    def test_the_page_speaks_the_chosen_language(self):
        document = self.document("?lang=fr_FR")
        self.assertEqual((document.get("lang"), document.get("dir")), ("fr-FR", "ltr"))
        self.assertIn("Recommanderiez-vous", document.text_content())

    def test_the_score_of_the_link_stays_selected_when_the_language_changes(self):
        links = self.document("?s=9").xpath("//footer//a/@href")
        self.assertIn("?lang=fr_FR&s=9", links)

    def test_the_chosen_language_stays_after_the_answer_and_is_stored(self):
        answer = self.send(self.get("?s=9&lang=fr_FR"))
        self.assertIn("lang=fr_FR", answer.headers["Location"])
        self.assertEqual(self.counted().lang, "fr_FR")

    def test_a_language_that_is_not_offered_changes_nothing(self):
        for code in ("xx", "de_DE", "", "../x", "en_US' OR 1=1"):
            with self.subTest(code=code):
                self.assertEqual(self.document(f"?lang={code}").get("lang"), "en-US")

    def test_a_language_from_right_to_left_turns_the_page(self):
        document = self.document("?lang=ar_001")
        self.assertEqual((document.get("lang"), document.get("dir")), ("ar-001", "rtl"))
