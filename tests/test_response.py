from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..models.nps_response import LONGEST_COMMENT
from ..tools import metrics
from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestResponse(NpsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.make_ticket()
        cls.invitation = cls.pick(cls.ticket)
        cls.make_link(cls.invitation)

    def submit(self, score, **values):
        return self.env["nps.response"]._submit(self.invitation, score, **values)

    # === EVERY SCORE === #

    def test_every_score_reaches_contact_company_and_ticket(self):
        for score in range(11):
            with self.subTest(score=score):
                invitation = self.pick(self.ticket)
                response = self.answer(invitation, score)
                expected = metrics.category("nps", score)
                self.assertEqual((response.score, response.category), (score, expected))
                for record in (self.customer, self.customer_company, self.ticket):
                    self.assertEqual(record.nps_score, score)
                    self.assertEqual(record.nps_category, expected)
                    self.assertEqual(record.nps_answered_at, response.submitted_at)

    def test_every_score_of_the_other_metrics_is_stored(self):
        for metric in ("ces", "csat"):
            self.outcome.survey_id = self.make_survey(metric)
            for score in metrics.SCALES[metric].scores:
                with self.subTest(metric=metric, score=score):
                    response = self.answer(self.pick(), score)
                    self.assertEqual(response.score, score)
                    self.assertEqual(response.category, metrics.category(metric, score))

    def test_who_has_not_answered_has_no_category_and_no_zero(self):
        newcomer = self.make_customer("New", "new@x.example")
        self.assertFalse(newcomer.nps_category)
        self.assertIs(newcomer.nps_score, False)
        newcomer.flush_recordset()
        self.env.cr.execute(
            "SELECT nps_score FROM res_partner WHERE id = %s", [newcomer.id]
        )
        self.assertIsNone(self.env.cr.fetchone()[0])

    # === WHAT IS KEPT === #

    def test_the_first_answer_is_stored_and_the_invitation_answered(self):
        self.assertEqual(self.submit(9), "stored")
        self.assertEqual(self.invitation.state, "answered")
        self.assertEqual(self.invitation._counted_response().score, 9)

    def test_another_score_needs_confirmation_and_changes_nothing_without(self):
        self.submit(5)
        self.assertEqual(self.submit(1), "differs")
        self.assertEqual(self.invitation.response_ids.mapped("score"), [5])

    def test_a_confirmed_correction_counts_and_keeps_the_first_answer(self):
        self.submit(9)
        self.assertEqual(self.submit(1, change=True), "stored")
        states = {r.score: r.state for r in self.invitation.response_ids}
        self.assertEqual(states, {9: "superseded", 1: "counted"})
        self.assertEqual(self.customer.nps_category, "detractor")

    def test_a_correction_that_is_sent_twice_is_stored_once(self):
        self.submit(9)
        self.assertEqual(self.submit(3, change=True), "stored")
        self.assertEqual(self.submit(3, change=True), "merged")
        self.assertEqual(len(self.invitation.response_ids), 2)

    def test_a_correction_keeps_the_words_of_the_first_answer(self):
        self.submit(9, comment="Quick")
        self.submit(1, change=True)
        self.assertEqual(self.invitation._counted_response().comment, "Quick")

    def test_after_the_window_a_correction_is_refused(self):
        self.submit(9)
        late = fields.Datetime.now() + timedelta(hours=self.survey.change_hours + 1)
        with freeze_time(late):
            self.assertEqual(self.submit(1, change=True), "locked")
        self.assertEqual(self.invitation._counted_response().score, 9)

    def test_the_same_score_again_adds_its_comment(self):
        self.submit(9)
        self.assertEqual(self.submit(9, comment="Quick"), "merged")
        self.assertEqual(self.invitation._counted_response().comment, "Quick")

    def test_an_empty_comment_erases_nothing(self):
        self.submit(9, comment="Quick")
        self.submit(9, comment="  ")
        self.assertEqual(self.invitation._counted_response().comment, "Quick")

    def test_a_replay_of_the_same_words_adds_nothing(self):
        self.submit(9, comment="Quick")
        self.submit(9, comment="Quick")
        self.assertEqual(self.invitation._counted_response().comment, "Quick")

    def test_words_that_stood_within_others_are_new_words(self):
        self.submit(9, comment="not good at all")
        self.submit(9, comment="good")
        self.assertEqual(
            self.invitation._counted_response().comment, "not good at all\ngood"
        )

    def test_merged_comments_do_not_grow_beyond_the_stated_length(self):
        self.submit(9, comment="x" * (LONGEST_COMMENT - 5))
        self.submit(9, comment="y" * 50)
        self.assertEqual(
            len(self.invitation._counted_response().comment), LONGEST_COMMENT
        )

    def test_a_correction_does_not_open_the_window_anew(self):
        first = fields.Datetime.now()
        self.submit(9)
        with freeze_time(first + timedelta(hours=self.survey.change_hours - 1)):
            self.submit(1, change=True)
        with freeze_time(first + timedelta(hours=self.survey.change_hours + 1)):
            self.assertEqual(self.submit(5, change=True), "locked")

    def test_an_endless_comment_is_cut_at_its_stated_length(self):
        self.submit(9, comment="x" * (LONGEST_COMMENT + 50))
        self.assertEqual(
            len(self.invitation._counted_response().comment), LONGEST_COMMENT
        )

    def test_a_nul_in_a_comment_loses_no_answer(self):
        self.submit(9, comment="a\0b")
        self.assertEqual(self.invitation._counted_response().comment, "ab")

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_a_second_counted_answer(self):
        self.submit(9)
        with self.assertRaises(psycopg2.errors.UniqueViolation):
            self.invitation._counted_response().copy()

    # === LAST SCORES === #

    def test_the_company_carries_the_latest_answer_of_all_its_people(self):
        colleague = self.make_customer("Dora", "dora@bluesky.example")
        with freeze_time(fields.Datetime.now() - timedelta(days=1)):
            self.submit(10)
        self.answer(self.pick(colleague), 2)
        self.assertEqual(self.customer_company.nps_score, 2)
        self.assertEqual(self.customer.nps_score, 10)

    def test_the_ticket_keeps_its_own_answer(self):
        self.submit(10)
        self.answer(self.pick(self.make_ticket()), 2)
        self.assertEqual(self.ticket.nps_score, 10)

    def test_an_answer_touches_none_of_the_other_contacts_of_the_company(self):
        colleague = self.make_customer("Dora", "dora@bluesky.example")
        self.env.flush_all()
        before = colleague.write_date
        with freeze_time(fields.Datetime.now() + timedelta(hours=1)):
            self.submit(10)
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(colleague.write_date, before)

    def test_merging_contacts_keeps_the_last_answer_with_its_zero(self):
        twin = self.make_customer("Twin", "twin@bluesky.example")
        self.submit(0)
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((self.customer | twin).ids, twin)
        self.assertEqual((twin.nps_score, twin.nps_category), (0, "detractor"))

    def test_merging_contacts_shows_the_newer_answer(self):
        twin = self.make_customer("Twin", "twin@bluesky.example")
        with freeze_time(fields.Datetime.now() - timedelta(days=9)):
            self.answer(self.pick(twin), 0)
        self.submit(9)
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((self.customer | twin).ids, twin)
        self.assertEqual((twin.nps_score, twin.nps_category), (9, "promoter"))

    def test_merging_contacts_keeps_the_way_to_what_was_asked_on_one(self):
        twin = self.make_customer("Twin", "twin@bluesky.example")
        invitation = self.pick(self.customer)
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((self.customer | twin).ids, twin)
        self.env.invalidate_all()
        self.assertEqual(invitation._touchpoint(), twin)
        self.assertEqual(invitation.action_open_record()["res_id"], twin.id)

    # === WHAT COLLEAGUES SEE === #

    def echo(self):
        with self.enter_registry_test_mode():
            self.env.ref("nps.ir_cron_nps_echo").method_direct_trigger()
        self.env.invalidate_all()

    def test_the_ticket_gets_a_note_with_score_and_comment_and_no_link(self):
        self.submit(3, comment="Nobody called")
        self.echo()
        body = self.ticket.message_ids[0].body
        self.assertIn("3 of 10 (Detractor)", body)
        self.assertIn("Nobody called", body)
        self.assertNotIn("/nps/", body)

    def test_the_note_speaks_the_words_of_the_metric(self):
        self.outcome.survey_id = self.make_survey("ces")
        self.answer(self.pick(self.ticket), 7)
        self.echo()
        self.assertIn("7 of 7 (Easy)", self.ticket.message_ids[0].body)

    def test_a_comment_with_markup_is_shown_inert(self):
        self.submit(3, comment="<script>alert(1)</script>")
        self.echo()
        self.assertIn("&lt;script&gt;", self.ticket.message_ids[0].body)

    def test_a_note_is_posted_once(self):
        self.submit(3)
        self.echo()
        notes = len(self.ticket.message_ids)
        self.echo()
        self.assertEqual(len(self.ticket.message_ids), notes)

    def test_words_that_follow_complete_the_note(self):
        self.submit(3)
        self.echo()
        notes = len(self.ticket.message_ids)
        self.submit(3, comment="Nobody called")
        self.echo()
        self.assertEqual(len(self.ticket.message_ids), notes)
        self.assertIn("Nobody called", self.ticket.message_ids[0].body)

    def test_a_contact_gets_no_note_as_every_employee_reads_contacts(self):
        notes = self.customer.message_ids
        self.answer(self.pick(), 2, comment="Awful")
        self.echo()
        bodies = "".join((self.customer.message_ids - notes).mapped("body"))
        self.assertNotIn("Awful", bodies)

    @mute_logger("odoo.addons.nps.models.nps_queue_mixin")
    def test_a_note_that_failed_is_tried_again(self):
        self.submit(3, comment="Nobody called")
        response = self.invitation._counted_response()
        with patch.object(type(response), "_post_note", side_effect=ValueError("x")):
            self.echo()
        self.assertEqual(response.echo_state, "pending")
        self.echo()
        self.assertIn("Nobody called", self.ticket.message_ids[0].body)

    def test_a_note_on_a_deleted_ticket_is_no_error(self):
        self.submit(3)
        self.ticket.unlink()
        self.echo()
        self.assertEqual(self.invitation._counted_response().echo_state, "done")
