from datetime import date, datetime

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_import import NpsImportCommon

DAY = "2025-04-13"


@tagged("post_install", "-at_install")
class TestImportColumns(NpsImportCommon):
    """Which column is which is guessed, shown and corrected."""

    def test_columns_are_known_by_their_headers(self):
        record = self.make_import(self.csv_of((DAY, "9")))
        targets = ["moment", "score", "email", "customer", "comment", "agent"]
        self.assertEqual(record.column_ids.mapped("target")[:6], targets)

    def test_without_a_column_of_scores_nothing_is_checked(self):
        content = self.csv_of((DAY, "9"), headers=("Date", "Colour"))
        record = self.make_import(content)
        with self.assertRaisesRegex(UserError, "No column is “Score” yet"):
            record.action_check()
        record.column_ids[1].target = "score"
        record.action_check()
        self.assertEqual(record.good_count, 1)

    def test_two_columns_cannot_be_the_same(self):
        record = self.make_import(self.csv_of((DAY, "9")))
        record.column_ids[2].target = "comment"
        with self.assertRaisesRegex(UserError, "Two columns are “Comment”"):
            record.action_check()

    def test_who_changes_a_column_has_to_check_again(self):
        record = self.check(self.csv_of((DAY, "9")))
        record.column_ids[4].target = False
        self.assertEqual((record.state, record.good_count), ("draft", 0))
        with self.assertRaises(UserError):
            record.action_import()

    # === DATES === #

    def test_the_order_of_day_and_month_is_found_in_all_of_the_file(self):
        rows = [("01/02/2025", "9")] * 60 + [("13/02/2025", "9")]
        record = self.make_import(self.csv_of(*rows))
        self.assertEqual(record.date_order, "dmy")
        self.assertFalse(record.is_date_doubtful)
        self.assertEqual(record.date_example, "“01/02/2025” is 1 February 2025")

    def test_a_doubtful_order_is_said_and_can_be_chosen(self):
        record = self.make_import(self.csv_of(("01/02/2025", "9")))
        self.assertTrue(record.is_date_doubtful)
        record.date_order = "mdy"
        self.assertEqual(record.date_example, "“01/02/2025” is 2 January 2025")

    def test_a_year_in_front_leaves_no_doubt(self):
        record = self.make_import(self.csv_of((DAY, "9")))
        self.assertFalse(record.is_date_doubtful)
        self.assertEqual(record.date_order, "ymd")

    def test_a_time_is_on_the_clock_of_the_file_and_kept_on_the_local_one(self):
        record = self.bring((f"{DAY} 09:30", "9"), tz="America/New_York")
        invitation = self.answers_of(record).invitation_id
        self.assertEqual(invitation.answered_at, datetime(2025, 4, 13, 13, 30))
        self.assertEqual(invitation.local_date, date(2025, 4, 13))
        self.assertEqual(invitation.local_hour, 9)

    def test_of_a_day_without_a_time_no_hour_is_claimed(self):
        record = self.bring((DAY, "9"))
        invitation = self.answers_of(record).invitation_id
        self.assertIs(invitation.local_hour, False)
        [(hour, answers)] = self.env["nps.report"]._read_group(
            [("import_id", "=", record.id)], ["local_hour"], ["answered:sum"]
        )
        self.assertEqual((hour, answers), (False, 1))
        label = self.env["nps.insight"]._group_label("local_hour", hour)
        self.assertEqual(label, "None")
        at_midnight = [("import_id", "=", record.id), ("local_hour", "=", 0)]
        self.assertFalse(self.env["nps.invitation"].search(at_midnight))


@tagged("post_install", "-at_install")
class TestImportErrors(NpsImportCommon):
    """Each bad row says where, what and what to do; the good ones go in."""

    def assertReason(self, words, *row, **values):
        column, value, reason = self.reason_of(*row, **values)
        self.assertIn(words, reason)
        return column, value

    def test_a_score_off_the_scale_is_an_error_and_never_converted(self):
        for score in ("11", "8.5", "-1", "", "good", "9/10"):
            with self.subTest(score=score):
                where = self.assertReason("whole number from 0 to 10", DAY, score)
                self.assertEqual(where, ("Score", score))

    def test_the_scale_is_that_of_the_survey(self):
        csat = self.make_survey("csat")
        self.assertReason("from 1 to 5", DAY, "6", survey_id=csat.id)

    def test_what_is_no_date_or_not_yet_is_an_error(self):
        self.assertReason("no date", "soon", "9")
        self.assertReason("no date", "2025-02-30", "9")
        self.assertReason("future", "2999-01-01", "9")
        self.assertReason("too long ago", "1970-01-01", "9")

    def test_what_is_no_address_is_an_error(self):
        self.assertReason("no e-mail address", DAY, "9", "carla at home")

    def test_an_unknown_agent_is_an_error_or_kept_by_name(self):
        row = (DAY, "9", "", "", "", "Left Long Ago")
        self.assertReason("Odoo does not know", *row)
        record = self.bring(row, keeps_unknown=True)
        invitation = self.answers_of(record).invitation_id
        self.assertFalse(invitation.user_id)
        self.assertEqual(invitation.agent_name, "Left Long Ago")

    def test_a_name_of_two_agents_is_nobodys(self):
        for login in ("twin1", "twin2"):
            self.make_agent(login, name="Kim Twin")
        row = (DAY, "9", "", "", "", "Kim Twin")
        self.assertReason("Several are called so", *row)
        record = self.bring(row, keeps_unknown=True)
        self.assertFalse(self.answers_of(record).user_id)

    def test_all_that_is_wrong_with_a_row_is_said_at_once(self):
        column, value = self.assertReason("Score: ", DAY, "11", "x")
        self.assertEqual((column, value), ("Score, E-mail", "11 | x"))

    def test_rows_are_counted_as_excel_does(self):
        content = self.csv_of((DAY, "9", "", "", "two\nlines"), (), (DAY, "11"))
        record = self.check(content)
        self.assertEqual(record.problem_ids.row, 4)

    def test_the_check_imports_nothing(self):
        before = self.env["nps.invitation"].search_count([])
        record = self.check(self.csv_of((DAY, "9"), (DAY, "11")))
        self.assertEqual(self.env["nps.invitation"].search_count([]), before)
        self.assertEqual((record.good_count, record.bad_count), (1, 1))
        self.assertIn("2 rows: 1 good, 1 with errors", record.summary)

    def test_bad_rows_stay_and_are_downloaded_without_formulas(self):
        record = self.bring((DAY, "9"), (DAY, "11", "", "=1+1", "Ünsure"))
        self.assertEqual((record.good_count, record.bad_count), (1, 1))
        lines = record._problems_csv().decode("utf-8-sig").splitlines()
        self.assertTrue(lines[0].endswith("Ticket,Row,What to Do"))
        self.assertIn("2025-04-13,11,,'=1+1,Ünsure,,,3,", lines[1])

    def test_a_corrected_download_can_be_imported(self):
        record = self.bring((DAY, "9", "a@x.example"), (DAY, "11", "b@x.example"))
        corrected = record._problems_csv().replace(b",11,", b",10,")
        again = self.bring(content=corrected)
        self.assertEqual((again.good_count, again.bad_count), (1, 0))
        self.assertEqual(self.answers_of(again).score, 10)

    def test_a_file_of_bad_rows_cannot_be_imported(self):
        record = self.check(self.csv_of((DAY, "11")))
        with self.assertRaisesRegex(UserError, "no good row"):
            record.action_import()


@tagged("post_install", "-at_install")
class TestImportMatching(NpsImportCommon):
    """Whose answer it is: customer, agent, department, survey and so on."""

    def invitation_of(self, row, headers=None, **values):
        content = self.csv_of(row, headers=headers) if headers else self.csv_of(row)
        record = self.bring(content=content, **values)
        return self.answers_of(record).invitation_id

    def test_a_customer_is_found_by_his_address_however_written(self):
        invitation = self.invitation_of((DAY, "9", "Carla <CARLA@BlueSky.example>"))
        self.assertEqual(invitation.partner_id, self.customer)
        self.assertEqual(invitation.commercial_partner_id, self.customer_company)

    def test_a_person_comes_before_a_company_with_the_same_address(self):
        self.customer_company.email = "carla@bluesky.example"
        invitation = self.invitation_of((DAY, "9", "carla@bluesky.example"))
        self.assertEqual(invitation.partner_id, self.customer)

    def test_a_customer_is_found_by_his_number_where_there_is_no_address(self):
        self.customer.ref = "K-17"
        headers = ("Date", "Score", "Customer number")
        invitation = self.invitation_of((DAY, "9", "K-17"), headers)
        self.assertEqual(invitation.partner_id, self.customer)

    def test_an_answer_of_a_stranger_stays_without_a_contact(self):
        invitation = self.invitation_of((DAY, "9", "New@x.example", "Nora New"))
        self.assertFalse(invitation.partner_id)
        self.assertEqual(invitation.customer_name, "Nora New")
        self.assertEqual(invitation.email_normalized, "new@x.example")
        self.assertIsNone(invitation._touchpoint())
        self.assertEqual(invitation.response_ids.display_name, "9/10 · Nora New")
        action = invitation.action_open_record()
        self.assertEqual(action["res_model"], "nps.invitation")

    def test_missing_contacts_are_created_once_if_wanted(self):
        record = self.bring(
            (DAY, "9", "new@x.example", "Nora New"),
            ("2025-04-14", "3", "new@x.example", "Nora New"),
            creates_contacts=True,
        )
        contact = self.env["res.partner"].search([("email", "=", "new@x.example")])
        self.assertEqual(contact.name, "Nora New")
        self.assertEqual(self.answers_of(record).partner_id, contact)
        self.assertEqual(contact.nps_score, 3)

    def test_an_agent_goes_by_login_address_or_name_also_when_he_left(self):
        self.agent.write({"name": "Änne Agent", "active": False})
        for name in ("agent", "AGENT@acme.example", "anne agent"):
            with self.subTest(name=name):
                row = (DAY, "9", "", "", name, name, name)
                self.assertEqual(self.invitation_of(row).user_id, self.agent)

    def test_the_department_is_the_agents_unless_the_file_says_another(self):
        invitation = self.invitation_of((DAY, "9", "", "", "", "agent"))
        self.assertEqual(invitation.department_id, self.phone)
        self.assertEqual(invitation.employee_id, self.agent.employee_id)
        headers = ("Date", "Score", "Agent", "Department")
        other = self.invitation_of((DAY, "8", "agent", "Sales"), headers)
        self.assertEqual(other.department_id, self.sales)
        self.assertEqual(other.department_path_id, self.sales.nps_path_id)

    def test_departments_of_the_same_name_go_by_their_whole_name(self):
        self.make_department("Phone", parent=self.sales)
        headers = ("Date", "Score", "Department")
        row = (DAY, "9", "Sales / Phone")
        found = self.invitation_of(row, headers).department_id
        self.assertEqual(found.parent_id, self.sales)
        _column, _value, reason = self.reason_of(DAY, "9", "Phone", headers=headers)
        self.assertIn("Several", reason)

    def test_survey_outcome_language_team_and_channel_go_by_name(self):
        csat = self.make_survey("csat")
        team = self.env["helpdesk.ticket.team"].create({"name": "First Line"})
        channel = self.env["helpdesk.ticket.channel"].create({"name": "Carrier Pigeon"})
        headers = "Date,Score,Survey,Outcome,Language,Team,Channel,Product,Subject"
        row = (DAY, "5", "CSAT", "fixed", "en", "first line", "carrier pigeon")
        invitation = self.invitation_of((*row, "Phone X", "Broken"), headers.split(","))
        self.assertEqual(invitation.survey_id, csat)
        self.assertEqual(invitation.response_ids.metric, "csat")
        self.assertEqual(invitation.response_ids.category, "promoter")
        self.assertEqual(invitation.outcome_id, self.outcome)
        self.assertEqual(invitation.response_ids.lang, "en_US")
        self.assertEqual(invitation.team_id, team)
        self.assertEqual(invitation.channel_id, channel)
        self.assertEqual(invitation.product_name, "Phone X")
        self.assertEqual(invitation.subject, "Broken")

    def test_an_unknown_survey_is_always_an_error(self):
        headers = ("Date", "Score", "Survey")
        _column, _value, reason = self.reason_of(
            DAY, "9", "Nope", headers=headers, keeps_unknown=True
        )
        self.assertIn("no survey of this name", reason)

    def test_a_contact_that_came_later_is_neither_new_nor_old(self):
        invitation = self.invitation_of((DAY, "9", "carla@bluesky.example"))
        self.assertFalse(invitation.customer_kind)

    def test_the_last_score_is_that_of_the_latest_answer(self):
        self.bring(
            (DAY, "9", "carla@bluesky.example"),
            ("2024-04-13", "2", "carla@bluesky.example"),
        )
        self.assertEqual(
            (self.customer.nps_score, self.customer.nps_metric), (9, "nps")
        )
        self.assertEqual(self.customer_company.nps_score, 9)
        self.answer(self.pick(), 4)
        self.bring(("2024-05-13", "1", "carla@bluesky.example"))
        self.assertEqual(self.customer.nps_score, 4)

    def test_who_answered_of_late_is_not_asked_too_soon(self):
        self.company.nps_cooldown_answered_days = 30
        now = fields.Datetime.now()
        recent = fields.Datetime.subtract(now, days=3)
        self.bring((recent.isoformat(" "), "9", "carla@bluesky.example"))
        self.assertEqual(self.pick().suppression_reason, "cooldown")

    def test_who_answered_long_ago_may_be_asked(self):
        self.company.nps_cooldown_answered_days = 30
        self.bring((DAY, "9", "carla@bluesky.example"))
        self.assertFalse(self.pick().suppression_reason)
