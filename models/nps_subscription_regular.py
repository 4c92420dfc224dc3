import logging

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

from ..tools import backoff, metrics, periods

_logger = logging.getLogger(__name__)

MOST_REGULAR_ATTEMPTS = 10
MOST_SHOWN = {metrics.DETRACTOR: 10, metrics.PASSIVE: 5, metrics.PROMOTER: 5}
"""Category -> how many of its answers a message shows; unhappy ones come first."""


class NpsSubscription(models.Model):
    """One message a day or a week to each user, however many subscriptions he has."""

    _inherit = "nps.subscription"

    @api.model
    def _cron_send_regular(self):
        """Send what is due, one user after the other, each in his own transaction."""
        while due := self._due_together().try_lock_for_update():
            due._send_safely()
            left = self.search_count(self._due_domain())
            if not self.env["ir.cron"]._commit_progress(len(due), remaining=left):
                break

    @api.model
    def _due_domain(self):
        return Domain("next_at", "<=", fields.Datetime.now())

    @api.model
    def _due_together(self):
        """Return the due subscriptions of one user that go into one message."""
        first = self.search(self._due_domain(), order="next_at, id", limit=1)
        same = Domain("user_id", "=", first.user_id.id)
        same &= Domain("frequency", "=", first.frequency)
        return self.search(self._due_domain() & same, order="id") if first else first

    def _send_safely(self):
        """Send one user's message; a failure is his own and is tried again."""
        now = fields.Datetime.now()
        try:
            with self.env.cr.savepoint():
                self._stop_blind()._send_regular(now)
        except psycopg2.OperationalError:
            raise
        except Exception:
            _logger.exception("NPS subscriptions %s could not be sent", self.ids)
            self._postpone(now)

    def _postpone(self, now):
        """Try again soon, then with the next message, which tells of it as well."""
        for subscription in self:
            attempts = subscription.attempts + 1
            if attempts >= MOST_REGULAR_ATTEMPTS:
                rhythm, zone = subscription._rhythm(), subscription._zone()
                next_at, attempts = periods.next_due(rhythm, now, zone), 0
            else:
                next_at = now + backoff.delay(attempts)
            subscription.write({"next_at": next_at, "attempts": attempts})
        self._wake_cron()

    def _send_regular(self, now):
        """Send the message of these subscriptions of one user, if there is any news."""
        sections = [subscription._section(now) for subscription in self]
        told = self.browse(
            section["id"]
            for section, subscription in zip(sections, self, strict=True)
            if section["total"] or subscription.is_sent_empty
        )
        if told:
            told._send_sections([s for s in sections if s["id"] in told.ids])
        self._go_on(now)

    def _go_on(self, now):
        """Note up to when was told, and plan the next message."""
        for subscription in self:
            rhythm, zone = subscription._rhythm(), subscription._zone()
            subscription.write(
                {
                    "told_until": subscription._tells_until(now),
                    "next_at": periods.next_due(rhythm, now, zone),
                    "attempts": 0,
                }
            )
        self._wake_cron()

    def _tells_until(self, now):
        """Return up to when a message tells that is sent now."""
        return periods.last_due(self._rhythm(), now, self._zone())

    def _send_sections(self, sections):
        """Send one message with a section for each of these subscriptions."""
        mail = self.env["mail.mail"]
        if mailed := self._told_by("mail"):
            mail = mailed._queue_mail(
                mailed._regular_subject(sections),
                "nps.subscription_regular_mail",
                mailed._regular_values(sections),
            )
        if shown := self._told_by("inbox"):
            shown._notify_in_odoo(
                self.env["mail.thread"],
                shown._regular_subject(sections),
                "nps.subscription_regular_note",
                shown._regular_values(sections),
            )
        self.env["nps.subscription.notice"].create(
            {"user_id": self.user_id.id, "mail_id": mail.id}
        )

    def _regular_values(self, sections):
        own = [section for section in sections if section["id"] in self.ids]
        return {"sections": own, **self._frame()}

    def _regular_subject(self, sections):
        """Return the subject: what it is about, and how many answers came."""
        spoken = self.with_context(lang=self.user_id.lang)
        total = sum(s["total"] for s in sections if s["id"] in self.ids)
        if len(self) > 1:
            return spoken.env._("Your customers' answers: %s new", total)
        return spoken.env._("%(name)s: %(total)s new", name=spoken.name, total=total)

    # === ONE SECTION === #

    def _section(self, now):
        """Return what the message tells of one subscription, as the user reads it."""
        rhythm, zone = self._rhythm(), self._zone()
        end = self._tells_until(now)
        start = min(self.told_until or end, end)
        before = periods.period_before(rhythm, start, end, zone)
        spoken = self.with_context(lang=self.user_id.lang or "en_US", tz=zone)
        asked, answered = spoken._asked(start, end)
        answers = self._as_reader("nps.response")
        domain = self._answers_domain() & Domain(answers._counted_between(start, end))
        return {
            "id": self.id,
            "name": spoken.name,
            "period": spoken._period_in_words(start, end),
            "figures": spoken._figures(start, end, before),
            "asked": asked,
            "answered": answered,
            "total": answers.search_count(domain),
            "lists": [
                spoken._answers_list(domain, category, most)
                for category, most in MOST_SHOWN.items()
            ],
            "url": f"{self.get_base_url()}/odoo/nps-subscriptions/{self.id}/nps-told",
        }

    def _answers_list(self, domain, category, most):
        """Return some answers of a category: those with words first, then the newest.

        Who praises without a word is only counted.
        """
        answers = self._as_reader("nps.response")
        domain &= Domain("category", "=", category)
        worded = domain & Domain("comment", "not in", [False, ""])
        shown = answers.search(worded, limit=most)
        if category == metrics.DETRACTOR and len(shown) < most:
            silent = domain & Domain("comment", "in", [False, ""])
            shown += answers.search(silent, limit=most - len(shown))
        return {
            "category": category,
            "answers": [answer._subscriber_values() for answer in shown],
            "more": answers.search_count(domain) - len(shown),
        }

    def _period_in_words(self, start, end):
        zone = self._zone()
        moments = {
            name: format_datetime(self.env, moment, tz=zone, dt_format="short")
            for name, moment in (("start", start), ("end", end))
        }
        return self.env._("%(start)s to %(end)s", **moments)
