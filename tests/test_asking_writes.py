from unittest.mock import patch

from odoo.fields import Many2oneReference
from odoo.sql_db import Cursor
from odoo.tests import tagged

from ..models.mail_template_addresses import Addresses
from ..tools import metrics
from .test_many import ManyCommon


class AskingCommon(ManyCommon):
    def updates_of(self, table, action):
        """Return how many statements of an action change stored rows of a table."""
        execute, updates = Cursor.execute, []

        def note(cursor, query, *args, **kwargs):
            text = getattr(query, "code", query)
            updates.extend([text] if f'UPDATE "{table}"' in text else [])
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", note):
            action()
            self.env.flush_all()
        return len(updates)


@tagged("post_install", "-at_install")
class TestMailsAreStoredOnce(AskingCommon):
    """A mail is whole when it is stored: its address and its text stand in it."""

    def test_neither_mails_nor_messages_are_changed_after_they_were_made(self):
        invitations = self.ask(self.make_tickets(5))
        for table in ("mail_mail", "mail_message"):
            [invitation, *_rest] = invitations.filtered(lambda i: not i.mail_id)
            self.assertEqual(self.updates_of(table, invitation._queue_mails), 0, table)
            self.assertTrue(invitation.mail_id.mail_message_id.body)

    def test_notes_are_not_changed_after_they_were_made(self):
        pick = self.make_tickets(5)._nps_pick_by_stage
        self.assertEqual(self.updates_of("mail_message", pick), 0)


@tagged("post_install", "-at_install")
class TestAddressOfTheMail(AskingCommon):
    """The customer's own address counts, whatever a template says."""

    def setUp(self):
        super().setUp()
        self.invitations = self.ask(self.make_tickets(3))
        self.template = self.outcome._template()

    def test_each_mail_goes_to_its_own_customer(self):
        self.invitations._queue_mails()
        for invitation in self.invitations:
            self.assertIn(
                f"<{invitation.email_normalized}>", invitation.mail_id.email_to
            )
            self.assertIn(invitation.customer_name, invitation.mail_id.email_to)

    def test_addresses_of_a_template_are_not_asked_for(self):
        self.template.write(
            {
                "email_to": "boss@x.example",
                "email_cc": "{{ object.email and 'all@x.example' }}",
                "scheduled_date": "{{ object.picked_at.replace(year=2090) }}",
            }
        )
        self.invitations._queue_mails()
        for invitation in self.invitations:
            mail = invitation.mail_id
            self.assertIn(f"<{invitation.email_normalized}>", mail.email_to)
            self.assertFalse(mail.email_cc)
            self.assertLess(mail.scheduled_date.year, 2090)

    def test_a_request_from_outside_brings_no_address_along(self):
        [invitation, *_rest] = self.invitations
        asked = self.template.with_context(
            nps_addresses={invitation.id: "thief@x.example"}
        )
        mail = self.env["mail.mail"].browse(asked.send_mail(invitation.id))
        self.assertEqual(mail.email_to, invitation.email)

    def test_a_template_that_knows_the_address_keeps_everything_else(self):
        [invitation, *_rest] = self.invitations
        fields = ("subject", "email_from", "email_to", "email_cc", "partner_to")
        usual = self.template._generate_template(invitation.ids, fields)
        given = self.template.with_context(
            nps_addresses=Addresses({invitation.id: "a@x.example"})
        )._generate_template(invitation.ids, fields)
        usual[invitation.id].update(email_to="a@x.example")
        del usual[invitation.id]["email_cc"]
        self.assertEqual(given, usual)


@tagged("post_install", "-at_install")
class TestDocumentsLearnOfMessages(AskingCommon):
    """Whoever has read the messages of a document sees the next one among them."""

    def message(self, ticket):
        return self.env["mail.message"].create(
            {"model": ticket._name, "res_id": ticket.id, "body": "Hello"}
        )

    def searches_of(self, action):
        """Return how often Odoo goes through all models with a chatter."""
        update, calls = Many2oneReference._update_inverses, []

        def note(field, records, value):
            calls.append(value)
            return update(field, records, value)

        with patch.object(Many2oneReference, "_update_inverses", note):
            action()
        return len(calls)

    def test_a_document_whose_messages_are_known_gets_the_new_one(self):
        ticket = self.make_tickets(1)
        known = ticket.message_ids
        message = self.message(ticket)
        self.assertIn(message, ticket.message_ids)
        self.assertEqual(len(ticket.message_ids), len(known) + 1)

    def test_a_document_whose_messages_nobody_read_finds_the_new_one(self):
        ticket = self.make_tickets(1)
        self.env.flush_all()
        self.env.invalidate_all()
        message = self.message(ticket)
        self.assertIn(message, ticket.message_ids)

    def test_the_same_number_of_another_model_is_another_document(self):
        ticket = self.make_tickets(1)
        other = self.env["res.partner"].browse(ticket.id).exists() or self.customer
        before = other.message_ids
        self.message(ticket)
        self.assertEqual(other.message_ids, before)

    def test_only_who_has_read_messages_is_looked_for(self):
        ticket = self.make_tickets(1)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.searches_of(lambda: self.message(ticket)), 0)
        self.assertTrue(ticket.message_ids)
        self.assertEqual(self.searches_of(lambda: self.message(ticket)), 1)


@tagged("post_install", "-at_install")
class TestScoresInWords(AskingCommon):
    def test_each_language_has_its_own_words(self):
        self.env["res.lang"]._activate_lang("de_DE")
        [invitation] = self.ask(self.make_tickets(1))
        words = {
            code: invitation.with_context(lang=code)._scale_links()[9][2]
            for code in ("en_US", "de_DE", "en_US")
        }
        self.assertEqual(words["en_US"], "9 out of 10")
        self.assertNotEqual(words["de_DE"], words["en_US"])

    def test_each_scale_has_its_own_words(self):
        invitation = self.env["nps.invitation"]
        words = {m: invitation._scores_in_words(s) for m, s in metrics.SCALES.items()}
        self.assertEqual((len(words["nps"]), words["nps"][-1]), (11, "10 out of 10"))
        self.assertEqual((len(words["csat"]), words["csat"][-1]), (5, "5 out of 5"))
