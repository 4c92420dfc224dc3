"""Builders for imports of past answers."""

import base64
import csv
import io

import openpyxl

from odoo.tests import new_test_user

from .common import NpsCommon

HEADERS = ("Answered at", "Score", "E-mail", "Name", "Comment", "Agent", "Ticket")


class NpsImportCommon(NpsCommon):
    """An administrator of NPS, and files of other programs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(
            cls.env,
            "npsadmin",
            groups="nps.nps_group_manager",
            email="npsadmin@acme.example",
            tz="UTC",
        )

    @classmethod
    def csv_of(cls, *rows, headers=HEADERS, delimiter=",", encoding="utf-8"):
        """Return a CSV file; shorter rows end with empty cells."""
        target = io.StringIO(newline="")
        writer = csv.writer(target, delimiter=delimiter)
        writer.writerow(headers)
        for row in rows:
            writer.writerow([*row, *[""] * (len(headers) - len(row))])
        return target.getvalue().encode(encoding)

    @classmethod
    def xlsx_of(cls, *rows, headers=HEADERS):
        book = openpyxl.Workbook()
        for row in (headers, *rows):
            book.active.append(list(row))
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    @classmethod
    def make_import(cls, content, user=None, **values):
        """Upload a file as an administrator."""
        return (
            cls.env["nps.import"]
            .with_user(user or cls.admin)
            .create(
                {
                    "file": base64.b64encode(content),
                    "file_name": "past.csv",
                    "survey_id": cls.survey.id,
                    "tz": "UTC",
                    **values,
                }
            )
        )

    @classmethod
    def check(cls, content, **values):
        """Upload a file and check it."""
        record = cls.make_import(content, **values)
        record.action_check()
        return record

    def bring(self, *rows, content=None, **values):
        """Import rows as the administrator and the cron do; return the import."""
        record = self.check(content or self.csv_of(*rows), **values)
        record.action_import()
        self.run_import_cron()
        return record

    def run_import_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("nps.ir_cron_nps_import").method_direct_trigger()
        self.env.invalidate_all()

    def answers_of(self, record):
        """Return the answers of an import in the order of the file."""
        responses = self.env["nps.response"].search([("import_id", "=", record.id)])
        return responses.sorted(lambda r: r.invitation_id.import_row)

    def reason_of(self, *row, headers=HEADERS, **values):
        """Return what is said of a file with one bad row, as (column, value, words)."""
        record = self.check(self.csv_of(row, headers=headers), **values)
        problem = record.problem_ids
        return problem.column, problem.value, problem.reason
