from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, tagged

from .common import NpsCommon, NpsMailCommon


@tagged("post_install", "-at_install")
class TestPreview(NpsMailCommon):
    """Whoever writes a survey sees what customers will see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.editor = cls.make_agent("editor", groups="nps.nps_group_manager")

    def test_the_form_shows_the_page_while_it_is_written(self):
        with Form(self.survey.with_user(self.editor)) as form:
            form.question = "Would you come again, {customer}?"
            self.assertIn("Would you come again, Anna Example?", form.preview["ask"])

    def test_a_new_survey_has_a_preview_before_it_is_saved(self):
        form = Form(self.env["nps.survey"].with_user(self.editor))
        form.question = "Was it easy?"
        self.assertIn("Was it easy?", form.preview["ask"])

    def test_each_category_has_its_preview(self):
        self.survey.thanks_passive = "Thanks for your honesty"
        pages = self.survey.preview
        self.assertIn("Thanks for your honesty", pages["passive"])
        self.assertIn("Not solved", pages["detractor"])
        self.assertIn("Friendly people", pages["promoter"])

    def test_a_preview_stores_nothing(self):
        models = ("nps.invitation", "nps.response")
        before = [self.env[model].search_count([]) for model in models]
        self.assertTrue(self.survey.preview)
        after = [self.env[model].search_count([]) for model in models]
        self.assertEqual(after, before)

    def test_a_test_mail_goes_to_whoever_asks_for_it_and_leaves_no_trace(self):
        before = self.env["nps.invitation"].search_count([])
        outcomes = self.env["nps.outcome"].with_context(active_test=False)
        known = outcomes.search_count([])
        with self.mail_server():
            self.survey.with_user(self.editor).action_send_test()
            self.env["mail.mail"].process_email_queue()
        [mail] = self.sent_to("editor@")
        self.assertIn("[Test]", mail["subject"])
        self.assertIn(f"/nps/preview/{self.survey.id}?s=9", mail["body"])
        self.assertNotIn("/nps/personal", mail["body"])
        self.assertEqual(self.env["nps.invitation"].search_count([]), before)
        self.assertEqual(outcomes.search_count([]), known)

    def test_who_has_no_address_is_told_so(self):
        self.editor.email = False
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            self.survey.with_user(self.editor).action_send_test()


@tagged("post_install", "-at_install")
class TestPreviewPage(NpsCommon, HttpCase):
    def open_preview(self, query=""):
        return self.url_open(f"/nps/preview/{self.survey.id}{query}")

    def test_an_agent_sees_it_without_anything_to_send(self):
        self.authenticate("agent", "agent")
        page = self.open_preview("?s=9")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Preview", page.text)
        self.assertNotIn('name="page"', page.text)

    def test_it_shows_what_follows_for_a_category(self):
        self.authenticate("agent", "agent")
        self.assertIn("What went wrong", self.open_preview("?show=detractor").text)

    def test_nobody_else_sees_it(self):
        self.assertEqual(self.open_preview().status_code, 404)
