"""A person who stands everywhere, and a look through the whole database for him."""

from odoo import fields
from odoo.tools import SQL, mute_logger

from .common import NpsCommon

NAME = "Zorbella Quimrax"
EMAIL = "zorbella.quimrax@marker.example"
PHONE = "+4930901820777"
MARKERS = {
    "name": NAME,
    "first name": "Zorbella",
    "email": EMAIL,
    "phone": "901820777",
    "comment": "MARKCOMMENT",
    "older comment": "MARKOLDER",
    "quote": "MARKQUOTE",
    "contest": "MARKCONTEST",
    "decision": "MARKDECISION",
    "case note": "MARKCASENOTE",
    "promise": "MARKPROMISE",
    "ticket": "MARKTICKET",
    "description": "MARKDESCRIPTION",
    "agent's note": "MARKAGENTNOTE",
    "chatter": "MARKCHATTER",
    "reply": "MARKREPLY",
    "file": "MARKFILE",
    "street": "MARKSTREET",
    "failure": "MARKFAILURE",
    "elsewhere": "MARKELSEWHERE",
}
NOT_GROUPED = {
    "id",
    "display_name",
    "partner_id",
    "subject",
    "comment",
    "invitation_id",
    # Nothing is grouped by it; it changes once, from the person to a random key.
    "customer_key",
}
"""Groupings that are a person or his words."""
TEXT_TYPES = (
    "character varying",
    "text",
    "jsonb",
    "json",
    "bytea",
    "character",
    "ARRAY",
)


class NpsPrivacyCommon(NpsCommon):
    """Builds a person with a mark in every place, and finds what is left of him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey.quote_text = "May we quote you?"
        cls.env.ref("base.user_admin").email = "admin@acme.example"
        cls.admin = cls.make_agent(
            "privacyadmin",
            cls.sales,
            groups="nps.nps_group_manager,base.group_system,base.group_partner_manager",
        )
        cls.analyst = cls.make_agent(
            "privacyanalyst", cls.sales, groups="nps.nps_group_analyst"
        )
        cls.other = cls.make_customer("Olaf Other", "olaf@bluesky.example", zip="10117")
        cls.answer(cls.pick(cls.make_ticket(partner_id=cls.other.id)), 9, comment="Ok")

    @classmethod
    def make_marked_person(cls):
        """Make a person who left a mark in every field of every place."""
        cls.marked = cls.make_customer(
            NAME,
            f"{NAME} <{EMAIL}>",
            type="other",
            phone=PHONE,
            street="MARKSTREET 1",
            zip="10115",
            country_id=cls.env.ref("base.de").id,
            ref=f"ref {EMAIL}",
            comment="<p>MARKCHATTER</p>",
        )
        cls.twin = cls.env["res.partner"].create({"name": NAME, "email": EMAIL})
        cls.marked_ticket = cls.make_ticket(
            name="MARKTICKET of Zorbella",
            description="<p>MARKDESCRIPTION</p>",
            partner_id=cls.marked.id,
            partner_name=NAME,
            partner_email=EMAIL,
            email_cc=EMAIL,
        )
        cls._make_happy_answer()
        cls._make_unhappy_answer()
        cls._make_open_asks()
        cls._make_correspondence()
        cls._make_popups()
        cls.env.flush_all()
        return cls.marked

    @classmethod
    def _make_happy_answer(cls):
        invitation = cls.pick(cls.marked_ticket, note="MARKAGENTNOTE Zorbella", guess=3)
        cls.make_link(invitation)
        cls.answer(invitation, 9, comment="MARKOLDER", quote=True)
        cls.env["nps.response"]._submit(
            invitation, 10, comment="MARKCOMMENT MARKQUOTE", change=True, quote=True
        )
        cls.happy = invitation._counted_response()
        cls.happy.write(
            {
                "quote_consent_text": f"You may quote {NAME}",
                "quote_consent_at": fields.Datetime.now(),
            }
        )
        cls.happy._echo()
        cls.happy._notify_agent()
        cls.quote = cls.env["nps.quote"].create({"response_id": cls.happy.id})
        cls.quote.message_post(body="MARKQUOTE is nice")
        cls.quote.with_user(cls.analyst).action_approve()
        subscription = cls.env["nps.subscription"].create(
            {
                "name": "All",
                "user_id": cls.admin.id,
                "frequency": "daily",
                "channel": "both",
            }
        )
        now = fields.Datetime.add(fields.Datetime.now(), days=2)
        subscription.told_until = fields.Datetime.subtract(now, days=9)
        subscription._send_sections([subscription._section(now)])
        cls.env["nps.subscription"]._tell_of(cls.happy)

    @classmethod
    def _make_unhappy_answer(cls):
        invitation = cls.pick(cls.marked_ticket)
        cls.unhappy = cls.answer(invitation, 2, comment="MARKCOMMENT bad", contact=True)
        cls.unhappy._echo()
        cls.marked_case = cls.env["nps.case"]._open(
            invitation._case_values(cls.unhappy),
            cls.env["nps.case.rule"].search([], limit=1),
        )
        cls.marked_case.write(
            {
                "note": "<p>MARKCASENOTE</p>",
                "promise": "MARKPROMISE",
                "promise_date": fields.Date.today(),
            }
        )
        cls.marked_case.message_post(body=f"MARKCHATTER called {NAME}")
        cls.dispute = cls.env["nps.dispute"].create(
            {
                "response_id": cls.unhappy.id,
                "reason": "abusive",
                "words": "MARKCONTEST by Zorbella",
                "raised_by_id": cls.agent.id,
                "decision": "MARKDECISION",
            }
        )
        cls.dispute.message_post(body="MARKCONTEST")
        cls.env["nps.risk"]._refresh(cls.marked | cls.customer_company)

    @classmethod
    def _make_open_asks(cls):
        cls.queued = cls.pick(cls.marked)
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            cls.queued._queue_mail()
        cls.failed = cls.pick(cls.twin)
        cls.failed.write({"state": "failed", "failure_reason": "MARKFAILURE"})
        nameless = cls.pick(cls.marked_ticket)
        nameless.partner_id = False
        cls.nameless = nameless
        cls.env["nps.opt.out"]._add(cls.queued, "ces")

    @classmethod
    def _make_correspondence(cls):
        ticket = cls.marked_ticket
        ticket.message_post(
            body="MARKREPLY",
            author_id=cls.marked.id,
            message_type="email",
            email_from=f"{NAME} <{EMAIL}>",
            attachments=[("MARKFILE.txt", b"MARKFILE")],
        )
        cls.env["ir.attachment"].create(
            {"name": "MARKFILE", "raw": b"MARKFILE", "res_model": "nps.case"}
            | {"res_id": cls.marked_case.id}
        )
        ticket.activity_schedule("mail.mail_activity_data_call", summary="MARKCHATTER")
        other = cls.make_ticket(partner_id=cls.other.id)
        cls.elsewhere = other.message_post(
            body="MARKELSEWHERE", author_id=cls.marked.id, email_from=EMAIL
        )
        cls.env["mail.mail"].create(
            {"email_to": EMAIL, "subject": NAME, "body_html": "MARKELSEWHERE"}
        )
        cls.env["mail.blacklist"]._add(EMAIL)

    @classmethod
    def _make_popups(cls):
        ring = {"name": NAME, "number": PHONE}
        cls.agent._bus_send("nps/ring", ring)
        cls.agent._bus_send("nps/answered", cls.happy._notice())
        cls.agent._bus_send("simple_notification", {"message": cls.happy.comment})
        # What is told to screens is stored at the end of a transaction.
        cls.env.cr.precommit.run()
        cls.env.cr.execute(
            "INSERT INTO ir_logging (type, dbname, name, message, path, func, line)"
            " VALUES ('server', 'x', 'x', %s, 'x', 'x', '1')",
            [f"Could not write to {EMAIL}"],
        )

    # === LOOKING THROUGH THE DATABASE === #

    @classmethod
    def places_of(cls, markers=None, beside=()):
        """Return where texts stand in any column of any table, as "table.column: mark".

        :param dict markers: what it is -> text; None: all of the marked person
        :param beside: tables that are left out
        """
        cls.env.flush_all()
        markers = markers or MARKERS
        columns = cls.env.execute_query(
            SQL(
                """
                SELECT c.table_name, c.column_name FROM information_schema.columns AS c
                  JOIN information_schema.tables AS t USING (table_schema, table_name)
                 WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                   AND c.data_type IN %s
                """,
                TEXT_TYPES,
            )
        )
        by_table = {}
        for table, column in columns:
            if table not in beside:
                by_table.setdefault(table, []).append(column)
        return [
            place
            for table, names in sorted(by_table.items())
            for place in cls._places_in(table, names, markers)
        ]

    @classmethod
    def _places_in(cls, table, names, markers):
        rows = cls.env.execute_query(
            SQL(
                "SELECT %s FROM %s AS t WHERE t::text ILIKE ANY(%s) OR %s",
                SQL(", ").join(SQL("t.%s::text", SQL.identifier(n)) for n in names),
                SQL.identifier(table),
                [f"%{text}%" for text in markers.values()],
                SQL(" OR ").join(
                    # What is stored as bytes is written in hexadecimal.
                    SQL("t::text LIKE %s", f"%{text.encode().hex()}%")
                    for text in markers.values()
                ),
            )
        )
        return sorted(
            {
                f"{table}.{name}: {what}"
                for row in rows
                for name, value in zip(names, row, strict=True)
                for what, text in markers.items()
                if text.lower() in (value or "").lower()
                or text.encode().hex() in (value or "")
            }
        )

    @classmethod
    def numbers(cls):
        """Return every number of the report by every grouping that is no person."""
        report = cls.env["nps.report"].sudo()
        groups = [
            name
            for name, field in report._fields.items()
            if field.store
            and field._description_groupable
            and name not in NOT_GROUPED
            and field.type not in ("properties",)
        ]
        measures = [
            "net_score:avg",
            "answered:sum",
            "invited:sum",
            "promoters:sum",
            "detractors:sum",
            "score:avg",
            "response_rate:avg",
        ]
        found = {}
        for name in groups:
            spec = (
                f"{name}:month"
                if report._fields[name].type in ("date", "datetime")
                else name
            )
            # What is published: rows of people who were asked or who answered.
            asked = ["|", ("invited", ">", 0), ("answered", ">", 0)]
            found[name] = report._read_group(asked, [spec], measures)
        return found


class ErasureCase(NpsPrivacyCommon):
    """The marked person stands everywhere, and an administrator erases him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_marked_person()

    def erase(self, persons=None, **options):
        persons = (persons or self.marked | self.twin).with_user(self.admin)
        erasure = persons.action_nps_erase_person(**options)
        self.env.invalidate_all()
        return erasure
