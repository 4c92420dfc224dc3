"""No row crosses from one of our companies to another.

The models are found and not listed: a new one with a company is looked at by itself.
"""

import io
import json

import openpyxl

from odoo.exceptions import AccessError
from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .common_companies import WORDS, CompaniesCommon


@tagged("post_install", "-at_install")
class TestCompanies(CompaniesCommon):
    # === EVERY MODEL === #

    def models(self):
        """Return every model of ours that knows a company."""
        return [
            name
            for name, model in sorted(self.env.registry.items())
            if name.startswith("nps.")
            and not model._transient
            and "company_id" in model._fields
            and (model._auto or model._table_query)
            and not model._abstract
        ]

    def rows(self, model, company):
        return self.env[model].sudo().search([("company_id", "=", company.id)])

    def seen_by(self, model, user, companies=None):
        """Return a model as a user has it who chose some of his companies."""
        chosen = (companies or user.company_ids).ids
        return self.env[model].with_user(user).with_context(allowed_company_ids=chosen)

    def check_each(self, check):
        """Check (model as one administrator has it, the rows of the other company)."""
        for model in self.models():
            for mine, others in (self.ours, self.ours[::-1]):
                with self.subTest(model=model, user=mine.name):
                    records = self.seen_by(model, self.admins[mine])
                    check(records, self.rows(model, others))
                self.env.invalidate_all()

    def test_every_model_has_rows_of_both_companies(self):
        for model in self.models():
            for company in self.ours:
                with self.subTest(model=model, company=company.name):
                    self.assertTrue(self.rows(model, company), "make one in _fill")

    def test_search_finds_none(self):
        def check(records, foreign):
            found = records.with_context(active_test=False).search([])
            self.assertFalse(found & foreign)
            self.assertFalse(records.search_count([("id", "in", foreign.ids)]))

        self.check_each(check)

    def test_who_knows_the_number_may_not_read_it(self):
        def check(records, foreign):
            for row in foreign:
                with self.assertRaises(AccessError):
                    records.browse(row.id).read(["company_id"])

        self.check_each(check)

    def test_groups_and_their_totals_count_none(self):
        def check(records, foreign):
            groups = records.formatted_read_group([], ["company_id"], ["__count"])
            companies = [(group["company_id"] or [False])[0] for group in groups]
            self.assertNotIn(foreign.company_id.id, companies)
            [total] = records.formatted_read_group([], [], ["__count"])
            self.assertEqual(total["__count"], records.search_count([]))

        self.check_each(check)

    def test_grouping_sets_count_none(self):
        def check(records, _foreign):
            total, groups = records.formatted_read_grouping_sets(
                [], [[], ["company_id"]], ["__count"]
            )
            self.assertEqual(total[0]["__count"], records.search_count([]))
            self.assertEqual(
                sum(group["__count"] for group in groups), total[0]["__count"]
            )

        self.check_each(check)

    def test_a_search_by_name_finds_none(self):
        def check(records, foreign):
            names = set(foreign.mapped("display_name"))
            for name in [*names, ""]:
                found = {number for number, _name in records.name_search(name)}
                self.assertFalse(found & set(foreign.ids))

        self.check_each(check)

    def test_an_export_has_none(self):
        def check(records, foreign):
            with self.assertRaises(AccessError):
                records.browse(foreign.ids).export_data(["id", "company_id"])
            everything = records.search([]).export_data([".id", "company_id/.id"])
            companies = {str(row[1]) for row in everything["datas"]}
            self.assertNotIn(str(foreign.company_id.id), companies)

        self.check_each(check)

    def test_what_a_list_shows_has_no_word_of_the_other(self):
        def check(records, foreign):
            word = WORDS[self.ours.index(foreign.company_id)]
            names = [
                name
                for name, field in records._fields.items()
                if field.type in ("char", "text", "html")
                and records._has_field_access(field, "read")
            ]
            found = records.web_search_read([], {name: {} for name in names})
            self.assertNotIn(word, json.dumps(found, default=str))

        self.check_each(check)

    def test_who_is_in_both_sees_the_sum_of_what_he_chose(self):
        for model in self.models():
            with self.subTest(model=model):
                one, other, sum_of_both = (
                    self.seen_by(model, self.both, companies).search([])
                    for companies in (*self.ours, self.ours[0] | self.ours[1])
                )
                self.assertEqual(one | other, sum_of_both)
                shared = one & other
                self.assertFalse(shared.company_id)
                self.assertEqual(len(one) + len(other) - len(shared), len(sum_of_both))

    def test_a_company_that_is_not_the_user_s_cannot_be_chosen(self):
        for model in self.models():
            records = self.seen_by(model, self.admins[self.company], self.other)
            with self.subTest(model=model), self.assertRaises(AccessError):
                records.search([])
                len(records.env.companies)


@tagged("post_install", "-at_install")
class TestScreensOfCompanies(CompaniesCommon, HttpCase):
    def calls(self, user):
        """Yield (name, what a user gets) of every method that a screen calls."""
        env = self.env(user=user, context={"allowed_company_ids": user.company_ids.ids})
        insight, reports = env["nps.insight"], env["nps.report"]
        # No number may be withheld, or nothing would be seen of a mistake.
        for tab in ("scorecard", "trend", "change", "silence", "associations"):
            for axis, _label in insight.get_choices()["axis"]:
                options = {"axis": axis}
                yield f"{tab} by {axis}", getattr(insight, f"get_{tab}")([], options)
        yield "choices", insight.get_choices()
        yield "my page", env["nps.my.page"].get_page()
        yield "page of all", env["nps.my.page"].get_page(person="all")
        customer, firm = (
            partner.with_env(env) for partner in (self.customer, self.customer_company)
        )
        yield "score card", customer.nps_score_card()
        yield "score card of the firm", firm.nps_score_card()
        yield "caller", customer.nps_find_caller(partner_id=customer.id)
        ours = [name for name in customer._fields if name.startswith("nps_")]
        yield "contact", customer.read(ours)
        axes = ["user_id", "department_id", "outcome_id", "survey_id", "customer_name"]
        for axis in axes:
            if axis in reports._fields:
                yield axis, reports.formatted_read_group([], [axis], ["__count"])
        boxes = {"name": {}, "nps_box_parent_id": {}}
        yield (
            "organogram",
            env["hr.department"].hierarchy_read([], boxes, "nps_box_parent_id"),
        )
        yield "print", env["report.nps.scorecard_document"]._get_report_values([], {})

    def test_no_screen_has_a_word_of_the_other_company(self):
        for word, mine in zip(WORDS, self.ours[::-1], strict=True):
            for name, seen in self.calls(self.admins[mine]):
                with self.subTest(screen=name, user=mine.name):
                    self.assertNotIn(word, json.dumps(seen, default=str))

    def test_each_counts_his_own_answers(self):
        for company in self.ours:
            user = self.admins[company]
            answers = (
                self.env["nps.response"]
                .sudo()
                .search_count(
                    [("company_id", "=", company.id), ("state", "=", "counted")]
                )
            )
            insight = self.env["nps.insight"].with_user(user)
            insight = insight.with_context(allowed_company_ids=company.ids)
            card = insight.get_scorecard([], {"metric": "nps"})
            self.assertEqual(card["total"]["n"], answers)

    def test_a_card_shows_the_answers_to_the_company_alone(self):
        for company in self.ours:
            card = (
                self.customer.with_user(self.admins[company])
                .with_context(allowed_company_ids=company.ids)
                .nps_score_card()
            )
            self.assertEqual(len(card["answers"]), 2)

    def test_the_spreadsheet_has_no_word_of_the_other_company(self):
        for word, mine in zip(WORDS, self.ours[::-1], strict=True):
            content = self.spreadsheet(self.admins[mine], mine).content
            cells = [
                str(cell)
                for sheet in openpyxl.load_workbook(io.BytesIO(content))
                for row in sheet.iter_rows(values_only=True)
                for cell in row
            ]
            self.assertTrue(cells)
            self.assertNotIn(word, " ".join(cells))

    def test_the_spreadsheet_of_another_company_is_refused(self):
        page = self.spreadsheet(self.admins[self.company], self.other)
        self.assertEqual(page.status_code, 403)

    def spreadsheet(self, user, company):
        self.authenticate(user.login, user.login)
        asked = {
            "domain": [],
            "options": {},
            "context": {"allowed_company_ids": company.ids},
        }
        data = {"data": json.dumps(asked), "csrf_token": self.csrf_token()}
        return self.url_open("/nps/scorecard/xlsx", data=data)

    def csrf_token(self):
        return Request.csrf_token(self)

    @property
    def session_token(self):
        return self.session
