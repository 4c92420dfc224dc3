import gc
from unittest.mock import patch

from psycopg2.errors import ProgramLimitExceeded, SerializationFailure

from odoo import modules
from odoo.tests import tagged

from ..models import nps_import_lookup, nps_import_run
from ..models.nps_score_mixin import SCORE_FIELDS
from ..tools import garbage
from .common_import import NpsImportCommon

DAY = "2025-04-13"
CARLA = "carla@bluesky.example"


@tagged("post_install", "-at_install")
class TestImportBatches(NpsImportCommon):
    """What many rows share is done once for all of them."""

    def ready(self, *rows, **values):
        """Return an import that is to be run."""
        record = self.check(self.csv_of(*rows, **values))
        record.action_import()
        return record

    def rows(self, count, *cells):
        return [(DAY, "9", f"c{n}@x.example", *cells) for n in range(count)]

    # === ONCE FOR ALL ROWS === #

    def test_a_file_is_read_once_in_however_many_batches(self):
        record = self.ready(*self.rows(7))
        content = type(record)._content
        with (
            patch.object(nps_import_run, "AT_ONCE", 2),
            patch.object(type(record), "_content", autospec=True) as read,
        ):
            read.side_effect = content
            record._run()
        self.assertEqual((record.state, record.good_count), ("done", 7))
        self.assertEqual(read.call_count, 1)

    def test_a_name_is_understood_once_however_many_rows_have_it(self):
        counts = []
        for day, count in (("2025-04-14", 5), ("2025-04-15", 50)):
            rows = [(day, *row[1:]) for row in self.rows(count, "", "", "agent")]
            record = self.ready(*rows)
            plain = nps_import_lookup.plain
            with patch.object(nps_import_lookup, "plain", side_effect=plain) as found:
                record._run()
            self.assertEqual(len(self.answers_of(record).user_id), 1)
            counts.append(found.call_count)
        self.assertEqual(counts[0], counts[1])

    def test_rows_of_which_one_says_more_keep_their_own(self):
        headers = ("Date", "Score", "E-mail", "Agent", "Language", "Product", "Topic")
        record = self.ready(
            (DAY, "9", "a@x.example"),
            (DAY, "1", CARLA, "agent", "en_US", "Phone", "Line"),
            (DAY, "9", "b@x.example"),
            headers=headers,
        )
        record._run()
        first, second, third = self.answers_of(record)
        asks = (first | third).invitation_id
        self.assertEqual(
            [r.category for r in (first, second, third)],
            ["promoter", "detractor", "promoter"],
        )
        self.assertEqual(asks.mapped("product_name"), [False, False])
        self.assertFalse(asks.user_id or asks.partner_id)
        self.assertEqual(second.invitation_id.product_name, "Phone")
        self.assertEqual(second.invitation_id.subject, "Line")
        self.assertEqual(second.user_id, self.agent)
        self.assertEqual(second.partner_id, self.customer)

    # === LAST SCORES === #

    def scores(self, contacts):
        self.env.flush_all()
        self.env.invalidate_all()
        return contacts.read(sorted(SCORE_FIELDS))

    def test_the_last_scores_are_those_that_looking_them_up_finds(self):
        contacts = self.env["res.partner"].create(
            [
                {
                    "name": f"L{n}",
                    "email": f"l{n}@x.example",
                    "parent_id": self.customer_company.id,
                }
                for n in range(4)
            ]
        )
        self.bring(("2024-02-02", "1", "l3@x.example"))
        contacts |= self.customer | self.customer_company
        self.answer(self.pick(), 4)
        moments = ("2024-01-01", "2024-03-03", "2024-02-02", "2024-03-03")
        self.bring(
            *[
                (moment, str(n + place), f"l{n}@x.example")
                for n in range(4)
                for place, moment in enumerate(moments)
            ],
            ("2024-01-01", "10", CARLA),
        )
        # At the moment of the last one, too.
        self.bring(("2024-03-03", "9", "l0@x.example"))
        found = self.scores(contacts)
        self.assertEqual([each["nps_score"] for each in found], [9, 4, 5, 6, 4, 4])
        self.env["res.partner"]._nps_refresh_scores(contacts.ids)
        self.assertEqual(self.scores(contacts), found)

    # === CONFLICTS === #

    def test_after_each_conflict_fewer_rows_are_stored_together(self):
        record = self.ready(*self.rows(1))
        sizes = []

        def run(_record, _commit, size):
            sizes.append(size)
            if len(sizes) < 9:
                raise SerializationFailure
            return True

        with (
            patch.object(type(record), "_run", run),
            patch.object(modules.module, "current_test", None),
            patch.object(self.env.cr, "rollback"),
        ):
            self.assertTrue(record._run_again_on_conflicts())
        most, fewest = nps_import_run.AT_ONCE, nps_import_run.FEWEST_AT_ONCE
        self.assertEqual(sizes[:3], [most, most // 2, most // 4])
        self.assertEqual(sizes[-1], fewest)

    # === TOO MUCH AT ONCE === #

    def test_what_is_too_long_for_one_statement_is_stored_in_two(self):
        record = self.ready(*self.rows(5))
        insert, sizes = type(record)._insert, []

        def limited(this, rows):
            sizes.append(len(rows))
            if len(rows) > 3:
                raise ProgramLimitExceeded
            insert(this, rows)

        with patch.object(type(record), "_insert", limited):
            record._run()
        self.assertEqual((record.good_count, record.bad_count), (5, 0))
        self.assertEqual(sizes, [5, 2, 3])

    # === GARBAGE === #

    def test_python_looks_for_garbage_again_also_after_an_error(self):
        self.assertTrue(gc.isenabled())
        with self.assertRaises(ValueError), garbage.kept():
            self.assertFalse(gc.isenabled())
            raise ValueError
        self.assertTrue(gc.isenabled())
