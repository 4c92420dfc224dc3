from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestSurvey(NpsCommon):
    def words(self, text, record=None):
        return self.pick(record)._fill_text(text)

    # === PLACEHOLDERS === #

    def test_every_placeholder_becomes_the_customers_own(self):
        ticket = self.make_ticket()
        self.agent.name = "Anna Berger"
        words = self.words("{company}, {agent}, {subject}, {customer}", ticket)
        self.assertEqual(
            words, f"{self.company.name}, Anna, Printer does not print, Carla Customer"
        )
        self.assertRegex(self.words("{date}", ticket), r"\d")

    def test_each_placeholder_has_a_fallback(self):
        invitation = self.pick()
        invitation.write(
            {"agent_name": False, "user_id": False, "customer_name": False}
        )
        found = invitation._fill_text("{agent}, {subject}, {product}, {customer}")
        name = self.company.name
        self.assertEqual(found, f"{name}, your request, {name}, ")

    def test_what_stands_behind_the_bar_is_the_fallback(self):
        self.assertEqual(
            self.words("About {product|your order} and {subject|your call}"),
            "About your order and your call",
        )

    def test_the_agents_name_stays_when_he_is_renamed(self):
        self.agent.name = "Anna Berger"
        invitation = self.pick()
        self.agent.name = "Nobody"
        self.assertEqual(invitation._fill_text("{agent}"), "Anna")

    def test_an_unknown_placeholder_is_refused_with_the_known_ones(self):
        for name in ("question", "context_line", "thanks_passive", "quote_text"):
            with self.subTest(field=name):
                with self.assertRaisesRegex(ValidationError, r"\{agnt\}.*\{agent\}"):
                    self.survey[name] = "With {agnt}"

    # === BUTTONS === #

    def test_a_button_leads_to_an_address_and_runs_nothing(self):
        bad = [
            "javascript:alert(1)",
            "//evil.example",
            "data:text/html,x",
            "www.x.example",
        ]
        for url in bad:
            with self.subTest(url=url):
                with self.assertRaisesRegex(ValidationError, "is not an address"):
                    self.survey.button_promoter_url = url
        for url in ("https://x.example/a?b=1", "/contactus", "tel:+4930123456"):
            self.survey.button_promoter_url = url

    # === REASONS AND DRIVERS === #

    def test_reasons_have_two_levels_and_not_three(self):
        below = self.env.ref("nps.nps_reason_not_solved")
        values = {"name": "Third", "survey_id": self.survey.id, "parent_id": below.id}
        with self.assertRaisesRegex(ValidationError, "two levels"):
            self.env["nps.reason"].create(values)

    def test_a_heading_belongs_to_the_same_survey(self):
        heading = self.env.ref("nps.nps_reason_solution")
        other = self.make_survey("ces")
        values = {"name": "x", "survey_id": other.id, "parent_id": heading.id}
        with self.assertRaisesRegex(ValidationError, "same survey"):
            self.env["nps.reason"].create(values)

    def test_a_heading_without_reasons_for_a_category_is_not_shown(self):
        heading = self.env.ref("nps.nps_reason_contact")
        heading.child_ids.category = "promoter"
        offered = self.survey._page_content()["after"]["detractor"]["reasons"]
        self.assertNotIn(heading.id, [entry["id"] for entry in offered])

    def test_a_copy_has_reasons_and_drivers_of_its_own(self):
        twin = self.survey.copy()
        names = self.survey.reason_ids.mapped("display_name")
        self.assertEqual(sorted(twin.reason_ids.mapped("display_name")), sorted(names))
        self.assertFalse(twin.reason_ids & self.survey.reason_ids)
        self.assertEqual(len(twin.driver_ids), len(self.survey.driver_ids))

    def test_a_choice_needs_two_choices(self):
        values = {"name": "Where?", "kind": "choice", "survey_id": self.survey.id}
        with self.assertRaisesRegex(ValidationError, "at least two"):
            self.env["nps.driver"].create(values)

    def test_what_customers_said_cannot_be_deleted(self):
        reason = self.env.ref("nps.nps_reason_not_solved")
        driver = self.env.ref("nps.nps_driver_time")
        self.answer(self.pick(), 2, reasons=[reason.id], drivers={driver.id: 1})
        for record in (reason, driver):
            with self.assertRaisesRegex(ValidationError, "Archive it"):
                record.unlink()

    # === WHAT IS KEPT FOR THE PAGE === #

    def test_a_changed_text_is_on_the_page_at_once(self):
        self.survey._page_content()
        self.survey.question = "Would you come again?"
        self.assertEqual(
            self.survey._page_content()["question"], "Would you come again?"
        )
        reason = self.env.ref("nps.nps_reason_not_solved")
        reason.name = "Still broken"
        self.assertIn("Still broken", str(self.survey._page_content()))

    def test_a_changed_translation_is_on_the_page_at_once(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.survey.with_context(lang="fr_FR")
        french._page_content()
        self.survey.update_field_translations("question", {"fr_FR": "Et alors ?"})
        self.assertEqual(french._page_content()["question"], "Et alors ?")
