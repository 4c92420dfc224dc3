import psycopg2

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from .common_target import TargetCase

COLUMNS = ["name", "value", "answers", "source", "date_from", "industry_id", "url"]
GOOD = ["Hotels", "32", "1200", "Trade association", "2026-01-01", "", ""]


@tagged("post_install", "-at_install")
class TestBenchmark(TargetCase):
    """A number of somebody else, with where it comes from."""

    def assertRefused(self, error, **values):
        with self.assertRaises(error), mute_logger("odoo.sql_db"):
            self.make_benchmark(**values)

    def test_no_benchmark_is_shipped(self):
        shipped = self.env["ir.model.data"].search(
            [("model", "=", "nps.benchmark"), ("module", "=", "nps")]
        )
        self.assertFalse(shipped.filtered(lambda data: "demo" not in data.name))

    def test_a_number_without_source_cannot_be_stored(self):
        self.assertRefused(psycopg2.errors.NotNullViolation, source=False)
        self.assertRefused(ValidationError, source="  ")

    def test_a_number_of_nobody_knows_how_many_answers_cannot_be_stored(self):
        self.assertRefused(psycopg2.errors.NotNullViolation, answers=False)
        self.assertRefused(psycopg2.errors.CheckViolation, answers=0)

    def test_a_mean_or_share_beyond_the_scale_is_no_net_score(self):
        self.assertRefused(psycopg2.errors.CheckViolation, value=-101)

    def test_its_interval_holds_the_number(self):
        self.assertRefused(psycopg2.errors.CheckViolation, low=33, high=40)
        self.assertRefused(psycopg2.errors.CheckViolation, low=20, high=31)
        self.assertTrue(self.make_benchmark(low=30, high=34))

    def test_an_interval_is_not_needed(self):
        benchmark = self.make_benchmark()
        self.assertEqual((benchmark.low, benchmark.high), (False, False))

    def test_the_same_number_is_not_there_twice(self):
        self.make_benchmark()
        self.assertRefused(psycopg2.errors.UniqueViolation)

    def test_an_address_is_one_of_a_web_page(self):
        self.assertRefused(ValidationError, url="javascript:alert(1)")
        self.assertTrue(self.make_benchmark(url="https://example.com/study"))


@tagged("post_install", "-at_install")
class TestBenchmarkImport(TargetCase):
    """Odoo's import: all rows of a file or none, and errors that say what to do."""

    def load(self, *rows):
        """Import rows as the import screen does; return (messages, benchmarks)."""
        lines = [",".join(f'"{cell}"' for cell in row) for row in (COLUMNS, *rows)]
        wizard = (
            self.env["base_import.import"]
            .with_user(self.admin)
            .create(
                {
                    "res_model": "nps.benchmark",
                    "file": "\n".join(lines).encode(),
                    "file_name": "benchmarks.csv",
                    "file_type": "text/csv",
                }
            )
        )
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        with mute_logger("odoo.sql_db"):
            result = wizard.execute_import(COLUMNS, COLUMNS, options)
        found = self.env["nps.benchmark"].search([])
        return [message["message"] for message in result["messages"]], found

    def test_good_rows_are_imported(self):
        other = ["Banks", "-12.5", "800", "Consumers", "2026-01-01", "", ""]
        messages, benchmarks = self.load(GOOD, other)
        self.assertFalse(messages)
        self.assertEqual(benchmarks.mapped("value"), [-12.5, 32])

    def assertImportFails(self, words, **cells):
        bad = dict(zip(COLUMNS, ["Bad", *GOOD[1:]], strict=True)) | cells
        messages, benchmarks = self.load(GOOD, list(bad.values()))
        self.assertIn(words, " ".join(messages))
        self.assertFalse(benchmarks, "Half of a file is imported.")

    def test_a_row_without_source_stops_the_file(self):
        self.assertImportFails("Source", source="")

    def test_a_row_without_number_of_answers_stops_the_file(self):
        self.assertImportFails("Answers", answers="")

    def test_a_row_of_no_answers_says_what_is_needed(self):
        self.assertImportFails("Say of how many answers", answers="0")

    def test_a_row_beyond_the_scale_says_what_a_net_score_is(self):
        self.assertImportFails("from −100 to 100", value="250")

    def test_a_row_with_an_unknown_industry_names_it(self):
        self.assertImportFails("Atlantis", industry_id="Atlantis")

    def test_a_row_with_a_number_in_words_names_it(self):
        self.assertImportFails("many", value="many")

    def test_a_row_that_is_there_already_says_so(self):
        self.assertImportFails("already", name="Hotels")

    def test_the_template_can_be_imported_as_it_is(self):
        template = self.env["nps.benchmark"].get_import_templates()[0]["template"]
        with file_open(template.removeprefix("/"), "r") as file:
            columns, *rows = [line.strip() for line in file if line.strip()]
        self.assertEqual(len(rows), 1)
        for column in columns.split(","):
            self.assertIn(column, self.env["nps.benchmark"]._fields)
