import csv
import io
import json
import zipfile

from odoo.tests import HttpCase, tagged

from .common_privacy import EMAIL, MARKERS, NAME, NpsPrivacyCommon

NOT_HIS = {"elsewhere", "file", "chatter", "reply", "street"}
"""The host's own: it hands out what our program holds."""


@tagged("post_install", "-at_install")
class TestHandOut(NpsPrivacyCommon, HttpCase):
    """All that is held about a person, as a file for him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_marked_person()
        cls.happy.comment = '=HYPERLINK("http://x") MARKCOMMENT'
        cls.admin.password = "privacyadmin-password"

    def archive(self):
        content = self.marked.with_user(self.admin).sudo()._nps_hand_out_file()
        return zipfile.ZipFile(io.BytesIO(content))

    def test_everything_that_is_held_is_in_it(self):
        archive = self.archive()
        told = archive.read("personal_data.json").decode()
        page = archive.read("personal_data.html").decode()
        for what, text in MARKERS.items():
            if what not in NOT_HIS:
                with self.subTest(what):
                    self.assertIn(text, told)
                    self.assertIn(text, page)

    def test_every_model_that_is_erased_is_handed_out(self):
        person = self.marked.sudo()._nps_whole_person()
        told = json.loads(self.archive().read("personal_data.json"))
        self.assertEqual(told.keys() - {"messages"}, person.count().keys())

    def test_it_says_where_data_comes_from_and_who_sees_it(self):
        page = self.archive().read("personal_data.html").decode()
        for heading in ("Where it comes from", "Who may see it", "how long"):
            self.assertIn(heading, page)

    def test_words_are_no_formulas(self):
        table = self.archive().read("nps_response.csv").decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
        self.assertIn('\'=HYPERLINK("http://x") MARKCOMMENT', cells)

    def test_no_answer_is_empty_and_a_zero_is_a_zero(self):
        self.happy.score = 0
        told = json.loads(self.archive().read("personal_data.json"))
        scores = [row["Score"] for row in told["nps.response"]]
        self.assertIn(0, scores)
        case = [row for row in told["nps.case"]][0]
        self.assertNotIn("Working Hours", case)

    def test_no_secret_is_in_it(self):
        told = self.archive().read("personal_data.json").decode()
        hashes = self.env["nps.invitation.link"].search([]).mapped("token_hash")
        self.assertFalse([secret for secret in hashes if secret in told])

    def test_it_is_recorded(self):
        self.marked.with_user(self.admin).action_nps_export_person()
        record = self.env["nps.erasure"].search([("kind", "=", "export")])
        self.assertEqual(record.user_id, self.admin)
        self.assertFalse(
            [p for p in self.places_of({"name": NAME}) if p.startswith("nps_erasure.")]
        )

    def test_the_link_works_for_the_one_who_asked_and_for_nobody_else(self):
        url = self.marked.with_user(self.admin).action_nps_export_person()["url"]
        self.authenticate(self.admin.login, "privacyadmin-password")
        answer = self.url_open(url)
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        self.assertIn(
            EMAIL,
            zipfile.ZipFile(io.BytesIO(answer.content))
            .read("personal_data.json")
            .decode(),
        )
        second = self.make_agent("second", groups="nps.nps_group_manager")
        second.password = "second-password"
        self.authenticate("second", "second-password")
        self.assertEqual(self.url_open(url).status_code, 403)
        self.assertEqual(self.url_open(url[:-3] + "abc").status_code, 403)
