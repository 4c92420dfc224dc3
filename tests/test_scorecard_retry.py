from datetime import timedelta
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..models.nps_scorecard_recipient import MOST_ATTEMPTS
from ..tools import backoff
from .test_scorecard_mail import CRON, ScorecardMailCase

LOG = "odoo.addons.nps.models.nps_queue_mixin"


@tagged("post_install", "-at_install")
class TestScorecardRetry(ScorecardMailCase):
    """What becomes of a scorecard that is due and can not be sent."""

    def run_cron(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.flush_all()
            self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()

    def fail(self, scorecard, times=1):
        """Let the cron run and fail, each time at the moment of the next try."""
        recipient, moment = scorecard.recipient_ids, scorecard.next_at
        broken = patch.object(
            self.env["nps.scorecard.mail"].__class__,
            "_body",
            side_effect=ValueError("wkhtmltopdf crashed"),
        )
        waits = []
        with broken, mute_logger(LOG):
            for _attempt in range(times):
                self.run_cron(moment)
                if recipient.try_at:
                    waits.append(recipient.try_at - moment)
                    moment = recipient.try_at
        return waits

    def news_of(self, user):
        return self.env["mail.message"].search(
            [
                ("message_type", "=", "user_notification"),
                ("partner_ids", "in", user.partner_id.ids),
            ]
        )

    def test_after_an_error_it_is_sent_when_it_works_again(self):
        self.fail(self.mail)
        recipient = self.mail.recipient_ids
        self.assertIn("wkhtmltopdf crashed", recipient.note)
        self.run_cron(recipient.try_at)
        self.assertEqual(len(self.mails_to(self.head)), 1)
        self.assertFalse(recipient.note)
        self.assertFalse(recipient.try_at)
        self.assertEqual(recipient.attempts, 0)

    def test_it_is_not_tried_before_its_time(self):
        self.fail(self.mail)
        recipient = self.mail.recipient_ids
        self.run_cron(recipient.try_at - timedelta(seconds=1))
        self.assertFalse(self.mails_to(self.head))

    def test_the_cron_wakes_for_the_next_try(self):
        self.fail(self.mail)
        cron = self.env.ref(CRON)
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertIn(self.mail.recipient_ids.try_at, triggers.mapped("call_at"))

    def test_it_waits_longer_from_try_to_try(self):
        waits = self.fail(self.mail, 4)
        self.assertEqual(waits, [backoff.delay(n) for n in (1, 2, 3, 4)])

    def test_after_a_few_tries_it_gives_up_and_tells_the_owner(self):
        waits = self.fail(self.mail, MOST_ATTEMPTS)
        self.assertEqual(len(waits), MOST_ATTEMPTS - 1)
        recipient = self.mail.recipient_ids
        self.assertFalse(recipient.is_due)
        self.assertIn("wkhtmltopdf crashed", recipient.note)
        news = self.news_of(self.head)
        self.assertEqual(len(news), 1)
        self.assertIn("“Monthly” could not be sent to head", news.subject)
        self.assertIn("wkhtmltopdf crashed", news.body)

    def test_the_next_one_begins_with_the_first_try(self):
        self.fail(self.mail, 3)
        self.run_cron(self.mail.next_at)
        self.assertEqual(len(self.mails_to(self.head)), 1)

    def test_who_unsubscribes_meanwhile_gets_it_not_any_more(self):
        self.fail(self.mail)
        recipient = self.mail.recipient_ids
        recipient.with_user(self.head).action_stop()
        self.run_cron(recipient.try_at)
        self.assertFalse(self.mails_to(self.head))
        self.assertFalse(recipient.is_due)


@tagged("post_install", "-at_install")
class TestScorecardArchived(ScorecardMailCase):
    """A scorecard that was stopped, and one whose cron is gone."""

    def run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()

    def test_what_was_due_is_sent_no_more(self):
        self.mail.recipient_ids.is_due = True
        self.mail.with_user(self.head).active = False
        self.assertFalse(self.mail.recipient_ids.is_due)
        self.mail.with_user(self.head).active = True
        self.run_cron()
        self.assertFalse(self.mails_to(self.head))

    def test_what_became_due_meanwhile_is_not_sent(self):
        self.mail.active = False
        self.mail.recipient_ids.is_due = True
        self.run_cron()
        self.assertFalse(self.mails_to(self.head))

    def test_it_is_set_up_also_where_somebody_deleted_the_cron(self):
        self.env.ref(CRON).unlink()
        self.assertTrue(self.schedule(name="Without").next_at)
