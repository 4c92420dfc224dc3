import contextlib
import io
from datetime import timedelta
from unittest.mock import patch

import openpyxl

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common import NpsMailCommon
from .common_insight import InsightCase

GOOD = [10] * 9 + [7] * 2 + [0]
CRON = "nps.ir_cron_nps_scorecard_mail"


class ScorecardMailCase(InsightCase, NpsMailCommon):
    """A head of Support who mails scorecards, in a March of Berlin."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        manager = "nps.nps_group_team_manager"
        cls.head = cls.make_agent(
            "head", cls.support, groups=manager, tz="Europe/Berlin"
        )
        cls.support.manager_id = cls.head.employee_id
        readers = cls.head | cls.seller | cls.analyst
        cls.env.ref("base.group_allow_export").user_ids |= readers
        cls.say(GOOD, on="2026-02-10")
        cls.say([3] * 11, user=cls.seller, on="2026-02-10")
        cls.mail = cls.schedule()

    @classmethod
    def schedule(cls, users=None, owner=None, **values):
        """Set up a scorecard by mail, as its owner does."""
        users = users or cls.head
        recipients = [Command.create({"user_id": user.id}) for user in users]
        scorecards = cls.env["nps.scorecard.mail"].with_user(owner or cls.head)
        values = {"name": "Monthly", "domain": repr(cls.ours), **values}
        scorecard = scorecards.create({"recipient_ids": recipients, **values})
        return scorecard.with_env(cls.env)

    def send(self, scorecard=None):
        """Let the moment come at which it is due, and the cron send."""
        scorecard = scorecard or self.mail
        with freeze_time(scorecard.next_at + timedelta(minutes=1)):
            self.env.flush_all()
            with self.enter_registry_test_mode():
                self.env.ref(CRON).method_direct_trigger()
            self.env.invalidate_all()

    def mails_to(self, user):
        mails = self.env["mail.mail"].search([("email_to", "ilike", user.email)])
        return mails.sorted("id")

    def rows_of(self, mail):
        """Return how many rows stand in the spreadsheet of a mail."""
        file = mail.attachment_ids.filtered(lambda a: a.name.endswith(".xlsx"))
        book = openpyxl.load_workbook(io.BytesIO(file.raw))
        return book["Rows"].max_row - 1 if "Rows" in book.sheetnames else None

    def recipient(self, user, scorecard=None):
        recipients = (scorecard or self.mail).recipient_ids
        return recipients.filtered(lambda r: r.user_id == user)


@tagged("post_install", "-at_install")
class TestScorecardMail(ScorecardMailCase):
    """What is sent, when, and to whom."""

    def test_it_is_due_on_the_first_at_seven_on_the_clock_of_its_owner(self):
        self.assertEqual(str(self.mail.next_at), "2026-04-01 05:00:00")

    def test_the_rhythm_decides_about_the_next_date(self):
        for frequency, due in (("daily", "2026-03-16"), ("weekly", "2026-03-16")):
            with self.subTest(frequency=frequency):
                self.mail.frequency = frequency
                self.assertEqual(str(self.mail.next_at), f"{due} 06:00:00")
        self.mail.active = False
        self.assertFalse(self.mail.next_at)

    def test_it_carries_period_score_and_both_files(self):
        self.mail.period = "12_months"
        with patch.object(
            self.env["ir.actions.report"].__class__,
            "get_wkhtmltopdf_state",
            lambda report: "ok",
        ):
            self.send()
        mail = self.mails_to(self.head)
        self.assertIn("Monthly: 04/02/2025 to 04/01/2026", mail.subject)
        self.assertIn("+67", mail.body_html)
        names = sorted(mail.attachment_ids.mapped("name"))
        self.assertEqual(names, ["Monthly.pdf", "Monthly.xlsx"])
        self.assertIn(f"/{self.mail.id}/nps-scorecard-mailed", mail.body_html)

    def test_without_the_printing_program_the_spreadsheet_still_goes(self):
        reports = self.env["ir.actions.report"].__class__
        with patch.object(reports, "get_wkhtmltopdf_state", lambda report: "install"):
            self.send()
        mail = self.mails_to(self.head)
        self.assertEqual(mail.attachment_ids.mapped("name"), ["Monthly.xlsx"])

    def test_each_gets_what_he_may_see(self):
        users = self.head | self.seller | self.analyst
        scorecard = self.schedule(users, period="12_months")
        self.send(scorecard)
        found = {user.login: self.rows_of(self.mails_to(user)[-1]) for user in users}
        self.assertEqual(found, {"head": 12, "seller": 11, "analyst": 23})

    def test_only_a_reader_who_may_export_gets_the_rows(self):
        self.env.ref("base.group_allow_export").user_ids -= self.seller | self.head
        users = self.seller | self.analyst
        scorecard = self.schedule(users, period="12_months")
        self.send(scorecard)
        found = {user.login: self.rows_of(self.mails_to(user)[-1]) for user in users}
        self.assertEqual(found, {"seller": None, "analyst": 23})

    def test_the_mail_shows_a_tree_down_to_where_it_branches(self):
        scorecard = self.schedule(self.analyst, period="12_months")
        self.send(scorecard)
        body = self.mails_to(self.analyst).body_html
        self.assertIn("Sales", body)
        self.assertNotIn("Phone", body)

    def test_each_reads_it_in_his_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.head.lang = "de_DE"
        self.mail.period = "12_months"
        self.send()
        self.assertIn("02.04.2025", self.mails_to(self.head).subject)

    def test_the_next_one_is_planned_and_nobody_gets_it_twice(self):
        self.send()
        self.assertEqual(str(self.mail.next_at), "2026-05-01 05:00:00")
        with freeze_time("2026-04-02"), self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.assertEqual(len(self.mails_to(self.head)), 1)
        self.assertTrue(self.recipient(self.head).sent_at)

    def test_who_may_read_no_answer_gets_nothing_and_it_is_said(self):
        newcomer = self.make_agent("newcomer")
        employee = new_test_user(
            self.env, "employee", groups="base.group_user", email="e@acme.example"
        )
        scorecard = self.schedule(newcomer | employee)
        self.send(scorecard)
        for user in newcomer | employee:
            with self.subTest(user=user.login):
                self.assertFalse(self.mails_to(user))
                note = self.recipient(user, scorecard).note
                self.assertEqual(note, "The user may not read any answer.")

    def test_archived_users_get_nothing(self):
        scorecard = self.schedule(self.seller)
        self.seller.active = False
        self.send(scorecard)
        self.assertFalse(self.mails_to(self.seller))
        self.assertEqual(scorecard.recipient_ids.note, "The user is archived.")

    def test_who_has_no_address_is_named(self):
        scorecard = self.schedule(self.seller)
        self.seller.email = False
        self.send(scorecard)
        self.assertEqual(
            scorecard.recipient_ids.note, "The user has no e-mail address."
        )

    @mute_logger("odoo.addons.nps.models.nps_queue_mixin")
    def test_one_broken_recipient_does_not_stop_the_others(self):
        scorecard = self.schedule(self.seller | self.head, period="12_months")
        scorecards = self.env["nps.scorecard.mail"].__class__
        body = scorecards._body

        def fail_for_one(records, user, *args):
            if user == self.seller:
                raise ValueError("no luck")
            return body(records, user, *args)

        with patch.object(scorecards, "_body", fail_for_one):
            self.send(scorecard)
        self.assertTrue(self.mails_to(self.head))
        self.assertFalse(self.mails_to(self.seller))
        self.assertIn("no luck", self.recipient(self.seller, scorecard).note)

    def test_a_mail_that_found_no_server_is_queued_again(self):
        self.send()
        mail = self.mails_to(self.head)
        mail.write({"state": "exception", "failure_type": "mail_smtp"})
        self.env["nps.subscription.notice"]._retry_mails()
        self.assertEqual(mail.state, "outgoing")

    def test_a_test_goes_to_whoever_asks_and_plans_nothing(self):
        due = self.mail.next_at
        self.mail.with_user(self.head).action_send_test()
        self.assertEqual(len(self.mails_to(self.head)), 1)
        self.assertEqual(
            (self.mail.next_at, self.mail.recipient_ids.sent_at), (due, False)
        )

    def test_a_test_without_an_address_says_what_to_do(self):
        self.head.email = False
        with self.assertRaisesRegex(UserError, "set it in your preferences"):
            self.mail.with_user(self.head).action_send_test()

    def test_customers_words_are_in_no_mail(self):
        self.mail.period = "12_months"
        self.send()
        file = self.mails_to(self.head).attachment_ids.filtered(
            lambda a: a.name.endswith(".xlsx")
        )
        rows = openpyxl.load_workbook(io.BytesIO(file.raw)).worksheets[1]
        self.assertNotIn("Comment", [cell.value for cell in rows[1]])


@tagged("post_install", "-at_install")
class TestScorecardMailSetUp(ScorecardMailCase):
    """Who sets it up, changes it, and leaves it."""

    def test_the_form_takes_over_what_the_screen_shows(self):
        shown = {
            "domain": ["&", ["metric", "=", "nps"], ["is_reask", "=", False]],
            "options": {"axis": "agent", "period": "last_quarter", "compare": False},
        }
        scorecards = self.env["nps.scorecard.mail"].with_user(self.head)
        form = Form(scorecards.with_context(nps_shown=shown))
        scorecard = form.save()
        self.assertEqual(scorecard.name, "Scorecard: Agent")
        self.assertEqual(list(scorecard._domain()), [("is_reask", "=", False)])
        self.assertEqual(
            scorecard._insight_options(),
            {
                "metric": "nps",
                "axis": "agent",
                "period": "last_quarter",
                "compare": False,
                "counting": "all",
            },
        )
        self.assertEqual(scorecard.recipient_ids.user_id, self.head)

    def test_days_of_ones_own_become_the_usual_period(self):
        shown = {
            "domain": [],
            "options": {"period": {"start": "2026-01-01", "end": "2026-01-02"}},
        }
        scorecards = self.env["nps.scorecard.mail"].with_context(nps_shown=shown)
        self.assertEqual(scorecards.new().period, "6_months")

    def test_what_no_screen_shows_is_refused_in_words(self):
        scorecards = self.env["nps.scorecard.mail"]
        for shown in (
            "x",
            ["x"],
            {"options": {}},
            {"domain": []},
            {"domain": "x", "options": {}},
            {"domain": [1], "options": {}},
        ):
            with self.subTest(shown=shown):
                with self.assertRaisesRegex(UserError, "Open the scorecard"):
                    scorecards.with_context(nps_shown=shown).default_get(["axis"])

    def test_it_opens_what_it_mails(self):
        action = self.mail.with_user(self.head).action_open()
        self.assertEqual(action["context"]["nps_insight"]["period"], "last_month")
        self.assertEqual(action["domain"], self.mail.domain)

    def test_a_filter_that_is_none_is_refused(self):
        for domain in ("nonsense", "[('no_such_field', '=', 1)]", "[1]"):
            with self.subTest(domain=domain), self.assertRaises(ValidationError):
                self.mail.domain = domain

    def test_an_hour_of_no_clock_is_refused(self):
        with self.assertRaises(ValidationError):
            self.mail.send_hour = 24

    def test_only_employees_are_recipients(self):
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        with self.assertRaisesRegex(ValidationError, "is no employee"):
            self.schedule(portal)

    def test_an_agent_sets_up_none(self):
        with self.assertRaises(AccessError):
            self.schedule(owner=self.agent)

    def test_a_manager_changes_none_of_others(self):
        other = self.make_agent("other", groups="nps.nps_group_team_manager")
        with self.assertRaises(AccessError):
            self.mail.with_user(other).name = "Mine"
        with self.assertRaises(AccessError):
            self.mail.recipient_ids.with_user(other).unlink()

    def test_a_recipient_reads_it_and_leaves_by_himself(self):
        scorecard = self.schedule(self.seller)
        recipient = scorecard.recipient_ids.with_user(self.seller)
        self.assertEqual(recipient.scorecard_id.name, "Monthly")
        with self.assertRaises(AccessError):
            recipient.unlink()
        recipient.action_stop()
        self.send(scorecard)
        self.assertFalse(self.mails_to(self.seller))
        recipient.action_go_on()
        self.send(scorecard)
        self.assertTrue(self.mails_to(self.seller))

    def test_nobody_leaves_for_another(self):
        for user in (self.analyst, self.env.ref("base.user_admin")):
            with self.subTest(user=user.login), contextlib.suppress(AccessError):
                self.mail.recipient_ids.with_user(user).action_stop()
            self.assertFalse(self.mail.recipient_ids.is_stopped)

    def test_an_administrator_sees_all(self):
        boss = self.make_agent("boss", groups="nps.nps_group_manager")
        self.mail.with_user(boss).name = "Checked"
        self.assertEqual(self.mail.name, "Checked")


@tagged("post_install", "-at_install")
class TestScorecardMailStop(ScorecardMailCase, HttpCase):
    """The link at the end of each mail."""

    def setUp(self):
        super().setUp()
        link = self.mail._stop_link(self.head)
        self.path = link.removeprefix(self.mail.get_base_url())

    def is_stopped(self):
        self.env.invalidate_all()
        return self.mail.recipient_ids.is_stopped

    def test_opening_it_asks_and_stops_nothing(self):
        page = self.url_open(self.path)
        self.assertIn("No more of these mails?", page.text)
        self.assertIn(self.mail.name, page.text)
        self.assertFalse(self.is_stopped())

    def test_a_press_stops_it(self):
        page = self.url_open(self.path, data={"List-Unsubscribe": "One-Click"})
        self.assertIn("You will get no more of these mails", page.text)
        self.assertTrue(self.is_stopped())

    def test_a_forged_link_opens_nothing(self):
        page = self.url_open(f"{self.path[:-3]}abc")
        self.assertEqual(page.status_code, 404)
        self.assertFalse(self.is_stopped())
