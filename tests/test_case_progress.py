from odoo import fields
from odoo.exceptions import (
    AccessError,
    RedirectWarning,
    UserError,
    ValidationError,
)
from odoo.tests import Form, tagged

from .common import NpsCaseCommon


@tagged("post_install", "-at_install")
class TestCaseProgress(NpsCaseCommon):
    """Working on a case: contacted, agreed, closed with a reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.nps_case_grace_minutes = 0

    def setUp(self):
        super().setUp()
        self.case = self.case_of(3, comment="It took too long.")
        self.mine = self.case.with_user(self.boss)

    # === THE FIRST CONTACT === #

    def test_the_owner_has_one_activity_for_the_day_of_the_deadline(self):
        activity = self.case.activity_ids
        self.assertEqual(activity.user_id, self.boss)
        self.assertEqual(activity.date_deadline, self.case._day_of(self.case.due_at))

    def test_reaching_the_customer_is_noted_and_the_end_is_planned(self):
        self.mine.action_reached()
        self.assertEqual(self.case.state, "contacted")
        self.assertTrue(self.case.contacted_at)
        self.assertEqual(len(self.case.activity_ids), 1)
        self.assertIn("end", self.case.activity_ids.summary)

    def test_a_mail_to_the_customer_is_the_first_contact(self):
        self.mine.message_post(
            body="I am sorry.",
            partner_ids=self.customer.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(self.case.state, "contacted")

    def test_a_note_for_colleagues_is_none(self):
        self.mine.message_post(body="He is angry.", subtype_xmlid="mail.mt_note")
        self.assertEqual(self.case.state, "new")

    def test_a_call_that_was_made_is_the_first_contact(self):
        call = self.case.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.boss.id
        )
        call.with_user(self.boss).action_feedback(feedback="We talked.")
        self.assertEqual(self.case.state, "contacted")

    def test_doing_the_planned_activity_is_the_first_contact(self):
        self.case.activity_ids.with_user(self.boss).action_feedback()
        self.assertEqual(self.case.state, "contacted")

    def test_an_answer_of_the_customer_is_none(self):
        self.case.message_post(
            body="Well?",
            author_id=self.customer.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(self.case.state, "new")

    def test_moving_it_back_takes_the_contact_back(self):
        self.mine.action_reached()
        self.mine.state = "new"
        self.assertFalse(self.case.contacted_at)
        self.assertIs(self.case.hours_to_contact, False)

    def test_the_first_message_comes_from_the_rule(self):
        action = self.mine.action_write_to_customer()
        composer = Form(
            self.env["mail.compose.message"]
            .with_user(self.boss)
            .with_context(**action["context"])
        ).save()
        self.assertIn("thank you for telling us frankly", composer.body)
        self.assertEqual(composer.partner_ids, self.customer)
        composer.action_send_mail()
        self.assertEqual(self.case.state, "contacted")

    # === PROMISES === #

    def test_a_promise_is_planned_for_its_day(self):
        day = fields.Date.today()
        self.mine.write({"promise": "A new device", "promise_date": day})
        promised = self.env.ref("nps.mail_activity_type_nps_promise")
        planned = self.case.activity_ids.filtered(
            lambda a: a.activity_type_id == promised
        )
        self.assertEqual(planned.summary, "A new device")
        self.assertEqual(planned.date_deadline, day)
        self.mine.promise_date = fields.Date.add(day, days=3)
        self.assertEqual(len(self.case.activity_ids), 2)
        self.mine.action_reached()
        self.assertEqual(len(self.case.activity_ids), 2, "A promise outlives the call")

    # === THE END === #

    def test_no_case_is_closed_without_root_cause_and_result(self):
        for values in ({}, {"root_cause_id": self.cause.id}, {"result": "won_back"}):
            with (
                self.subTest(values),
                self.assertRaisesRegex(RedirectWarning, "choose"),
            ):
                self.mine.write({**values, "state": "done"})
        self.assertEqual(self.case.state, "new")

    def test_closing_notes_when_and_takes_the_activities_away(self):
        self.close(self.mine)
        self.assertFalse(self.case.is_open)
        self.assertTrue(self.case.closed_at)
        self.assertFalse(self.case.activity_ids)

    def test_who_closes_a_new_case_has_contacted_the_customer(self):
        self.close(self.mine)
        self.assertEqual(self.case.contacted_at, self.case.closed_at)

    def test_who_could_not_reach_the_customer_has_not_contacted_him(self):
        self.mine.write({"root_cause_id": self.cause.id, "state": "unreachable"})
        self.assertEqual(self.case.result, "not_reached")
        self.assertFalse(self.case.contacted_at)

    def test_what_people_planned_stays_when_a_case_is_closed(self):
        own = self.mine.activity_schedule(
            "mail.mail_activity_data_todo", automated=False, user_id=self.boss.id
        )
        self.close(self.mine)
        self.assertTrue(own.exists())

    def test_the_dialog_closes_a_case(self):
        action = self.mine.action_close()
        dialog = Form(
            self.env["nps.case.close"]
            .with_user(self.boss)
            .with_context(**action["context"])
        )
        dialog.root_cause_id = self.cause
        dialog.result = "improved"
        dialog.save().action_close()
        self.assertEqual((self.case.state, self.case.result), ("done", "improved"))

    def test_a_case_is_not_withdrawn_by_hand(self):
        with self.assertRaisesRegex(UserError, "Only the customer"):
            self.mine.state = "withdrawn"

    def test_a_reopened_case_waits_for_a_new_result(self):
        self.close(self.mine)
        self.mine.action_reopen()
        self.assertEqual(self.case.state, "contacted")
        self.assertFalse(self.case.result or self.case.closed_at)
        self.assertIs(self.case.hours_to_close, False)
        self.assertEqual(len(self.case.activity_ids), 1)

    # === WHAT NOBODY WRITES === #

    def test_times_and_facts_are_not_written_by_people(self):
        for name, value in (
            ("contacted_at", "2026-01-01 00:00:00"),
            ("close_due_at", "2036-01-01 00:00:00"),
            ("punctuality", "on_time"),
            ("score", 10),
            ("agent_id", self.head.id),
            ("hours_to_close", 0.1),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                self.mine.write({name: value})

    def test_nobody_creates_or_deletes_cases(self):
        with self.assertRaises(AccessError):
            self.mine.create({"company_id": self.company.id})
        with self.assertRaises(AccessError):
            self.case.with_user(self.env.ref("base.user_admin")).unlink()

    # === ROOT CAUSES === #

    def test_root_causes_have_two_levels(self):
        with self.assertRaisesRegex(ValidationError, "two levels"):
            self.env["nps.root.cause"].create(
                {"name": "Third", "parent_id": self.cause.id}
            )

    def test_a_used_root_cause_is_archived_and_not_deleted(self):
        self.mine.root_cause_id = self.cause
        with self.assertRaisesRegex(ValidationError, "Archive it"):
            self.cause.unlink()

    def test_a_new_root_cause_comes_last_below_its_heading(self):
        causes = self.env["nps.root.cause"]
        heading = causes.create({"name": "Last Heading"})
        below = causes.create(
            {"name": "Below People", "parent_id": self.cause.parent_id.id}
        )
        found = causes.search([])
        self.assertEqual(found[-1], heading)
        siblings = found.filtered(lambda c: c.parent_id == self.cause.parent_id)
        self.assertEqual(siblings[-1], below)
        start = list(found).index(self.cause.parent_id)
        self.assertEqual(found[start + 1 : start + 1 + len(siblings)], siblings)

    def test_a_heading_counts_the_cases_below_it(self):
        self.mine.root_cause_id = self.cause
        self.assertEqual(self.cause.parent_id.case_count, 1)

    def test_withdrawn_is_no_empty_column(self):
        groups = self.env["nps.case"].formatted_read_group(
            [("id", "=", self.case.id)], ["state"], ["__count"]
        )
        self.assertNotIn("withdrawn", [group["state"] for group in groups])
