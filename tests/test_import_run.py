from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..models import nps_import_run
from .common_import import NpsImportCommon

DAY = "2025-04-13"
CARLA = "carla@bluesky.example"
DIFFER = {
    "id",
    "state_text",
    "draw",
    "asked_at",
    "trying_since",
    "case_check_at",
    "case_news",
    "attempts",
    "import_id",
    "import_row",
    "import_ref",
    "invitation_id",
    "echo_state",
    "create_uid",
    "write_uid",
}
"""Columns that cannot be the same, or say that the one was sent and told of."""


@tagged("post_install", "-at_install")
class TestImportRun(NpsImportCommon):
    """Batch by batch: nothing is lost, nothing doubled."""

    def rows(self, count):
        return [(DAY, str(n % 11), f"c{n}@x.example") for n in range(count)]

    # === THE SAME AS ORDINARY ANSWERS === #

    def columns_of(self, table, record):
        self.env.flush_all()
        self.env.cr.execute(f"SELECT * FROM {table} WHERE id = %s", [record.id])
        return self.env.cr.dictfetchone()

    def assertSameColumns(self, table, ours, other):
        ours, other = self.columns_of(table, ours), self.columns_of(table, other)
        for name in ours.keys() - DIFFER:
            with self.subTest(table=table, column=name):
                self.assertEqual(ours[name], other[name])

    def test_an_imported_row_is_like_an_ordinary_one_in_every_column(self):
        tag = self.env["res.partner.category"].create({"name": "Gold"})
        country = self.env.ref("base.de")
        industry = self.env["res.partner.industry"].create({"name": "Shipping"})
        self.customer.write(
            {"country_id": country.id, "zip": "10115", "category_id": [(4, tag.id)]}
        )
        self.customer_company.industry_id = industry
        with freeze_time("2027-05-01 10:20:30"):
            invitation = self.pick()
            response = self.answer(invitation, 9, comment="Good", lang="en_US")
        headers = ("Date", "Score", "E-mail", "Comment", "Agent", "Outcome", "Language")
        row = ("2027-05-01 10:20:30", "9", CARLA, "Good", "agent", "fixed", "en_US")
        # It is the same answer: the first one has to make room.
        invitation.email_normalized = "other@x.example"
        with freeze_time("2027-05-01 10:20:31"):
            record = self.bring(content=self.csv_of(row, headers=headers))
        invitation.email_normalized = CARLA
        imported = self.answers_of(record)
        later = {"create_date", "write_date"}
        with patch.dict(globals(), {"DIFFER": DIFFER | later}):
            self.assertSameColumns("nps_response", imported, response)
            self.assertSameColumns("nps_invitation", imported.invitation_id, invitation)
        tags = imported.invitation_id.customer_tag_ids
        self.assertEqual((tags, invitation.customer_tag_ids), (tag, tag))

    # === BATCHES === #

    def test_a_batch_needs_as_many_queries_whatever_its_size(self):
        counts = []
        for number, size in enumerate((5, 5, 50)):
            rows = [
                (DAY, "9", f"q{number}-{n}@x.example", "", "", "agent")
                for n in range(size)
            ]
            record = self.check(self.csv_of(*rows))
            record.action_import()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            record._run()
            counts.append(self.env.cr.sql_log_count - before)
        # The first one fills what is read once.
        self.assertAlmostEqual(counts[1], counts[2], delta=3)

    def test_a_large_file_is_checked_by_the_cron_with_progress(self):
        with (
            patch.object(nps_import_run, "AT_ONCE", 2),
            patch("odoo.addons.nps.models.nps_import.CHECK_AT_ONCE", 3),
        ):
            record = self.check(self.csv_of(*self.rows(5)))
            self.assertEqual((record.state, record.progress), ("checking", 0))
            self.run_import_cron()
        self.assertEqual((record.state, record.progress), ("checked", 100))
        self.assertEqual(record.good_count, 5)

    def ended_after(self, batches, record):
        """Work as a cron whose server is ended after some batches."""
        left = iter([100] * (batches - 1) + [0])

        def commit(_done, remaining):
            self.env.flush_all()
            return next(left)

        with patch.object(nps_import_run, "AT_ONCE", 2):
            return record._run(commit)

    def test_who_ends_the_server_in_the_middle_loses_and_doubles_nothing(self):
        record = self.check(self.csv_of(*self.rows(7)))
        record.action_import()
        self.assertFalse(self.ended_after(2, record))
        self.env.invalidate_all()
        self.assertEqual(len(self.answers_of(record)), 4)
        self.assertEqual((record.state, record.good_count), ("importing", 4))
        self.run_import_cron()
        self.assertEqual((record.state, record.good_count), ("done", 7))
        rows = self.answers_of(record).invitation_id.mapped("import_row")
        self.assertEqual(rows, list(range(2, 9)))

    def test_what_stands_twice_is_found_also_after_an_interruption(self):
        rows = self.rows(3)
        record = self.check(self.csv_of(*rows, *rows))
        self.assertEqual((record.good_count, record.known_count), (3, 3))
        record.action_import()
        self.ended_after(1, record)
        self.run_import_cron()
        self.assertEqual((record.good_count, record.known_count), (3, 3))
        self.assertEqual(len(self.answers_of(record)), 3)

    def test_a_row_cannot_be_stored_twice(self):
        record = self.bring((DAY, "9", CARLA))
        invitation = self.answers_of(record).invitation_id
        other = self.pick()
        with self.assertRaises(psycopg2.IntegrityError), self.cr.savepoint():
            self.env.cr.execute(
                "UPDATE nps_invitation SET import_id = %s, import_row = %s"
                " WHERE id = %s",
                [record.id, invitation.import_row, other.id],
            )

    def test_a_row_that_the_database_refuses_is_in_nobodys_way(self):
        record = self.check(self.csv_of(*self.rows(3)))
        record.action_import()
        store = type(record)._invitation_values

        def spoil_one(this, row, snapshots):
            values = store(this, row, snapshots)
            return {
                **values,
                "outcome_id": None if row.number == 3 else self.outcome.id,
            }

        with (
            patch.object(type(record), "_invitation_values", spoil_one),
            self.assertLogs("odoo.addons.nps.models.nps_import_run", "WARNING") as log,
            self.assertNoLogs("odoo.sql_db", "ERROR"),
        ):
            self.run_import_cron()
        self.assertEqual((record.state, record.good_count), ("done", 2))
        self.assertEqual(record.problem_ids.mapped("row"), [3])
        self.assertIn("database refuses", record.problem_ids.reason)
        self.assertNotIn("Failing row", str(log.output) + record.problem_ids.reason)

    # === IMPORTED BEFORE === #

    def test_the_same_file_again_brings_nothing(self):
        rows = [*self.rows(2), (DAY, "9"), (DAY, "9")]
        self.bring(*rows)
        again = self.check(self.csv_of(*rows))
        self.assertEqual((again.good_count, again.known_count), (0, 4))

    def test_two_strangers_with_the_same_score_on_a_day_are_two(self):
        record = self.bring((DAY, "9"), (DAY, "9"))
        self.assertEqual(record.good_count, 2)

    def test_the_same_external_id_is_the_same_answer(self):
        row = (DAY, "9", "", "", "", "", "T-1")
        self.bring(row)
        again = self.check(self.csv_of((DAY, "3", "", "", "", "", "T-1"), row))
        self.assertEqual((again.good_count, again.known_count), (0, 2))

    def test_an_answer_that_a_customer_gave_here_is_not_imported(self):
        response = self.answer(self.pick(), 9)
        moment = response.submitted_at.isoformat(" ")
        record = self.check(self.csv_of((moment, "9", CARLA), (moment, "8", CARLA)))
        self.assertEqual((record.good_count, record.known_count), (1, 1))

    # === THE FILE === #

    def test_file_and_samples_are_gone_after_the_import(self):
        record = self.bring((DAY, "9", CARLA))
        self.assertFalse(record.file)
        self.assertFalse(any(record.column_ids.mapped("sample")))
        self.assertEqual(len(record.checksum), 64)
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", "nps.import"), ("res_field", "=", "file")]
        )
        self.assertNotIn(record.id, attachments.mapped("res_id"))

    def test_rows_with_errors_are_gone_when_the_import_is_closed(self):
        record = self.bring((DAY, "9"), (DAY, "11"))
        record.action_close()
        self.assertFalse(record.problem_ids)
        self.assertEqual((record.state, record.bad_count), ("closed", 1))

    def test_rows_and_files_are_gone_after_a_month(self):
        done = self.bring((DAY, "9"), (DAY, "11"))
        waiting = self.check(self.csv_of((DAY, "8"), (DAY, "12")))
        self.env.flush_all()
        self.env.cr.execute("UPDATE nps_import SET write_date = '2020-01-01'")
        self.env.invalidate_all()
        self.env["nps.import"]._gc_rows()
        self.assertFalse(done.problem_ids | waiting.problem_ids)
        self.assertFalse(waiting.file)
        self.assertEqual((done.state, waiting.state), ("closed", "draft"))

    def test_the_log_says_who_when_and_what(self):
        record = self.bring((DAY, "9"), (DAY, "11"))
        log = " ".join(record.message_ids.mapped("body"))
        for words in ("npsadmin", "past.csv", record.checksum, "1 answers imported"):
            self.assertIn(words, log)
        self.assertEqual(record.user_id, self.admin)

    def test_an_import_under_way_can_be_stopped(self):
        record = self.check(self.csv_of(*self.rows(6)))
        record.action_import()
        self.ended_after(1, record)
        record.action_stop()
        self.run_import_cron()
        self.assertEqual((record.state, record.good_count), ("done", 2))

    # === UNDO === #

    def test_undo_leaves_nothing_and_gives_back_the_score(self):
        self.answer(self.pick(), 4)
        before = self.env["nps.invitation"].search_count([])
        soon = "2026-11-28" if self.customer.nps_answered_at else DAY
        record = self.bring(
            (DAY, "9", CARLA), (soon, "8", "new@x.example"), creates_contacts=True
        )
        record.action_undo()
        self.assertEqual(record.state, "undoing")
        self.run_import_cron()
        self.assertEqual(record.state, "undone")
        self.assertFalse(self.answers_of(record))
        self.assertEqual(self.env["nps.invitation"].search_count([]), before)
        self.assertEqual(self.customer.nps_score, 4)
        self.assertFalse(
            self.env["res.partner"].search([("email", "=", "new@x.example")])
        )

    def test_undo_empties_the_score_of_who_has_no_other_answer(self):
        record = self.bring((DAY, "0", CARLA))
        self.assertEqual(self.customer.nps_category, "detractor")
        record.action_undo()
        self.run_import_cron()
        self.assertFalse(self.customer.nps_category)
        self.assertIs(self.customer.nps_score, False)

    def test_undo_keeps_a_contact_that_somebody_uses(self):
        record = self.bring((DAY, "9", "new@x.example"), creates_contacts=True)
        contact = self.env["res.partner"].search([("email", "=", "new@x.example")])
        self.make_ticket(partner_id=contact.id)
        record.action_undo()
        self.run_import_cron()
        self.assertTrue(contact.exists())
        self.assertFalse(contact.nps_import_id)

    def test_undo_keeps_a_contact_with_which_a_created_one_was_merged(self):
        record = self.bring((DAY, "9", "new@x.example"), creates_contacts=True)
        created = self.env["res.partner"].search([("email", "=", "new@x.example")])
        mine = self.env["res.partner"].create({"name": "Mine", "email": "m@x.example"})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((created | mine).ids, mine)
        self.assertFalse(created.exists())
        record.action_undo()
        self.run_import_cron()
        self.assertTrue(mine.exists())

    def test_undo_removes_what_was_made_of_an_answer(self):
        record = self.bring((DAY, "1", CARLA, "", "Bad", "agent"))
        response = self.answers_of(record)
        response.with_user(self.agent).action_contest("not_mine", "A colleague's")
        dispute = response.dispute_ids
        record.action_undo()
        self.run_import_cron()
        self.assertFalse(dispute.exists() or response.exists())

    def test_after_undo_the_file_can_be_imported_again(self):
        row = (DAY, "9", CARLA, "", "", "", "T-1")
        record = self.bring(row)
        record.action_undo()
        self.run_import_cron()
        self.assertEqual(self.bring(row).good_count, 1)

    def test_an_import_is_kept_as_long_as_answers_tell_of_it(self):
        record = self.bring((DAY, "9"))
        with self.assertRaisesRegex(UserError, "Undo it"):
            record.unlink()
        self.check(self.csv_of((DAY, "8"))).unlink()

    def test_nothing_of_an_imported_file_can_be_changed(self):
        record = self.bring((DAY, "9"))
        with self.assertRaisesRegex(UserError, "imported already"):
            record.survey_id = self.make_survey("csat")
        with self.assertRaisesRegex(AccessError, "noted by itself"):
            record.checksum = "0" * 64
