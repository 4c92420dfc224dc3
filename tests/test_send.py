from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..tools import backoff, tokens
from .common import PERSONAL_LINK, NpsMailCommon

SEND = "odoo.addons.nps.models.nps_invitation_send"
MAIL = "odoo.addons.mail.models.mail_mail"


@tagged("post_install", "-at_install")
class TestSend(NpsMailCommon):
    def set_subject(self, subject):
        """Change the template behind the back of Odoo, which checks what it can."""
        template = self.env.ref("nps.mail_template_nps_invitation")
        self.env.cr.execute(
            "UPDATE mail_template SET subject = jsonb_build_object('en_US', %s)"
            " WHERE id = %s",
            [subject, template.id],
        )
        template.invalidate_recordset()

    def send(self, invitation, **server):
        with self.mail_server(**server):
            self.run_send_cron()
        return invitation

    # === THE MAIL === #

    def test_picking_wakes_the_cron_and_sends_nothing_itself(self):
        cron = self.env.ref("nps.ir_cron_nps_send")
        with self.mail_server(), self.capture_triggers(cron.id) as captured:
            invitation = self.pick()
        self.assertEqual(len(captured.records), 1)
        self.assertLessEqual(captured.records.call_at, fields.Datetime.now())
        self.assertFalse(self._new_mails)
        self.assertEqual(invitation.state, "queued")

    def test_the_mail_goes_to_the_customer_alone(self):
        invitation = self.send(self.pick())
        self.assertEqual(invitation.state, "sent")
        self.assertEqual(len(self._mails), 1)
        self.assertEqual(
            self._mails[0]["email_to"], ['"Carla Customer" <carla@bluesky.example>']
        )
        self.assertFalse(self._mails[0]["email_cc"])

    def test_the_mail_has_a_link_for_each_score_and_a_plain_one(self):
        self.send(self.pick())
        body = self._mails[0]["body"]
        token = self.token_in(self._mails[0])
        for score in range(11):
            self.assertIn(f"/nps/{token}?s={score}", body)
            self.assertIn(f'aria-label="{score} out of 10"', body)
        self.assertIn(f'/nps/{token}"', body)

    def test_each_metric_has_links_for_its_own_scale(self):
        for metric, scores in (("ces", range(1, 8)), ("csat", range(1, 6))):
            with self.subTest(metric=metric):
                self.outcome.survey_id = self.make_survey(metric)
                self.send(self.pick())
                body = self._mails[0]["body"]
                found = [s for s in range(11) if f"?s={s}" in body]
                self.assertEqual(found, list(scores))

    def test_the_mail_is_personal(self):
        self.send(self.pick(self.make_ticket()))
        body = self._mails[0]["body"]
        for word in ("Carla Customer", self.agent.name.split(" ")[0], "Printer"):
            self.assertIn(word, body)

    def test_the_plain_text_part_has_one_link_and_the_way_out(self):
        self.send(self.pick())
        text = self._mails[0]["body_alternative"]
        token = self.token_in(self._mails[0])
        self.assertEqual(text.count(f"/nps/{token}"), 2)
        self.assertEqual(text.count(f"/nps/{token}/opt-out"), 1)
        self.assertNotIn("?s=", text)

    def test_the_mail_says_that_no_person_wrote_it(self):
        self.send(self.pick())
        self.assertEqual(
            self._mails[0]["EmailMessage"]["Auto-Submitted"], "auto-generated"
        )

    def test_the_mail_is_in_the_customers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.survey.with_context(
            lang="fr_FR"
        ).question = "Recommanderiez-vous {company} ?"
        self.customer.lang = "fr_FR"
        self.send(self.pick())
        self.assertIn("Recommanderiez-vous", self._mails[0]["body"])

    # === THE SECRET === #

    def test_only_the_hash_of_the_link_is_kept(self):
        invitation = self.send(self.pick())
        token = self.token_in(self._mails[0])
        link = self.env["nps.invitation.link"].search(
            [("invitation_id", "=", invitation.id)]
        )
        self.assertEqual(link.token_hash, tokens.hash_token(token))

    def test_neither_the_queue_nor_the_chatter_holds_the_secret(self):
        invitation = self.send(self.pick())
        token = self.token_in(self._mails[0])
        stored = [
            *self._new_mails.mapped("body_html"),
            *invitation.message_ids.mapped("body"),
        ]
        self.assertTrue(any("/nps/personal/" in body for body in stored))
        self.assertFalse([body for body in stored if token in body])

    def test_each_mail_has_a_secret_of_its_own(self):
        self.pick()
        self.pick()
        with self.mail_server():
            self.run_send_cron()
        self.assertEqual(len({self.token_in(mail) for mail in self._mails}), 2)

    # === WHEN IT FAILS === #

    @mute_logger(SEND, MAIL)
    def test_a_mail_server_that_is_down_leaves_it_queued_with_the_next_try(self):
        invitation = self.send(self.pick(), down=True)
        self.assertEqual(invitation.state, "queued")
        self.assertIn("could not be reached", invitation.state_text)
        self.assertGreater(invitation.scheduled_at, fields.Datetime.now())

    @mute_logger(SEND, MAIL)
    def test_it_goes_out_by_itself_when_the_server_is_back(self):
        invitation = self.send(self.pick(), down=True)
        with freeze_time(self.minutes_later(2)):
            self.send(invitation)
        self.assertEqual(invitation.state, "sent")
        self.assertEqual(len(self._mails), 1)

    @mute_logger(SEND, MAIL)
    def test_the_wait_grows_with_every_try(self):
        invitation = self.pick()
        waits = []
        for _attempt in range(3):
            with freeze_time(invitation.scheduled_at):
                self.send(invitation, down=True)
                waits.append(invitation.scheduled_at - fields.Datetime.now())
        self.assertEqual(waits, [backoff.delay(n) for n in (1, 2, 3)])

    @mute_logger(SEND, MAIL)
    def test_it_is_given_up_after_some_days_and_says_so(self):
        invitation = self.pick()
        late = fields.Datetime.now() + backoff.GIVE_UP_AFTER + timedelta(hours=1)
        with freeze_time(late):
            self.send(invitation, down=True)
        self.assertEqual(invitation.state, "failed")
        self.assertFalse(invitation.scheduled_at)
        self.assertIn("Failed", invitation.state_text)

    @mute_logger(SEND, MAIL)
    def test_a_refused_address_fails_with_the_servers_reason(self):
        invitation = self.send(self.pick(), refuses="carla@bluesky.example")
        self.assertEqual(invitation.state, "failed")
        self.assertIn("550 no mailbox", invitation.failure_reason)
        self.assertFalse(invitation.scheduled_at, "a 5xx is final")

    @mute_logger(SEND, MAIL)
    def test_one_poisoned_invitation_does_not_hold_up_the_others(self):
        bad = self.pick(self.make_customer("Bad", "bad@x.example"))
        good = self.pick()
        self.set_subject("{{ 1 / 0 if object.email == 'bad@x.example' else 'Hello' }}")
        self.send(bad | good)
        self.assertEqual((bad.state, good.state), ("failed", "sent"))
        self.assertTrue(bad.failure_reason)

    @mute_logger(SEND, MAIL)
    def test_of_a_hundred_with_one_poisoned_ninety_nine_are_sent(self):
        customers = [
            self.make_customer(f"C {n}", f"c{n}@x.example") for n in range(100)
        ]
        invitations = [self.pick(customer) for customer in customers]
        self.set_subject("{{ 1 / 0 if object.email == 'c42@x.example' else 'Hello' }}")
        self.send(invitations)
        states = [invitation.state for invitation in invitations]
        self.assertEqual((states.count("sent"), states[42]), (99, "failed"))
        self.assertIn("division by zero", invitations[42].failure_reason)
        self.assertEqual(len({mail["email_to"][0] for mail in self._mails}), 99)

    @mute_logger(SEND, MAIL)
    def test_a_broken_template_holds_up_until_it_is_mended_and_loses_nobody(self):
        customers = [self.make_customer(f"C {n}", f"c{n}@x.example") for n in range(3)]
        self.set_subject("{{ 1 / 0 }}")
        invitations = [self.pick(customer) for customer in customers]
        self.send(invitations)
        for invitation in invitations:
            self.assertEqual(invitation.state, "failed")
            self.assertTrue(invitation.scheduled_at, "it is tried again")
            self.assertFalse(invitation.asked_at, "nobody was asked yet")
        self.set_subject("Hello")
        with freeze_time(self.minutes_later(2)):
            self.send(invitations)
        self.assertEqual({i.state for i in invitations}, {"sent"})

    @mute_logger(SEND, MAIL)
    def test_a_template_without_the_link_is_not_sent_and_says_why(self):
        self.outcome.mail_template_id = self.env["mail.template"].create(
            {
                "name": "No link",
                "model_id": self.env["ir.model"]._get_id("nps.invitation"),
                "body_html": "<p>Hello</p>",
            }
        )
        invitation = self.send(self.pick())
        self.assertFalse(self._mails)
        self.assertEqual(invitation.state, "failed")
        self.assertIn("contains no link", invitation.failure_reason)

    def test_a_template_of_their_own_needs_no_sender_and_copies_nobody(self):
        self.outcome.mail_template_id = self.env["mail.template"].create(
            {
                "name": "Bare",
                "model_id": self.env["ir.model"]._get_id("nps.invitation"),
                "email_cc": "boss@acme.example",
                "body_html": '<a t-att-href="object.nps_link()">Tell us</a>',
            }
        )
        self.assertEqual(self.send(self.pick()).state, "sent")
        self.assertFalse(self._mails[0]["email_cc"])
        self.assertIn("hello@acme.example", self._mails[0]["email_from"])
        self.assertTrue(self.token_in(self._mails[0]))

    def test_odoos_own_queue_leaves_our_mail_to_us_and_rescues_it_later(self):
        invitation = self.pick()
        with self.mail_server():
            invitation._queue_mail()
            self.env["mail.mail"].process_email_queue()
            self.assertEqual(invitation.state, "queued")
            with freeze_time(self.minutes_later(16)):
                self.env["mail.mail"].process_email_queue()
        self.assertEqual(invitation.state, "sent")
        self.assertTrue(self.sent_to("carla@"))

    def test_a_mail_that_is_held_back_is_looked_at_later(self):
        invitation = self.pick()
        with (
            self.mail_server(),
            patch.object(type(self.env["mail.mail"]), "send", return_value=True),
        ):
            self.run_send_cron()
        self.assertEqual(invitation.state, "queued")
        self.assertGreater(invitation.scheduled_at, fields.Datetime.now())

    def test_a_mail_that_somebody_took_out_of_the_queue_is_not_made_again(self):
        invitation = self.pick()
        invitation._queue_mail()
        invitation.mail_id.cancel()
        self.send(invitation)
        self.assertFalse(self._mails)
        self.assertEqual(invitation.state, "cancelled")

    @mute_logger(SEND, MAIL)
    def test_a_broken_template_holds_mails_until_it_is_mended(self):
        self.set_subject("{{ 1 / 0 }}")
        invitation = self.send(self.pick())
        self.assertEqual(invitation.state, "failed")
        self.set_subject("Hello")
        with freeze_time(self.minutes_later(2)):
            self.send(invitation)
        self.assertEqual(invitation.state, "sent")

    @mute_logger(SEND, MAIL)
    def test_an_agent_may_have_it_tried_again_at_once(self):
        invitation = self.send(self.pick(), refuses="carla@bluesky.example")
        self.customer.with_user(self.agent).action_nps_retry()
        self.send(invitation)
        self.assertEqual(invitation.state, "sent")

    def test_a_delay_cannot_be_got_around_by_trying_again(self):
        self.outcome.delay_hours = 24
        with self.assertRaisesRegex(UserError, "nothing to try again"):
            self.pick().with_user(self.agent).action_retry()

    @mute_logger(SEND, MAIL)
    def test_trying_again_takes_the_old_mail_back(self):
        invitation = self.send(self.pick(), down=True)
        old = invitation.mail_id
        invitation.with_user(self.agent).action_retry()
        self.assertEqual(old.state, "cancel")
        self.send(invitation)
        self.assertEqual(len(self._mails), 1)

    def test_trying_again_what_did_not_fail_is_refused(self):
        invitation = self.send(self.pick())
        with self.assertRaisesRegex(UserError, "nothing to try again"):
            invitation.with_user(self.agent).action_retry()

    def test_a_language_that_was_switched_off_since_is_no_obstacle(self):
        invitation = self.pick()
        invitation.lang = "fr_FR"
        self.send(invitation)
        self.assertEqual(invitation.state, "sent")

    # === UP TO THE LAST MOMENT === #

    def test_a_delayed_mail_waits_for_its_time(self):
        self.outcome.delay_hours = 2
        invitation = self.send(self.pick())
        self.assertEqual(invitation.state, "queued")
        with freeze_time(self.minutes_later(121)):
            self.send(invitation)
        self.assertEqual(invitation.state, "sent")

    def test_who_opts_out_while_the_mail_waits_gets_none(self):
        invitation = self.pick()
        self.env["mail.blacklist"]._add(self.customer.email)
        self.send(invitation)
        self.assertFalse(self._mails)
        self.assertEqual(invitation.suppression_reason, "blacklisted")

    def test_who_opts_out_while_the_mail_is_in_odoos_queue_gets_none(self):
        invitation = self.pick()
        invitation._queue_mail()
        mail = invitation.mail_id
        self.env["mail.blacklist"]._add(self.customer.email)
        with self.mail_server():
            mail.send()
        self.assertFalse(self._mails)
        self.assertEqual(invitation.suppression_reason, "blacklisted")

    def test_a_cancelled_invitation_is_not_sent(self):
        manager = self.make_agent("boss", groups="nps.nps_group_analyst")
        invitation = self.pick()
        invitation.with_user(manager).action_cancel()
        self.send(invitation)
        self.assertFalse(self._mails)
        self.assertEqual(invitation.state, "cancelled")

    def test_an_agent_may_not_cancel(self):
        with self.assertRaisesRegex(AccessError, "Only a manager"):
            self.pick().with_user(self.agent).action_cancel()

    def test_sending_twice_sends_once(self):
        invitation = self.send(self.pick())
        with self.mail_server():
            self.run_send_cron()
        self.assertFalse(self._mails)
        self.assertEqual(invitation.state, "sent")

    def test_an_unanswered_invitation_expires(self):
        invitation = self.send(self.pick())
        with freeze_time(invitation.expires_at + timedelta(days=1)):
            self.env["nps.invitation"]._cron_expire()
        self.assertEqual(invitation.state, "expired")


@tagged("post_install", "-at_install")
class TestLinkInOtherMails(NpsMailCommon):
    """The customer's link in templates of others: ``object.nps_link()``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outcome.delivery = "link"
        cls.ticket = cls.make_ticket()
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Closed",
                "model_id": cls.env["ir.model"]._get_id("helpdesk.ticket"),
                "subject": "Closed",
                "email_from": "hello@acme.example",
                "partner_to": "{{ object.partner_id.id }}",
                "use_default_to": False,
                "body_html": '<p><a t-att-href="object.nps_link()">Tell us</a></p>',
            }
        )

    def send_template(self, **values):
        with self.mail_server():
            self.template.send_mail(self.ticket.id, email_values=values)
            self.env["mail.mail"].process_email_queue()

    def test_no_mail_of_its_own_goes_out(self):
        self.pick(self.ticket)
        with self.mail_server():
            self.run_send_cron()
        self.assertFalse(self._mails)

    def test_the_customers_copy_carries_his_link_and_counts_as_asked(self):
        invitation = self.pick(self.ticket)
        self.send_template()
        token = self.token_in(self.sent_to("carla@")[0])
        found = self.env["nps.invitation.link"]._find_invitation(token)
        self.assertEqual(found, invitation)
        self.assertEqual(invitation.state, "sent")

    def test_a_colleagues_copy_of_the_same_mail_carries_no_secret(self):
        self.pick(self.ticket)
        both = self.customer | self.agent.partner_id
        self.send_template(recipient_ids=[(6, 0, both.ids)])
        self.assertFalse(PERSONAL_LINK.search(self.sent_to("agent@")[0]["body"]))
        self.assertTrue(PERSONAL_LINK.search(self.sent_to("carla@")[0]["body"]))

    def test_a_mail_with_a_copy_to_somebody_carries_no_secret(self):
        self.pick(self.ticket)
        self.send_template(
            recipient_ids=[], email_to=self.customer.email, email_cc="boss@acme.example"
        )
        self.assertFalse(PERSONAL_LINK.search(self.sent_to("carla@")[0]["body"]))

    def test_a_mail_to_two_people_at_once_carries_no_secret(self):
        self.pick(self.ticket)
        self.send_template(
            recipient_ids=[], email_to=f"{self.customer.email}, boss@acme.example"
        )
        self.assertFalse(PERSONAL_LINK.search(self.sent_to("boss@")[0]["body"]))

    def test_who_opted_out_since_gets_no_link(self):
        invitation = self.pick(self.ticket)
        self.env["mail.blacklist"]._add(self.customer.email)
        self.send_template()
        self.assertFalse(PERSONAL_LINK.search(self.sent_to("carla@")[0]["body"]))
        self.assertEqual(invitation.state, "queued")

    def test_who_opts_out_after_a_first_mail_gets_no_link_in_the_next(self):
        invitation = self.pick(self.ticket)
        self.send_template()
        self.assertTrue(invitation.asked_at)
        invitation._opt_out()
        self.send_template()
        [mail] = self.sent_to("carla@")
        self.assertFalse(PERSONAL_LINK.search(mail["body"]))

    def test_nobody_gets_a_link_by_writing_a_placeholder_to_himself(self):
        invitation = self.pick(self.ticket)
        with self.mail_server():
            self.env["mail.mail"].create(
                {
                    "body_html": f'<a href="/nps/personal/{invitation.id}">x</a>',
                    "email_to": "agent@acme.example",
                }
            ).send()
        self.assertFalse(PERSONAL_LINK.search(self.sent_to("agent@")[0]["body"]))

    def test_a_ticket_without_invitation_has_no_link(self):
        self.assertEqual(self.ticket.nps_link(), "")

    def test_a_suppressed_invitation_has_no_link(self):
        self.customer.email = False
        self.pick(self.ticket)
        self.assertEqual(self.ticket.nps_link(), "")

    def test_the_link_can_lead_to_another_page_first(self):
        self.template.body_html = (
            """<a t-att-href="object.nps_link(to='/shop?x=1')">Shop</a>"""
        )
        self.pick(self.ticket)
        self.send_template()
        self.assertRegex(
            self.sent_to("carla@")[0]["body"], r"/nps/[\w-]{43}/go\?to=%2Fshop%3Fx%3D1"
        )
