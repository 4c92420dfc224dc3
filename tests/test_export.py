import csv
import io
import json

import openpyxl

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .common import NpsCommon

FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", '=HYPERLINK("x","y")')

STARTERS = ("=", "+", "-", "@", "\t", "\r")
LISTS = {
    "nps.response": ["comment", "subject"],
    "nps.invitation": ["subject", "response_ids/comment"],
    "nps.report": ["comment", "subject"],
}


@tagged("post_install", "-at_install")
class TestExport(NpsCommon, HttpCase):
    """What customers wrote is no formula in any export."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.analyst = cls.make_agent(
            "analyst", groups="nps.nps_group_manager,base.group_allow_export"
        )
        for formula in FORMULAS:
            invitation = cls.pick(cls.make_ticket(name=formula))
            response = cls.answer(invitation, 3)
            # As it came from a page: what starts with a blank is cut otherwise.
            cls.env.cr.execute(
                "UPDATE nps_response SET comment = %s WHERE id = %s",
                [formula, response.id],
            )
        cls.env.invalidate_all()

    def export(self, kind, model, names, groupby=()):
        self.authenticate("analyst", "analyst")
        fields = [{"name": n, "label": n, "type": "char", "store": True} for n in names]
        data = {
            "model": model,
            "fields": fields,
            "ids": False,
            "domain": [],
            "groupby": list(groupby),
            "import_compat": False,
            "context": {},
        }
        form = {"data": json.dumps(data), "csrf_token": Request.csrf_token(self)}
        answer = self.url_open(f"/web/export/{kind}", data=form)
        self.assertEqual(answer.status_code, 200)
        return answer.content

    def cells(self, content):
        book = openpyxl.load_workbook(io.BytesIO(content))
        return [cell for row in book.active.iter_rows() for cell in row]

    def test_no_list_of_ours_exports_a_formula_to_csv(self):
        for model, names in LISTS.items():
            with self.subTest(model=model):
                text = self.export("csv", model, names).decode()
                rows = list(csv.reader(io.StringIO(text)))[1:]
                dangerous = [c for row in rows for c in row if c.startswith(STARTERS)]
                self.assertFalse(dangerous)

    def test_no_list_of_ours_exports_a_formula_to_a_spreadsheet(self):
        for model, names in LISTS.items():
            with self.subTest(model=model):
                cells = self.cells(self.export("xlsx", model, names))
                self.assertFalse([c.value for c in cells if c.data_type == "f"])

    def test_headings_of_a_grouped_export_are_no_formulas(self):
        content = self.export("xlsx", "nps.invitation", ["subject"], ["subject"])
        cells = self.cells(content)
        self.assertFalse([c.value for c in cells if c.data_type == "f"])
        self.assertTrue([c for c in cells if str(c.value).startswith("'=1+1")])

    def test_headings_that_name_a_record_are_no_formulas_either(self):
        self.customer.write({"name": "=2+2", "parent_id": False})
        content = self.export("xlsx", "nps.invitation", ["subject"], ["partner_id"])
        cells = self.cells(content)
        self.assertFalse([c.value for c in cells if c.data_type == "f"])
        self.assertTrue([c for c in cells if str(c.value).startswith("'=2+2")])
