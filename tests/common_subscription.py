"""Builders for the tests of who hears of answers."""

from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time

from .common import NpsMailCommon

START = "2026-03-06 12:00:00"
"""A Friday; Berlin changes its clock on the 29th."""


class SubscriptionCase(NpsMailCommon):
    """An analyst who subscribes, and a clock that the test moves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clock = freeze_time(START)
        cls.clock.start()
        cls.addClassCleanup(cls.clock.stop)
        cls.reader = cls.make_reader("reader")
        cls.env.ref("nps.ir_cron_nps_subscription").active = True

    @classmethod
    def make_reader(cls, login, groups="nps.nps_group_analyst", **values):
        return cls.make_agent(login, groups=groups, tz="Europe/Berlin", **values)

    @classmethod
    def subscribe(cls, user=None, **values):
        """Subscribe a user as he does it himself: to every answer, unless told else."""
        user = user or cls.reader
        values = {"wants_detractors": False, **values}
        subscriptions = cls.env["nps.subscription"].with_user(user)
        return subscriptions.create(values).sudo().with_env(cls.env)

    @classmethod
    def answer_of(cls, score, agent=None, **values):
        """Pick and answer as the customer does."""
        return cls.answer(cls.pick(user=agent or cls.agent), score, **values)

    def at(self, moment):
        """Stop the clock at a moment (UTC)."""
        frozen = freeze_time(moment)
        frozen.start()
        self.addCleanup(frozen.stop)

    def after(self, **delta):
        self.at(fields.Datetime.now() + timedelta(**delta))

    def run_cron(self, *names):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            for name in names:
                self.env.ref(f"nps.ir_cron_nps_{name}").method_direct_trigger()
        self.env.invalidate_all()

    def tell(self):
        """Let the answers be echoed, the grace pass and subscribers be told."""
        self.run_cron("echo")
        self.after(minutes=6)
        self.run_cron("subscription")

    def mails(self, user=None):
        """Return what waits in the mail queue for a user, oldest first."""
        user = user or self.reader
        return self.env["mail.mail"].search(
            [("email_to", "like", user.email_normalized)], order="id"
        )

    def in_odoo(self, user=None):
        """Return the messages in the notifications of a user, oldest first."""
        partner = (user or self.reader).partner_id
        return (
            self.env["mail.notification"]
            .search(
                [
                    ("res_partner_id", "=", partner.id),
                    ("notification_type", "=", "inbox"),
                ],
                order="id",
            )
            .mail_message_id
        )
