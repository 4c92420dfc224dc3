import io
import json
from unittest.mock import patch

import openpyxl

from odoo.tests import HttpCase, tagged

from ..tools import intervals
from .common_insight import InsightCase

GOOD = [10] * 9 + [7] * 2 + [0]


class ExportCommon(InsightCase):
    """Opens the spreadsheet of a scorecard."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.group_allow_export").user_ids |= cls.analyst | cls.agent

    def sheets(self, content):
        return openpyxl.load_workbook(io.BytesIO(content))

    def export(self, domain=(), user=None, **options):
        insight = self.insight.with_user(user or self.analyst)
        domain = [*self.ours, *domain]
        return self.sheets(insight._scorecard_xlsx(domain, options))

    @staticmethod
    def table(sheet):
        """Return the rows of a sheet as dicts, up to the first empty line."""
        head, *rows = sheet.iter_rows(values_only=True)
        table = []
        for row in rows:
            if not any(cell is not None for cell in row):
                break
            table.append(dict(zip(head, row, strict=True)))
        return table


@tagged("post_install", "-at_install")
class TestScorecardExport(ExportCommon):
    """The file has the figures of the screen, and they can be computed from it."""

    def test_the_figures_are_those_of_the_screen(self):
        self.say(GOOD, silent=3)
        self.say([3] * 11, user=self.seller)
        card = self.card()
        figures = self.table(self.export()["Scorecard"])
        self.assertEqual(len(figures), len(card["rows"]) + 1)
        shown = [*card["rows"], card["total"]]
        for figure, row in zip(figures, shown, strict=True):
            with self.subTest(row=row["name"]):
                self.assertEqual(figure["Organogram as it was"], row["name"])
                self.assertAlmostEqual(figure["Net score"], row["net"])
                self.assertAlmostEqual(figure["From"], row["low"])
                self.assertEqual(figure["Answers"], row["n"])
                self.assertAlmostEqual(figure["Response rate"], row["rate"])
                self.assertEqual(figure["Grade"], row["grade"])

    def test_every_figure_can_be_computed_from_the_rows(self):
        self.say(GOOD, silent=3)
        self.say([3] * 11 + [9], user=self.seller)
        for counting in ("all", "latest"):
            book = self.export(axis="agent", counting=counting)
            rows = self.table(book["Rows"])
            *figures, total = self.table(book["Scorecard"])
            for figure in [*figures, total]:
                with self.subTest(counting=counting, figure=figure["Agent"]):
                    own = [
                        r
                        for r in rows
                        if figure is total or r["Agent"] == figure["Agent"]
                    ]
                    self.assertEqual(self.recomputed(own), self.shown(figure))

    def recomputed(self, rows):
        scores = [row["Score"] for row in rows if row["Counted"]]
        bands = (
            sum(score >= 9 for score in scores),
            sum(7 <= score <= 8 for score in scores),
            sum(score <= 6 for score in scores),
        )
        net = intervals.net_score(*bands) if len(scores) >= 10 else None
        answered = sum(row["Answered"] for row in rows)
        rate = 100 * answered / len(rows) if len(rows) >= 10 else None
        return len(scores), net, rate

    def shown(self, figure):
        return figure["Answers"], figure["Net score"], figure["Response rate"]

    def test_numbers_are_numbers_and_nothing_is_a_formula(self):
        self.agent.name = "=1+1"
        invitation = self.say([10])
        invitation.partner_id.name = "Carla"
        response = invitation._counted_response()
        response.flush_recordset()
        self.env.cr.execute(
            "UPDATE nps_response SET comment = '=HYPERLINK(0)' WHERE id = %s",
            [response.id],
        )
        book = self.export(axis="agent")
        for sheet in book:
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                self.assertNotEqual(cell.data_type, "f", cell.value)
        row = self.table(book["Rows"])[0]
        self.assertEqual(row["Comment"], "'=HYPERLINK(0)")
        self.assertEqual(row["Agent"], "'=1+1")
        self.assertEqual(row["Score"], 10)

    def test_the_method_stands_under_the_figures(self):
        self.say([9])
        sheet = self.export(counting="latest")["Scorecard"]
        below = [cell.value for cell in sheet["A"] if isinstance(cell.value, str)]
        for line in self.card(counting="latest")["method"]:
            self.assertIn(line, below)

    def test_who_may_not_export_gets_the_figures_without_rows_and_it_says_so(self):
        self.say([9])
        self.env.ref("base.group_allow_export").user_ids -= self.analyst
        book = self.export()
        self.assertEqual(book.sheetnames, ["Scorecard"])
        self.assertEqual(self.table(book["Scorecard"])[-1]["Answers"], 1)
        self.assertIn("you may not export", str([c.value for c in book.active["A"]]))
        book = self.export(user=self.agent)
        self.assertEqual(book.sheetnames, ["Scorecard", "Rows"])
        self.assertNotIn("not export", str([c.value for c in book["Scorecard"]["A"]]))

    def test_words_of_customers_can_be_left_out(self):
        self.say([9])
        content = self.insight._scorecard_xlsx(self.ours, {}, with_words=False)
        self.assertNotIn("Comment", self.table(self.sheets(content)["Rows"])[0])

    def test_more_rows_than_a_file_takes_are_said_to_be_missing(self):
        self.say([9, 9, 9])
        with patch("odoo.addons.nps.report.nps_insight_xlsx.MOST_ROWS", 2):
            sheet = self.export()["Rows"]
        self.assertEqual(len(self.table(sheet)), 2)
        self.assertIn("Only the newest 2 rows", sheet.cell(5, 1).value)

    def test_without_answers_the_file_can_be_made_too(self):
        self.assertEqual(len(self.table(self.export()["Scorecard"])), 1)

    def test_every_axis_can_be_exported(self):
        self.say([9])
        for axis, _label in self.insight.get_choices()["axis"]:
            with self.subTest(axis=axis):
                self.assertEqual(len(self.table(self.export(axis=axis)["Rows"])), 1)


@tagged("post_install", "-at_install")
class TestScorecardPrint(ExportCommon):
    """The printed page says what the screen says."""

    def page(self, user=None, **options):
        reports = self.env["ir.actions.report"].with_user(user or self.analyst)
        data = {"domain": self.ours, "options": options}
        name = "nps.scorecard_document"
        return reports._render_qweb_html(name, None, data=data)[0].decode()

    def test_it_shows_rows_total_method_and_company(self):
        self.say(GOOD * 3)
        page = self.page(axis="agent", period="this_month")
        for words in (
            self.agent.name,
            self.company.name,
            "+67",
            "Total",
            "Counted: all answers",
            "too few to say",
        ):
            self.assertIn(words, page)

    def test_few_answers_are_counted_and_not_drawn(self):
        self.say([9] * 6)
        page = self.page(axis="agent")
        self.assertIn("too few for a score", page)
        self.assertNotIn('class="nps_whisker"', page)

    def test_effort_and_months_can_be_printed(self):
        survey = self.make_survey("ces")
        self.make_outcome("easy", survey_id=survey.id)
        self.say([5] * 12, code="easy")
        page = self.page(metric="ces", axis="month", compare=False)
        self.assertIn("mean 5.0", page)

    def test_an_empty_page_says_so(self):
        self.assertIn("No answers in this period", self.page())

    def test_the_screen_knows_when_the_server_cannot_print(self):
        reports = self.env["ir.actions.report"].__class__
        for state, can_print in (("install", False), ("ok", True)):
            with self.subTest(state=state):
                with patch.object(
                    reports, "get_wkhtmltopdf_state", lambda s, x=state: x
                ):
                    self.assertEqual(self.card()["can_print"], can_print)


@tagged("post_install", "-at_install")
class TestScorecardDownload(ExportCommon, HttpCase):
    """The download goes with the rights of whoever asks."""

    def download(self, login, data=None):
        self.authenticate(login, login)
        if data is None:
            request = {"domain": self.ours, "options": {}, "context": {}}
            data = json.dumps(request)
        form = {"data": data, "csrf_token": self.csrf_token()}
        return self.url_open("/nps/scorecard/xlsx", data=form)

    def csrf_token(self):
        from odoo.http import Request

        return Request.csrf_token(self)

    @property
    def session_token(self):
        return self.session

    def test_an_analyst_gets_all_and_an_agent_his_own(self):
        self.say([9, 9])
        self.say([3], user=self.seller)
        for login, answers in (("analyst", 3), ("agent", 2)):
            with self.subTest(login=login):
                reply = self.download(login)
                self.assertEqual(reply.status_code, 200)
                self.assertIn("Scorecard.xlsx", reply.headers["Content-Disposition"])
                rows = self.table(self.sheets(reply.content)["Rows"])
                self.assertEqual(len(rows), answers)

    def test_without_the_right_to_export_a_download_has_no_rows(self):
        self.say([9])
        self.env.ref("base.group_allow_export").user_ids -= self.analyst
        content = self.download("analyst").content
        self.assertEqual(self.sheets(content).sheetnames, ["Scorecard"])

    def test_nonsense_is_refused(self):
        for data in ("", "nonsense", "[]", "{}"):
            with self.subTest(data=data):
                self.assertEqual(self.download("analyst", data).status_code, 422)

    def test_companies_of_others_are_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        request = {
            "domain": [],
            "options": {},
            "context": {"allowed_company_ids": [other.id]},
        }
        reply = self.download("analyst", json.dumps(request))
        self.assertEqual(reply.status_code, 403)
