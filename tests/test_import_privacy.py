import base64

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ..models.nps_person import Person
from .common_import import NpsImportCommon

DAY = "2025-04-13"
NAME, EMAIL = "Zorbella Quimrax", "zorbella@marker.example"
OTHER = ("2025-05-02", "9", "carla@bluesky.example", "Carla", "Fine")
ROW = (DAY, "2", EMAIL, NAME, "MARKWORDS", "", "MARKREF")
REFERENCED = ("Answered at", "Score", "E-mail", "Name", "Comment", "Agent")
REFERENCED += ("External ID",)


@tagged("post_install", "-at_install")
class TestImportPrivacy(NpsImportCommon):
    """Erasing a person reaches what an import kept of him, and it stays so."""

    def bring_row(self, *rows, **values):
        content = self.csv_of(*(rows or (ROW, OTHER)), headers=REFERENCED)
        return self.bring(content=content, **values)

    def erase(self, name=NAME, email=EMAIL, user=None):
        partner = self.env["res.partner"].create({"name": name, "email": email})
        partner.with_user(user or self.admin).action_nps_erase_person()
        self.env.invalidate_all()

    def answer_count(self):
        return self.env["nps.response"].search_count([("import_id", "!=", False)])

    # === IMPORTED ANSWERS === #

    def test_his_imported_answer_counts_on_and_tells_nothing(self):
        record = self.bring_row()
        invitation = self.answers_of(record)[0].invitation_id
        self.erase()
        self.assertEqual(invitation._counted_response().score, 2)
        kept = invitation.read(["import_ref", "import_row", "email", "customer_name"])
        self.assertEqual({*kept[0].values()} - {invitation.id}, {False})
        self.assertEqual(invitation.import_id, record)

    def test_a_contact_that_the_import_created_goes_with_him(self):
        self.bring_row(creates_contacts=True)
        contact = self.env["res.partner"].search([("email", "=", EMAIL)])
        self.assertTrue(contact.nps_import_id)
        contact.with_user(self.admin).action_nps_erase_person()
        self.assertFalse(contact.exists())

    def test_the_import_of_an_erased_person_can_be_undone(self):
        record = self.bring_row(creates_contacts=True)
        self.erase()
        record.action_undo()
        self.run_import_cron()
        self.assertEqual(record.state, "undone")
        self.assertFalse(self.answer_count())

    # === THE FILE COMES AGAIN === #

    def test_the_same_file_does_not_bring_him_back(self):
        self.bring_row(creates_contacts=True)
        self.erase()
        again = self.bring_row_again(*[ROW, OTHER])
        self.assertEqual((again.good_count, again.known_count), (0, 2))

    def bring_row_again(self, *rows):
        return self.check(self.csv_of(*rows, headers=REFERENCED), creates_contacts=True)

    def test_a_file_with_the_same_external_id_does_not_either(self):
        self.bring_row()
        self.erase()
        again = self.bring_row_again((DAY, "3", "", "", "New", "", "MARKREF"))
        self.assertEqual((again.good_count, again.known_count), (0, 1))

    def test_a_file_with_the_same_address_moment_and_score_does_not_either(self):
        self.bring_row(ROW[:6])
        self.erase()
        again = self.bring_row_again(OTHER, ROW[:4])
        self.assertEqual((again.good_count, again.known_count), (1, 1))

    def test_also_after_undo_he_stays_away(self):
        record = self.bring_row()
        self.erase()
        record.action_undo()
        self.run_import_cron()
        again = self.bring_row_again(ROW, OTHER)
        self.assertEqual((again.good_count, again.known_count), (1, 1))

    def test_another_answer_of_his_would(self):
        self.bring_row()
        self.erase()
        again = self.bring_row_again(("2024-01-05", "7", EMAIL, NAME))
        self.assertEqual(again.good_count, 1)

    def test_what_is_remembered_is_no_text_and_leads_to_no_answer(self):
        self.bring_row()
        self.erase()
        rows = self.env.execute_query_dict(SQL("SELECT * FROM nps_import_erased"))
        self.assertEqual(len(rows), 3)
        for row in rows:
            self.assertEqual(row.keys(), {"id", "digest"})
            self.assertRegex(row["digest"], "^[0-9a-f]{64}$")

    def test_what_is_erased_by_age_is_not_counted_twice(self):
        record = self.bring_row()
        self.env["nps.erasure"]._erase_outdated(
            self.answers_of(record).invitation_id, self.company
        )
        again = self.bring_row_again(OTHER, ROW)
        self.assertEqual((again.good_count, again.known_count), (0, 2))

    # === WHAT WAITS === #

    def test_a_waiting_file_that_tells_of_him_is_deleted_and_says_why(self):
        for make in (self.csv_of, self.xlsx_of):
            with self.subTest(make.__name__):
                record = self.check(make(ROW, OTHER, headers=REFERENCED))
                self.erase()
                self.assertEqual(record.state, "draft")
                self.assertFalse(record.file)
                self.assertFalse(any(record.column_ids.mapped("sample")))
                self.assertIn("The file was deleted", record.message_ids[0].body)

    def test_a_waiting_file_of_others_stays(self):
        record = self.check(self.csv_of(OTHER, (DAY, "3", f"jo.{EMAIL}", NAME)))
        self.erase()
        self.assertEqual(record.state, "checked")
        self.assertTrue(record.file)

    def test_another_file_can_be_chosen_afterwards(self):
        record = self.check(self.csv_of(ROW))
        self.erase()
        content = base64.b64encode(self.csv_of(OTHER))
        record.write({"file": content, "file_name": "clean.csv"})
        record.action_check()
        self.assertEqual(record.good_count, 1)

    def test_while_his_file_is_imported_the_erasure_says_to_wait(self):
        record = self.check(self.csv_of(ROW))
        record.action_import()
        with self.assertRaisesRegex(UserError, "right now: past.csv"):
            self.erase()

    def test_rows_with_errors_go_where_they_are_his(self):
        bad = (DAY, "99", EMAIL, NAME)
        namesake = (DAY, "98", "other@marker.example", NAME)
        record = self.bring(bad, namesake, OTHER)
        self.erase()
        self.assertEqual(record.problem_ids.mapped("value"), ["98"])

    def test_a_row_with_a_broken_address_is_his_by_his_name(self):
        record = self.bring((DAY, "9", "zorbella at marker", NAME), OTHER)
        self.assertEqual(len(record.problem_ids), 1)
        self.erase()
        self.assertFalse(record.problem_ids)

    def test_signs_of_patterns_in_an_address_find_nobody_else(self):
        record = self.bring((DAY, "99", "joXdoe@marker.example", "Jo"), OTHER)
        self.erase("Jo Doe", "jo_doe@marker.example")
        self.assertEqual(len(record.problem_ids), 1)

    def test_a_first_row_in_the_place_of_headers_goes_too(self):
        record = self.make_import(self.csv_of(OTHER, headers=ROW))
        self.erase()
        self.assertNotIn(EMAIL, record.column_ids.mapped("header"))

    def test_by_age_nothing_of_a_waiting_file_is_deleted(self):
        waiting = self.check(self.csv_of((DAY, "99", "", NAME), OTHER))
        record = self.bring_row()
        self.env["nps.erasure"]._erase_outdated(
            self.answers_of(record).invitation_id, self.company
        )
        self.assertTrue(waiting.file)
        self.assertTrue(waiting.problem_ids)

    # === WHO, AND WHAT IS SAID === #

    def test_rows_of_another_company_need_an_administrator_of_it(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.make_import(
            self.csv_of((DAY, "99", EMAIL), OTHER),
            user=self.env.user,
            company_id=elsewhere.id,
        ).action_check()
        with self.assertRaisesRegex(UserError, "Elsewhere"):
            self.erase()
        partner = self.env["res.partner"].create({"name": NAME, "email": EMAIL})
        with self.assertRaisesRegex(UserError, "Elsewhere"):
            partner.with_user(self.admin).action_nps_export_person()

    def test_the_dialog_says_what_goes_and_what_would_bring_him_back(self):
        self.bring_row(creates_contacts=True)
        self.check(self.csv_of(ROW, (DAY, "99", EMAIL)))
        contact = self.env["res.partner"].search([("email", "=", EMAIL)])
        action = contact.with_user(self.admin).action_nps_open_erasure()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        summary = dialog.with_user(self.admin).summary
        for words in ("wait to be imported", "rows with errors", "keyed hashes of his"):
            self.assertIn(words, summary)

    def test_rows_of_a_namesake_are_not_handed_out(self):
        rows = [(DAY, "99", EMAIL, NAME), (DAY, "98", "other@marker.example", NAME)]
        self.bring(*rows, OTHER)
        partner = self.env["res.partner"].create({"name": NAME, "email": EMAIL})
        found = Person(self.env, partner).found["nps.import.problem"]
        self.assertEqual(found.mapped("value"), ["99"])
        self.assertIn(EMAIL, str(found._nps_hand_out()))
