from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestPick(NpsCommon):
    def dialog(self, record):
        action = record.with_user(self.agent).action_nps_pick_outcome()
        model = self.env[action["res_model"]].with_user(self.agent)
        return Form(model.with_context(**action["context"]))

    # === WHAT IS KEPT === #

    def test_the_answer_tells_the_invitation_its_state_and_no_reason(self):
        answer = self.customer.with_user(self.agent).nps_pick_outcome("fixed")
        self.assertEqual(answer["state"], "queued")
        self.assertIsNone(answer["reason"])
        self.assertTrue(self.env["nps.invitation"].browse(answer["invitation_id"]))

    def test_the_snapshot_of_a_ticket_says_who_by_whom_where_and_when(self):
        team = self.env["helpdesk.ticket.team"].create(
            {"name": "First Line", "user_ids": self.agent.ids}
        )
        channel = self.env["helpdesk.ticket.channel"].create({"name": "Phone"})
        germany = self.env.ref("base.de")
        self.customer.write({"country_id": germany.id, "zip": "10115"})
        ticket = self.make_ticket(team_id=team.id, channel_id=channel.id)
        invitation = self.pick(ticket)
        self.assertRecordValues(
            invitation,
            [
                {
                    "res_model": "helpdesk.ticket",
                    "res_id": ticket.id,
                    "subject": "Printer does not print",
                    "partner_id": self.customer.id,
                    "commercial_partner_id": self.customer_company.id,
                    "email": "carla@bluesky.example",
                    "country_id": germany.id,
                    "zip": "10115",
                    "user_id": self.agent.id,
                    "employee_id": self.agent.employee_id.id,
                    "department_id": self.phone.id,
                    "company_id": self.company.id,
                    "team_id": team.id,
                    "channel_id": channel.id,
                    "outcome_id": self.outcome.id,
                    "survey_id": self.survey.id,
                }
            ],
        )

    def test_reorganising_later_moves_nothing_in_the_past(self):
        ticket = self.make_ticket()
        invitation = self.pick(ticket)
        frozen = ["user_id", "employee_id", "department_id", "country_id", "email"]
        before = invitation.read(frozen)
        other = self.make_agent("other", self.sales)
        ticket.user_id = other
        self.agent.employee_id.department_id = self.sales
        self.customer.write(
            {"country_id": self.env.ref("base.fr").id, "email": "x@y.example"}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(invitation.read(frozen), before)

    @freeze_time("2026-03-01 23:30:00")
    def test_the_hour_and_day_are_those_of_the_company(self):
        self.company.resource_calendar_id.tz = "Asia/Tokyo"
        invitation = self.pick()
        self.assertEqual(invitation.local_hour, 8)
        self.assertEqual(invitation.local_date, fields.Date.to_date("2026-03-02"))

    def test_a_ticket_without_a_contact_asks_the_address_it_came_from(self):
        ticket = self.make_ticket(
            partner_id=False, partner_name="Eve", partner_email="Eve <eve@x.example>"
        )
        invitation = self.pick(ticket)
        self.assertEqual(invitation.state, "queued")
        self.assertEqual(invitation.email_normalized, "eve@x.example")
        self.assertFalse(invitation.partner_id)

    # === WHO IS NOT ASKED === #

    def assertNotAsked(self, invitation, reason, words):
        self.assertEqual(invitation.state, "suppressed")
        self.assertEqual(invitation.suppression_reason, reason)
        self.assertIn(words, invitation.state_text)

    def test_an_outcome_without_survey_asks_nobody_and_leaves_a_row(self):
        self.outcome.survey_id = False
        self.assertNotAsked(self.pick(), "no_survey", "asks nobody")

    def test_a_customer_without_address_is_not_asked(self):
        self.customer.email = False
        self.assertNotAsked(self.pick(), "no_address", "no e-mail address")

    def test_a_customer_with_a_broken_address_is_not_asked(self):
        self.customer.email = "carla at bluesky"
        self.assertNotAsked(self.pick(), "invalid_address", "not valid")

    def test_a_blacklisted_customer_is_not_asked(self):
        self.env["mail.blacklist"]._add("CARLA@bluesky.example")
        self.assertNotAsked(self.pick(), "blacklisted", "mail blacklist")

    def test_an_archived_survey_asks_nobody(self):
        self.survey.active = False
        self.assertNotAsked(self.pick(), "survey_archived", "archived")

    def test_an_archived_customer_is_not_asked(self):
        self.customer.active = False
        self.assertNotAsked(self.pick(), "customer_archived", "archived")

    def test_our_own_address_is_not_asked(self):
        self.customer.email = "Hello@acme.example"
        self.assertNotAsked(self.pick(), "own_company", "our own company")

    def test_a_colleague_is_not_asked(self):
        self.customer.email = self.make_agent("colleague").email
        self.assertNotAsked(self.pick(), "own_company", "our own company")

    # === WHAT ELSE HAPPENS === #

    def test_the_ticket_moves_to_the_stage_of_the_outcome(self):
        stage = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self.outcome.stage_id = stage
        ticket = self.make_ticket()
        self.pick(ticket)
        self.assertEqual(ticket.stage_id, stage)

    def test_a_callback_is_planned_for_the_agent(self):
        call = self.env.ref("mail.mail_activity_data_call")
        self.outcome.write({"callback_activity_type_id": call.id, "callback_days": 3})
        ticket = self.make_ticket()
        self.pick(ticket)
        self.assertRecordValues(
            ticket.activity_ids,
            [
                {
                    "activity_type_id": call.id,
                    "user_id": self.agent.id,
                    "date_deadline": fields.Date.today() + timedelta(days=3),
                }
            ],
        )

    def test_a_callback_needs_no_right_to_edit_the_contact(self):
        self.outcome.callback_activity_type_id = self.env.ref(
            "mail.mail_activity_data_call"
        )
        self.assertFalse(self.customer.with_user(self.agent).has_access("write"))
        self.pick()
        self.assertEqual(self.customer.activity_ids.user_id, self.agent)

    @mute_logger("odoo.addons.nps.models.nps_outcome")
    def test_a_notice_that_cannot_be_written_keeps_nobody_from_picking(self):
        self.outcome.notify_partner_ids = self.agent.partner_id
        self.env.ref("nps.mail_template_nps_outcome_notice").unlink()
        self.assertEqual(self.pick().state, "queued")

    def test_colleagues_get_a_queued_mail_and_the_invitation_is_untouched_by_it(self):
        colleague = self.make_agent("colleague").partner_id
        self.outcome.notify_partner_ids = colleague
        invitation = self.pick(note="Wants a discount")
        notice = self.env["mail.mail"].search([("recipient_ids", "in", colleague.ids)])
        self.assertEqual(notice.state, "outgoing")
        self.assertIn("Wants a discount", notice.body_html)
        self.assertEqual(invitation.state, "queued")

    def test_the_chatter_tells_the_outcome_and_what_happens(self):
        ticket = self.make_ticket()
        self.pick(ticket, note="He was kind")
        body = ticket.message_ids[0].body
        self.assertIn("Fixed", body)
        self.assertIn("carla@bluesky.example", body)
        self.assertIn("He was kind", body)

    def test_a_delay_keeps_the_mail_back(self):
        self.outcome.delay_hours = 24
        invitation = self.pick()
        self.assertEqual(
            invitation.scheduled_at, invitation.picked_at + timedelta(hours=24)
        )

    # === THE GUESS === #

    def test_a_guess_of_zero_is_kept_apart_from_no_guess(self):
        worst, none = self.pick(guess=0), self.pick()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertIs(worst.guess, 0)
        self.assertIs(none.guess, False)

    def test_all_guesses_of_the_scale_are_kept(self):
        for guess in range(11):
            with self.subTest(guess=guess):
                self.assertEqual(self.pick(guess=guess).guess, guess)

    def test_a_guess_off_the_scale_is_refused_with_the_range(self):
        for guess in (11, -1, "abc", 5.5, True):
            with self.subTest(guess=guess):
                with self.assertRaisesRegex(UserError, "from 0 to 10"):
                    self.pick(guess=guess)

    # === WHAT RECORDS SHOW === #

    def seen_by_agent(self, record):
        record.invalidate_recordset()
        return record.with_user(self.agent).nps_invitation_text

    def test_a_contact_shows_what_was_asked_on_his_ticket(self):
        self.pick(self.make_ticket())
        self.assertIn("Queued", self.seen_by_agent(self.customer))

    def test_a_company_shows_what_was_asked_of_its_people(self):
        self.pick()
        self.assertIn("Queued", self.seen_by_agent(self.customer_company))
        self.assertEqual(self.customer_company.nps_invitation_count, 1)

    def test_a_ticket_shows_what_a_colleague_asked(self):
        ticket = self.make_ticket()
        self.pick(ticket, user=self.make_agent("colleague"))
        self.assertIn("Queued", self.seen_by_agent(ticket))

    def test_a_record_without_interaction_shows_nothing(self):
        self.assertFalse(self.seen_by_agent(self.make_ticket()))

    # === WHO MAY === #

    def test_an_unknown_code_is_refused_with_the_known_ones(self):
        with self.assertRaisesRegex(UserError, "no outcome “nope”.*fixed"):
            self.pick(code="nope")

    def test_a_colleague_without_the_role_may_not_pick(self):
        stranger = new_test_user(self.env, "stranger", groups="base.group_user")
        with self.assertRaisesRegex(AccessError, "Only NPS agents"):
            self.pick(user=stranger)

    def test_an_agent_may_not_pick_on_a_ticket_he_cannot_read(self):
        personal = self.make_agent(
            "personal",
            groups="nps.nps_group_user,helpdesk_mgmt.group_helpdesk_user_own",
        )
        with self.assertRaises(AccessError):
            self.pick(self.make_ticket(), user=personal)

    # === THE DIALOG === #

    def test_the_dialog_tells_beforehand_who_gets_what(self):
        with self.dialog(self.customer) as form:
            form.outcome_id = self.outcome
            self.assertIn("After support", form.consequences)
            self.assertIn("carla@bluesky.example at once", form.consequences)

    def test_the_dialog_tells_beforehand_why_nobody_is_asked(self):
        self.customer.email = False
        with self.dialog(self.customer) as form:
            form.outcome_id = self.outcome
            self.assertIn("no e-mail address", form.consequences)

    def test_the_dialog_tells_nothing_of_a_ticket_that_the_agent_cannot_read(self):
        personal = self.make_agent(
            "personal",
            groups="nps.nps_group_user,helpdesk_mgmt.group_helpdesk_user_own",
        )
        dialog = self.env["nps.outcome.pick"].with_user(personal)
        values = {
            "res_model": "helpdesk.ticket",
            "res_id": self.make_ticket().id,
            "outcome_id": self.outcome.id,
        }
        with self.assertRaises(AccessError):
            dialog.new(values).consequences  # noqa: B018

    def test_the_dialog_opens_on_touchpoints_only(self):
        dialog = self.env["nps.outcome.pick"].with_user(self.agent)
        with self.assertRaisesRegex(UserError, "No outcome can be picked here"):
            dialog.new({"res_model": "res.users", "res_id": 1})._record()

    def test_looking_at_the_dialog_stores_no_invitation(self):
        before = self.env["nps.invitation"].search_count([])
        with self.dialog(self.customer) as form:
            form.outcome_id = self.outcome
        self.assertEqual(self.env["nps.invitation"].search_count([]), before)

    def test_confirming_the_dialog_picks_with_guess_and_note(self):
        form = self.dialog(self.make_ticket())
        form.outcome_id = self.outcome
        form.guess = 0
        form.note = "Loud line"
        action = form.save().action_confirm()
        invitation = self.env["nps.invitation"].search([], order="id desc", limit=1)
        self.assertEqual((invitation.guess, invitation.note), (0, "Loud line"))
        self.assertIn("at once", action["params"]["message"])

    def test_confirming_without_an_outcome_asks_for_one(self):
        with self.assertRaisesRegex(UserError, "Choose an outcome"):
            self.dialog(self.customer).save().action_confirm()

    def test_the_dialog_shows_the_script(self):
        self.outcome.script = "<p>Say goodbye</p>"
        with self.dialog(self.customer) as form:
            form.outcome_id = self.outcome
            self.assertIn("Say goodbye", form.script)
