from odoo.tests import tagged

from .common import NpsMailCommon

BOUNCE = """\
From: MAILER-DAEMON@mx.bluesky.example
To: {bounce}
Subject: Undelivered Mail Returned to Sender
Message-Id: <bounce-1@mx.bluesky.example>
References: {message_id}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.bluesky.example

Final-Recipient: rfc822; carla@bluesky.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 mailbox unknown

--=b
Content-Type: text/rfc822-headers

Message-Id: {message_id}
To: carla@bluesky.example

--=b--
"""

REPLY = """\
From: Carla Customer <carla@bluesky.example>
To: hello@acme.example
Subject: Out of office
Message-Id: <reply-1@bluesky.example>
In-Reply-To: {message_id}
References: {message_id}
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=r"

--=r
Content-Type: text/plain

Out of office. You wrote:
> https://acme.example/nps/{token}?s=9

--=r
Content-Type: text/plain; name="quote.txt"
Content-Disposition: attachment; filename="quote.txt"

https://acme.example/nps/{token}

--=r--
"""


@tagged("post_install", "-at_install")
class TestBounce(NpsMailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._init_mail_gateway()

    def message_of(self, invitation):
        """Return the message that a reply or a bounce refers to."""
        return self.env["mail.message"].search(
            [("model", "=", "nps.invitation"), ("res_id", "=", invitation.id)],
            order="id",
            limit=1,
        )

    def bounce(self, invitation):
        message = self.message_of(invitation)
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process(
                "mail.channel",
                BOUNCE.format(
                    bounce=f"{self.alias_bounce}@{self.alias_domain}",
                    message_id=message.message_id,
                ),
            )

    def test_a_bounce_is_matched_and_shows_the_servers_reason(self):
        invitation = self.pick()
        with self.mail_server():
            self.run_send_cron()
        self.bounce(invitation)
        self.assertEqual(invitation.state, "bounced")
        self.assertIn("550 5.1.1 mailbox unknown", invitation.state_text)

    def test_what_a_customer_sends_back_holds_no_secret(self):
        invitation = self.pick()
        with self.mail_server():
            self.run_send_cron()
        token = self.token_in(self._mails[0])
        message = self.message_of(invitation)
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process(
                "nps.invitation",
                REPLY.format(message_id=message.message_id, token=token),
            )
        reply = invitation.message_ids[0]
        self.assertIn("Out of office", reply.body)
        self.assertIn("/nps/personal", reply.body)
        self.assertNotIn(token, reply.body)
        for attachment in reply.attachment_ids:
            self.assertNotIn(token.encode(), attachment.raw)

    def test_a_late_bounce_takes_no_answer_away(self):
        invitation = self.pick()
        with self.mail_server():
            self.run_send_cron()
        self.answer(invitation, 9)
        self.bounce(invitation)
        self.assertEqual(invitation.state, "answered")

    def test_the_ticket_says_that_the_mail_came_back(self):
        ticket = self.make_ticket()
        invitation = self.pick(ticket)
        with self.mail_server():
            self.run_send_cron()
        self.bounce(invitation)
        ticket.invalidate_recordset()
        self.assertIn("came back", ticket.with_user(self.agent).nps_invitation_text)
