from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as lxml_html

from odoo.tests import TransactionCase, tagged
from odoo.tools import html2plaintext, html_sanitize

from ..models.mail_message_body import Sanitizer
from ..tools import html_shapes
from .common_property import examples
from .test_many import ManyCommon

SANITIZER = "odoo.orm.fields_textual.html_sanitize"
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
NAMES = [
    "Anna Example",
    'O\'Neil & "Sons"',
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</td></table><style>*{display:none}</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!-- ",
    "-- \nMy signature",
    "> quoted",
    "javascript:alert(1)",
    "/nps/personal/7",
    "{{ object.email }} <t t-out='1'/>",
    "Zoë\u00a0Ångström\u2028王\U0001f600",
]
HOSTILE_TAGS = ("script", "style", "iframe", "object", "img[@onerror]")


class SanitizeCommon(ManyCommon):
    def ask_named(self, names, subject="Printer"):
        """Queue the mails of customers with these names; return the invitations."""
        tickets = self.make_tickets(len(names))
        for ticket, name in zip(tickets, names, strict=True):
            ticket.partner_id.name = name
            ticket.name = subject
        invitations = self.ask(tickets)
        invitations._queue_mails()
        self.env.flush_all()
        self.env.invalidate_all()
        return invitations

    def messages(self, invitations):
        return invitations.mail_id.mail_message_id

    def notes(self, invitations):
        """Return what the chatter of the tickets says of the outcome."""
        return self.env["mail.message"].search(
            [
                ("model", "=", "helpdesk.ticket"),
                ("res_id", "in", invitations.mapped("res_id")),
                ("body", "like", "Outcome: "),
            ],
            order="id",
        )

    def as_odoo_stores(self, body):
        field = self.env["mail.message"]._fields["body"]
        return field.convert_to_column(body, self.env["mail.message"])

    def use_template(self, body):
        link = '<a t-att-href="object.nps_link()">Go</a>'
        # Past the sanitizer of templates, as an import or a module's data may come.
        template = self.outcome._template()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_template SET body_html = jsonb_build_object('en_US', %s)"
            " WHERE id = %s",
            [body + link, template.id],
        )
        self.env.invalidate_all()

    def assertHarmless(self, body):
        tree = lxml_html.fromstring(f"<div>{body}</div>")
        for tag in HOSTILE_TAGS:
            self.assertFalse(tree.xpath(f"//{tag}"), tag)
        for element in tree.iter():
            self.assertIsInstance(element.tag, str)  # A comment has none.
            for name, value in element.items():
                self.assertFalse(name.startswith("on"), name)
                self.assertNotIn("javascript", value)


@tagged("post_install", "-at_install")
class TestSanitizeOnce(SanitizeCommon):
    """The chatter keeps what the customer got, sanitized once for all customers."""

    def test_the_chatter_keeps_what_odoo_would_have_kept(self):
        for message in self.messages(self.ask_named(NAMES)):
            mail = message.mail_ids
            self.assertEqual(message.body, self.as_odoo_stores(mail.body_html))

    def test_each_customer_reads_his_own_name_in_words(self):
        names = ["Anna Example", "Bob & Co", "Carl <i>Cool</i>", "O'Neil"]
        for name, message in zip(
            names, self.messages(self.ask_named(names)), strict=True
        ):
            text = html2plaintext(message.body)
            self.assertIn(f"Hello {name},", text)
            for other in set(names) - {name}:
                self.assertNotIn(other, text)

    def test_each_message_holds_the_placeholder_of_its_own_invitation(self):
        invitations = self.ask_named(["Anna", "Bob", "Carl"])
        for invitation in invitations:
            body = invitation.mail_id.mail_message_id.body
            self.assertEqual(body.count(f"/nps/personal/{invitation.id}?s="), 11)
            self.assertEqual(
                body.count("/nps/personal/"),
                body.count(f"/nps/personal/{invitation.id}"),
            )

    def test_hostile_names_stay_words(self):
        for name in NAMES:
            invitations = self.ask_named([name, "Anna"], subject=name)
            for message in self.messages(invitations) | self.notes(invitations):
                with self.subTest(name=name, body=message.body):
                    self.assertHarmless(message.body)

    def test_an_edited_template_brings_nothing_harmful_into_the_chatter(self):
        for body in (
            '<p onclick="alert(1)">Hello <t t-out="object.customer_name"/></p>',
            "<script>alert(1)</script><p>Hello</p>",
            "<style>p {color: red}</style><p>Hello</p>",
            '<p>Hi</p><a t-att-href="object.customer_name">Your page</a>',
            '<p>Hi</p><a t-attf-title="{{ object.customer_name }}">Your page</a>',
            '<style><t t-out="object.customer_name"/></style>',
            '<p><iframe src="https://evil.example"/>Hello</p>',
            '<svg><style><t t-out="object.customer_name"/></style></svg>',
        ):
            with self.subTest(body=body):
                self.use_template(body)
                invitations = self.ask_named(NAMES[:8])
                self.assertTrue(self.messages(invitations))
                for message in self.messages(invitations):
                    self.assertHarmless(message.body)
                    self.assertEqual(
                        message.body, self.as_odoo_stores(message.mail_ids.body_html)
                    )

    def test_tags_that_a_value_brings_along_are_sanitized(self):
        self.company.report_footer = "<p>Footer</p>"
        self.use_template('<p>Hello</p><t t-out="object.company_id.report_footer"/>')
        self.env.cr.execute(
            "UPDATE res_company SET report_footer = jsonb_build_object('en_US', %s)",
            ['<p onclick="alert(1)">Footer</p><script>alert(1)</script>'],
        )
        self.env.invalidate_all()
        message = self.messages(self.ask_named(["Anna"]))
        self.assertIn("Footer", message.body)
        self.assertHarmless(message.body)

    def test_pictures_are_still_taken_out_of_a_message(self):
        self.use_template(f'<p>Hello</p><img src="{PIXEL}"/>')
        message = self.messages(self.ask_named(["Anna"]))
        self.assertNotIn("data:image", message.body)

    def test_a_template_is_sanitized_once_for_all_its_mails(self):
        sanitized = []

        def sanitize(value, **options):
            sanitized.extend([value] if value else [])
            return html_sanitize(value, **options)

        tickets = self.make_tickets(12)
        html_shapes._sanitized.cache_clear()
        with patch(SANITIZER, sanitize):
            self.ask(tickets)._queue_mails()
        self.assertEqual(len(sanitized), 2)  # The mail and the note.

    def test_whoever_asks_for_it_from_outside_gets_around_nothing(self):
        messages = self.env["mail.message"].with_context(nps_sanitize_once=True)
        message = messages.create(
            {"body": '<p onclick="alert(1)">Hello</p><script>alert(1)</script>'}
        )
        self.assertEqual(message.body, "<p>Hello</p>")

    def test_a_message_of_nothing_is_stored(self):
        messages = self.env["mail.message"].with_context(nps_sanitize_once=True)
        for body in ("", False, None):
            self.assertFalse(messages.create({"body": body}).body)


@tagged("post_install", "-at_install")
class TestNotesTogether(SanitizeCommon):
    """The notes of many outcomes are made once, and each says its own."""

    def test_notes_of_many_are_the_notes_of_each_alone(self):
        invitations = self.ask(self.make_tickets(6))
        invitations[2].partner_id.name = "<b>Bold</b> & Co"
        mixin = self.env["helpdesk.ticket"]
        together = mixin._nps_outcome_notes(self.outcome, invitations, "A note")
        alone = [
            mixin._nps_outcome_notes(self.outcome, invitation, "A note")[0]
            for invitation in invitations
        ]
        self.assertEqual(together, alone)
        self.assertEqual(len(set(together)), 6)

    def test_a_note_that_says_more_of_an_invitation_says_it_of_its_own(self):
        self.env["ir.ui.view"].create(
            {
                "name": "More",
                "type": "qweb",
                "inherit_id": self.env.ref("nps.outcome_note").id,
                "arch": '<xpath expr="//p" position="after">'
                '<p t-out="invitation.email"/></xpath>',
            }
        )
        invitations = self.ask(self.make_tickets(6))
        notes = self.env["helpdesk.ticket"]._nps_outcome_notes(
            self.outcome, invitations, None
        )
        for invitation, note in zip(invitations, notes, strict=True):
            self.assertIn(f"<p>{invitation.email}</p>", note)

    def test_a_hostile_note_of_an_agent_stays_words(self):
        tickets = self.make_tickets(5)
        for note in NAMES:
            tickets._nps_pick(self.outcome, note=note)
        notes = self.env["mail.message"].search(
            [("model", "=", tickets._name), ("res_id", "in", tickets.ids)]
        )
        self.assertGreaterEqual(len(notes), 5 * len(NAMES))
        for note in notes:
            self.assertHarmless(note.body)


@tagged("post_install", "-at_install")
class TestLocalLinks(SanitizeCommon):
    def test_links_within_odoo_are_completed(self):
        base = self.company.get_base_url()
        for html, link in (
            ('<a href="/contactus">Write</a>', "/contactus"),
            ('<img src="/logo.png"/>', "/logo.png"),
            ('<table background="/sky.png"><tr><td>x</td></tr></table>', "/sky.png"),
            ("""<p style="background-image: url('/sky.png')">x</p>""", "/sky.png"),
        ):
            self.use_template(html)
            self.assertIn(base + link, self.ask_named(["Anna"]).mail_id.body_html)


plain = st.text("abc é&<>\"'\n-;#ä王", max_size=8)
escaped = plain.map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
tags = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br/>",
        '<p style="color: red; position: fixed">',
        '<a href="https://x.example/nps/personal/7?s=1">',
        '<a href="javascript:alert(1)">',
        "</a>",
        "<table><tr><td>",
        "</td></tr></table>",
        '<b onclick="alert(1)">',
        "</b>",
        '<a title="1>2">',
        "<a title='x'>",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<!--",
        "-->",
        "<textarea>",
        "<svg>",
        "<hr/>",
        "<blockquote>",
        "</blockquote>",
        "<a title=",
        '"',
        ">",
        "<",
        "/nps/personal/12",
    ]
)


@tagged("post_install", "-at_install")
class TestPropertyShapes(TransactionCase):
    """Whatever a template makes: it is sanitized as Odoo does, or left to Odoo."""

    @examples(400)
    @given(st.lists(st.one_of(tags, escaped, plain), max_size=12).map("".join))
    @example('<a title="1>x<b>">y</a>')
    @example("<p>--</p>")
    @example("<style>x</style>")
    @example("<p>&#34; onclick=&#34;x</p>")
    @example('<a href="https://x/nps/personal/7">1</a><p>Anna</p>')
    def test_it_is_what_odoo_makes_of_it(self, html):
        sanitizer = Sanitizer(self.env["mail.message"]._fields["body"])
        found = html_shapes.sanitize(html, sanitizer)
        if found is not None:
            self.assertEqual(found, sanitizer(html))
