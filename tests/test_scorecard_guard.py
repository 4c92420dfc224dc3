from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .test_scorecard_mail import ScorecardMailCase


@tagged("post_install", "-at_install")
class TestScorecardGuard(ScorecardMailCase):
    """What the owner of a scorecard by mail can not do, whichever way he writes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scorecard = cls.schedule(cls.seller, period="12_months")
        cls.owned = cls.scorecard.with_user(cls.head)

    def stop(self):
        self.scorecard.recipient_ids.with_user(self.seller).action_stop()

    def test_an_owner_undoes_no_unsubscription(self):
        self.stop()
        with self.assertRaisesRegex(AccessError, "Only a recipient himself"):
            self.owned.recipient_ids.is_stopped = False
        line = self.owned.recipient_ids.id
        with self.assertRaisesRegex(AccessError, "Only a recipient himself"):
            self.owned.recipient_ids = [Command.update(line, {"is_stopped": False})]

    def test_an_administrator_undoes_none_either(self):
        self.stop()
        boss = self.make_agent("boss", groups="nps.nps_group_manager")
        with self.assertRaisesRegex(AccessError, "Only a recipient himself"):
            self.scorecard.recipient_ids.with_user(boss).is_stopped = False

    def test_an_owner_writes_nothing_that_sending_sets(self):
        values = {"is_due": True, "sent_at": "2026-01-01 00:00:00", "note": "All well"}
        for name, value in values.items():
            with self.subTest(name=name):
                with self.assertRaises(AccessError):
                    self.owned.recipient_ids[name] = value
                with self.assertRaises(AccessError):
                    self.schedule(self.analyst).with_user(self.head).recipient_ids = [
                        Command.create({"user_id": self.agent.id, name: value})
                    ]

    def test_no_default_sets_it_either(self):
        recipients = self.owned.recipient_ids.with_context(default_is_due=True)
        line = recipients.create(
            {"scorecard_id": self.scorecard.id, "user_id": self.agent.id}
        )
        self.assertFalse(line.is_due)

    def test_who_unsubscribed_stays_on_the_list_and_gets_nothing(self):
        self.stop()
        with self.assertRaisesRegex(UserError, "unsubscribed and gets nothing"):
            self.owned.recipient_ids = [Command.clear()]
        self.send(self.scorecard)
        self.assertFalse(self.mails_to(self.seller))

    def test_no_line_passes_to_another_recipient_or_scorecard(self):
        for values in ({"user_id": self.agent.id}, {"scorecard_id": self.mail.id}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.owned.recipient_ids.write(values)

    def test_who_unsubscribed_is_not_on_a_copy(self):
        self.owned.recipient_ids = [Command.create({"user_id": self.agent.id})]
        self.recipient(self.seller, self.scorecard).with_user(self.seller).action_stop()
        self.assertEqual(self.owned.copy().recipient_ids.user_id, self.agent)

    def test_recipients_who_did_not_unsubscribe_come_and_go(self):
        with Form(self.owned) as form:
            form.recipient_ids.remove(0)
            with form.recipient_ids.new() as line:
                line.user_id = self.agent
        self.assertEqual(self.scorecard.recipient_ids.user_id, self.agent)

    def test_a_scorecard_with_unsubscribed_recipients_can_be_deleted(self):
        self.stop()
        self.owned.unlink()
        self.assertFalse(self.scorecard.exists())

    def test_only_an_administrator_gives_a_scorecard_to_somebody_else(self):
        with self.assertRaisesRegex(AccessError, "Only an administrator"):
            self.owned.user_id = self.analyst
        boss = self.make_agent("boss", groups="nps.nps_group_manager")
        self.scorecard.with_user(boss).user_id = self.analyst
        self.assertEqual(self.scorecard.user_id, self.analyst)
