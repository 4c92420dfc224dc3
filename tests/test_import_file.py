import base64
import io
import zipfile
from datetime import datetime

import openpyxl
from openpyxl.chart import BarChart

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools import import_cells, import_headers
from .common_import import NpsImportCommon

GERMAN = ("Datum", "Bewertung", "Kunden-E-Mail", "Kommentar")


@tagged("post_install", "-at_install")
class TestImportFile(NpsImportCommon):
    """However a table was written, its columns and rows are found."""

    def assertRefused(self, words, content, **values):
        with self.assertRaisesRegex(UserError, words):
            self.make_import(content, **values)

    def comment_of(self, content):
        record = self.check(content)
        self.assertEqual(record.good_count, 1, record.problem_ids.mapped("reason"))
        return record.column_ids.filtered(lambda c: c.target == "comment").sample

    # === HOW A TEXT IS WRITTEN === #

    def test_letters_with_accents_are_read_in_every_usual_encoding(self):
        row = ("13.04.2025", "9", "", "Größte Hilfe, süß")
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"):
            with self.subTest(encoding=encoding):
                content = self.csv_of(
                    row, headers=GERMAN, delimiter=";", encoding=encoding
                )
                self.assertEqual(self.comment_of(content), row[3])

    def test_columns_may_be_separated_by_any_usual_sign(self):
        row = ("13.04.2025", "9,0", "", "Good, thanks")
        for delimiter in (",", ";", "\t", "|"):
            with self.subTest(delimiter=delimiter):
                content = self.csv_of(row, headers=GERMAN, delimiter=delimiter)
                self.assertEqual(self.comment_of(content), row[3])

    def test_a_wrong_encoding_is_corrected_by_the_administrator(self):
        content = self.csv_of(
            ("13.04.2025", "9", "", "Łódź"),
            headers=GERMAN,
            delimiter=";",
            encoding="cp1250",
        )
        record = self.make_import(content)
        record.encoding = "cp1250"
        sample = record.column_ids.filtered(lambda c: c.target == "comment").sample
        self.assertEqual(sample, "Łódź")

    def test_an_encoding_that_does_not_fit_says_so(self):
        record = self.make_import(
            self.csv_of(("2025-04-13", "9", "", "", "Grüße"), encoding="latin-1")
        )
        with self.assertRaisesRegex(UserError, "encoding"):
            record.encoding = "utf-8"

    # === WORKBOOKS === #

    def test_a_workbook_is_read_with_its_own_dates_and_numbers(self):
        content = self.xlsx_of(
            (datetime(2025, 4, 13, 9, 30), 9, "carla@bluesky.example"),
            (datetime(2025, 4, 14), 7.0, "", None, "Fine"),
        )
        record = self.bring(content=content)
        first, second = self.answers_of(record)
        self.assertEqual(first.submitted_at, datetime(2025, 4, 13, 9, 30))
        self.assertEqual((first.score, second.score), (9, 7))
        self.assertEqual(second.comment, "Fine")

    def test_a_workbook_is_known_by_its_content_and_not_by_its_name(self):
        record = self.make_import(self.xlsx_of(("2025-04-13", 9)), file_name="a.csv")
        self.assertTrue(record.is_workbook)

    # === HEADERS === #

    def test_every_column_that_can_be_chosen_is_known_by_its_headers(self):
        targets = set(self.env["nps.import.column"]._targets())
        self.assertEqual(set(import_headers.HEADERS), targets)

    def test_headers_are_kept_as_they_are_compared(self):
        texts = import_headers.HEADERS.values()
        known = [name for text in texts for name in text.split("|")]
        self.assertEqual(known, list(map(import_cells.plain, known)))
        self.assertEqual(len(known), len(set(known)))

    # === WHAT IS NO TABLE === #

    def test_an_empty_file_is_refused(self):
        self.assertRefused("empty", b"  \n ")

    def test_a_file_without_rows_is_refused(self):
        self.assertRefused("no row below", self.csv_of())
        self.assertRefused("no row below", self.xlsx_of())

    def test_a_picture_is_refused(self):
        self.assertRefused("neither a CSV", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")

    def test_an_archive_that_is_no_workbook_is_refused(self):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as packed:
            packed.writestr("a.txt", "x")
        self.assertRefused("neither a CSV", target.getvalue())
        self.assertRefused("neither a CSV", self.xlsx_of(("a", 1))[:900])

    def test_an_old_or_locked_workbook_is_refused_with_what_to_do(self):
        self.assertRefused("xlsx without a password", b"\xd0\xcf\x11\xe0" + b"x" * 99)

    def test_a_workbook_of_charts_alone_is_refused_as_empty(self):
        self.assertRefused("file is empty", self.charts_alone(BarChart()))

    def test_a_workbook_that_cannot_be_opened_is_refused(self):
        self.assertRefused("neither a CSV", self.charts_alone())

    def charts_alone(self, *charts):
        """Return a workbook without a table; without a chart its reader breaks."""
        book = openpyxl.Workbook()
        sheet = book.create_chartsheet()
        for chart in charts:
            sheet.add_chart(chart)
        book.remove(book.worksheets[0])
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    def test_too_many_columns_are_refused(self):
        headers = [f"c{number}" for number in range(300)]
        self.assertRefused("300 columns", self.csv_of(["1"], headers=headers))

    def test_two_hundred_columns_are_no_trouble(self):
        headers = [*HEADS, *[f"c{number}" for number in range(198)]]
        record = self.check(self.csv_of(("2025-04-13", "9"), headers=headers))
        self.assertEqual((len(record.column_ids), record.good_count), (200, 1))

    def test_a_cell_of_ten_million_letters_is_one_bad_row(self):
        content = self.csv_of(
            ("2025-04-13", "9", "", "", "x" * 10_000_000), ("2025-04-14", "8")
        )
        record = self.check(content)
        self.assertEqual((record.good_count, record.bad_count), (1, 1))
        self.assertIn("too long", record.problem_ids.reason)

    def test_a_new_file_takes_the_place_of_the_old_one(self):
        record = self.check(self.csv_of(("2025-04-13", "9")))
        other = self.csv_of(("2025-04-13", "11"), headers=("Date", "Score"))
        record.file = base64.b64encode(other)
        self.assertEqual(record.state, "draft")
        self.assertEqual(record.column_ids.mapped("header"), ["Date", "Score"])


HEADS = ("Date", "Score")
