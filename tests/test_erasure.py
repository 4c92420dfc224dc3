from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import Form, tagged

from .common_privacy import EMAIL, MARKERS, NAME, ErasureCase


@tagged("post_install", "-at_install")
class TestErasure(ErasureCase):
    """A person who is erased stands nowhere any more, and no number moves."""

    def test_the_marked_person_stands_in_every_place_before(self):
        found = {place.rpartition(": ")[2] for place in self.places_of()}
        self.assertFalse(MARKERS.keys() - found)

    def test_nothing_of_the_person_is_left_in_any_column_of_any_table(self):
        self.erase()
        self.assertEqual(self.places_of(), [])

    def test_every_number_by_every_grouping_stays_what_it_was(self):
        before = self.numbers()
        self.erase()
        after = self.numbers()
        for name, rows in before.items():
            with self.subTest(name):
                self.assertEqual(after[name], rows)

    def test_where_the_latest_answer_counts_he_stays_one_customer(self):
        before = self.latest_answers()
        self.erase()
        self.assertEqual(self.latest_answers(), before)
        self.assertEqual(len(before), 2)

    def latest_answers(self):
        asked = Domain("survey_id", "=", self.survey.id)
        latest = self.env["nps.insight"]._latest_answers(asked)
        return self.env["nps.report"].search([("id", "in", latest)]).ids

    def test_his_key_leads_to_nobody_and_another_erasure_draws_another(self):
        self.erase()
        key = self.happy.invitation_id.person_key
        self.assertEqual(self.unhappy.invitation_id.person_key, key)
        self.erase(self.other)
        others = (
            self.env["nps.invitation"].search(
                [("person_key", "!=", False), ("agent_name", "=", self.agent.name)]
            )
            - (self.happy | self.unhappy).invitation_id
        )
        self.assertNotIn(key, others.filtered("answered_at").mapped("person_key"))

    def test_what_waits_to_be_sent_is_withdrawn_and_stays_so(self):
        self.queued.write({"state": "queued"})
        self.erase()
        self.assertRecordValues(
            self.queued | self.failed,
            [{"state": "cancelled", "cancel_reason": "erased"}] * 2,
        )
        self.assertFalse(self.queued.scheduled_at)

    def test_his_links_open_nothing(self):
        token = self.make_link(self.happy.invitation_id)
        self.erase()
        self.assertFalse(self.env["nps.invitation.link"]._find_invitation(token))

    def test_a_quote_is_gone_from_the_website(self):
        website = self.env["website"].get_current_website()
        domain = self.env["nps.quote"]._published_domain(website)
        self.assertIn(self.quote, self.env["nps.quote"].search(domain))
        self.erase()
        self.assertFalse(self.quote.exists())

    def test_his_open_case_and_contest_are_closed(self):
        self.erase()
        self.assertEqual(self.marked_case.state, "withdrawn")
        self.assertEqual(self.dispute.state, "withdrawn")

    def test_whatever_is_decided_about_his_answer_no_case_is_opened(self):
        self.marked_case.unlink()
        response, invitation = self.unhappy, self.unhappy.invitation_id
        self.erase()
        response.with_user(self.analyst).action_exclude("test", "Ours")
        response.with_user(self.analyst).action_readmit()
        self.assertTrue(invitation.case_check_at)
        invitation._check_case_safely()
        self.assertFalse(invitation.case_ids)
        self.assertFalse(invitation.case_check_at)

    def test_what_a_merge_noted_of_him_goes_with_him(self):
        old = self.make_customer("Merga Before", "merga.before@marker.example")
        self.answer(self.pick(old), 9)
        target = self.make_customer("Merga After", "merga.after@marker.example")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((old | target).ids, target)
        marks = {"name": "Merga Before", "address": "merga.before@marker.example"}
        self.assertTrue(self.places_of(marks))
        target.with_user(self.admin).action_nps_erase_person()
        self.assertEqual(self.places_of(marks), [])

    def test_score_agent_day_and_place_stay(self):
        kept = ("score", "category", "state", "metric", "user_id", "survey_id")
        before = [self.happy[name] for name in kept]
        self.erase()
        self.assertEqual([self.happy[name] for name in kept], before)
        invitation = self.happy.invitation_id
        self.assertEqual(invitation.zip_area, "DE 10")
        self.assertEqual(invitation.local_date, fields.Date.today())

    def test_the_company_stays_while_others_of_it_were_asked(self):
        self.erase()
        invitation = self.happy.invitation_id
        self.assertEqual(invitation.commercial_partner_id, self.customer_company)
        self.erase(self.other)
        last = self.env["nps.invitation"].search(
            [("commercial_partner_id", "=", self.customer_company.id)]
        )
        self.assertEqual(last, last.filtered("is_erased"))

    def test_a_company_of_one_goes_with_its_only_person(self):
        self.other.parent_id = False
        alone = self.make_customer("Sole", "sole@sole.example", parent_id=False)
        alone.parent_id = self.env["res.partner"].create(
            {"name": "Sole Ltd", "is_company": True}
        )
        invitation = self.pick(self.make_ticket(partner_id=alone.id))
        self.assertTrue(invitation.commercial_partner_id.is_company)
        self.erase(alone)
        self.assertFalse(invitation.commercial_partner_id)

    def test_a_group_keeps_the_interactions_that_were_in_it(self):
        group = self.env["nps.group"].create(
            {"name": "Z", "domain": f"[('partner_id', '=', {self.marked.id})]"}
        )
        invitation = self.happy.invitation_id
        group._sort(invitation)
        self.assertIn(group, invitation.group_ids)
        self.erase()
        group._sort(invitation)
        invitation.invalidate_recordset()
        self.assertIn(group, invitation.group_ids)

    def test_it_is_recorded_without_a_name(self):
        erasure = self.erase()
        self.assertEqual((erasure.kind, erasure.user_id), ("person", self.admin))
        self.assertEqual(erasure.counts["nps.response"], 3)
        self.assertIn("NPS Response: 3", erasure.details)
        log = self.env["privacy.log"].search([], order="id desc", limit=1)
        self.assertEqual(log.anonymized_name, "Z******* Q******")
        self.assertEqual(log.user_id, self.admin)

    def test_erasing_twice_finds_nothing_more(self):
        self.erase(contact=False)
        erasure = self.erase(contact=False)
        self.assertNotIn("nps.invitation", erasure.counts or {})

    def test_somebody_else_stays_as_he_is(self):
        answer = self.env["nps.response"].search([("comment", "=", "Ok")])
        self.erase()
        self.assertEqual(answer.comment, "Ok")
        self.assertEqual(answer.invitation_id.customer_name, self.other.name)
        self.assertEqual(self.other.nps_score, 9)


@tagged("post_install", "-at_install")
class TestErasureChoices(ErasureCase):
    """What else goes is chosen: tickets, contacts, and who shares the address."""

    def test_tickets_that_are_not_meant_keep_their_customer(self):
        self.erase(tickets=False, contact=False)
        self.assertEqual(self.marked_ticket.partner_id, self.marked)
        self.assertIn("MARKDESCRIPTION", self.marked_ticket.description)
        self.assertFalse(self.marked_ticket.nps_category)
        notes = self.marked_ticket.message_ids.mapped("body")
        self.assertFalse([body for body in notes if "MARKAGENTNOTE" in body])
        self.assertFalse([body for body in notes if "MARKCOMMENT" in body])

    def test_a_contact_that_is_not_meant_shows_no_score_any_more(self):
        self.assertTrue(self.marked.nps_category)
        self.erase(contact=False)
        self.assertEqual(self.marked.name, NAME)
        self.assertFalse(self.marked.nps_category)

    def test_a_contact_that_documents_need_is_nobody_and_archived(self):
        self.env["res.company"].create(
            {"name": "Needs", "partner_id": self.twin.copy().id}
        )
        letter = self.env["hr.employee"].create(
            {"name": "E", "work_contact_id": self.marked.id}
        )
        self.erase(self.marked)
        self.assertEqual(letter.work_contact_id, self.marked)
        self.assertRecordValues(
            self.marked,
            [
                {
                    "active": False,
                    "name": "Erased person",
                    "email": False,
                    "phone": False,
                }
            ],
        )

    def test_a_contact_that_nothing_needs_is_deleted(self):
        self.erase()
        self.assertFalse((self.marked | self.twin).exists())

    def test_who_shares_the_address_and_is_not_chosen_stays(self):
        shared = self.make_customer("Sister", EMAIL)
        invitation = self.pick(shared)
        self.erase()
        self.assertEqual(invitation.customer_name, "Sister")
        self.assertEqual(shared.email, EMAIL)

    def test_an_interaction_without_contact_goes_by_its_address(self):
        self.erase()
        self.assertFalse(self.nameless.email)

    def test_a_colleague_is_not_deleted_as_a_customer(self):
        colleague = self.agent.partner_id
        with self.assertRaisesRegex(UserError, "belongs to your own house"):
            self.erase(colleague)
        self.erase(colleague, contact=False)
        self.assertEqual(colleague.name, self.agent.name)

    def test_a_portal_account_is_closed(self):
        user = self.env["res.users"].create(
            {
                "name": NAME,
                "login": EMAIL,
                "partner_id": self.marked.id,
                "group_ids": [
                    fields.Command.link(self.env.ref("base.group_portal").id)
                ],
            }
        )
        self.erase()
        self.assertFalse(user.active)
        self.assertEqual(self.places_of(), [])


@tagged("post_install", "-at_install")
class TestErasureRights(ErasureCase):
    """Administrators erase, of a person in all companies that know him."""

    def test_nobody_else_erases_or_exports(self):
        manager = self.make_agent("mgr", groups="nps.nps_group_team_manager")
        for user in (self.agent, manager, self.analyst):
            person = self.marked.with_user(user)
            for action in (
                person.action_nps_erase_person,
                person.action_nps_open_erasure,
                person.action_nps_export_person,
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    action()

    def test_an_administrator_needs_no_right_on_tickets(self):
        self.assertFalse(self.admin.has_group("helpdesk_mgmt.group_helpdesk_user_own"))
        self.erase()

    def test_half_a_person_is_not_erased(self):
        second = self.env["res.company"].create({"name": "Second Company"})
        self.happy.invitation_id.company_id = second
        with self.assertRaisesRegex(UserError, "Second Company.*Ask an NPS admin"):
            self.erase()
        self.admin.company_ids |= second
        self.erase()
        self.assertEqual(self.places_of(), [])

    def test_records_of_erasures_are_read_by_administrators_alone(self):
        for user in (self.agent, self.analyst):
            allowed = self.env["nps.erasure"].with_user(user)
            self.assertFalse(allowed.has_access("read"))
        mine = self.env["nps.erasure"].with_user(self.admin)
        self.assertTrue(mine.has_access("read"))
        self.assertFalse(mine.has_access("unlink"))
        self.assertFalse(mine.has_access("write"))


@tagged("post_install", "-at_install")
class TestErasureDialog(ErasureCase):
    """The dialog says what goes and what stays, and asks once more."""

    def dialog(self):
        action = self.marked.with_user(self.admin).action_nps_open_erasure()
        dialogs = self.env[action["res_model"]].with_user(self.admin)
        return dialogs.browse(action["res_id"])

    def test_it_counts_and_names_what_goes_and_what_stays(self):
        summary = self.dialog().summary
        self.assertIn("interactions", summary)
        self.assertIn("keyed hash", summary)
        self.assertIn("Blue Sky", summary)

    def test_contacts_of_the_same_address_are_listed_and_can_be_taken_off(self):
        dialog = self.dialog()
        self.assertEqual(dialog.partner_ids, self.marked | self.twin)
        with Form(dialog) as form:
            form.partner_ids.remove(id=self.twin.id)
            form.is_confirmed = True
        dialog.action_erase()
        self.assertTrue(self.twin.exists())
        self.assertFalse(self.marked.exists())

    def test_it_must_be_confirmed(self):
        with self.assertRaisesRegex(UserError, "Tick"):
            self.dialog().action_erase()

    def test_confirmed_it_erases_and_leaves_no_dialog_that_names_him(self):
        self.dialog()
        dialog = self.dialog()
        dialog.is_confirmed = True
        action = dialog.action_erase()
        self.assertEqual(action["res_model"], "nps.erasure")
        self.assertEqual(self.places_of(), [])

    def test_who_may_not_work_in_all_companies_is_told_at_once(self):
        second = self.env["res.company"].create({"name": "Second Company"})
        self.happy.invitation_id.company_id = second
        with self.assertRaisesRegex(UserError, "Second Company"):
            self.dialog()
