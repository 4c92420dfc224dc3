import logging
from collections import defaultdict

import psycopg2

from odoo import api, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)


class NpsSubscription(models.Model):
    """One message for each answer, to each user who asked for it."""

    _inherit = "nps.subscription"

    @api.model
    def _tell_of(self, responses):
        """Tell every subscriber of the answers, once, however many subscriptions match.

        :return: the answers of which somebody could not be told yet
        """
        matches, failed = self._match(responses)
        known = self.env["nps.subscription.notice"]._known(responses)
        for (user_id, response_id), subscriptions in matches.items():
            if (user_id, response_id) in known:
                continue
            if not subscriptions._tell_safely(response_id):
                failed |= responses.browse(response_id)
        return failed

    @api.model
    def _match(self, responses):
        """Return ({(user id, response id): subscriptions}, answers that failed)."""
        matches, failed = defaultdict(self.browse), responses.browse()
        for subscription in self.search([("frequency", "=", "at_once")]):
            try:
                with self.env.cr.savepoint():
                    found = subscription._stop_blind()._matching(responses)
            except psycopg2.OperationalError:
                raise
            except Exception:
                _logger.exception("NPS subscription %s is broken", subscription.id)
                failed |= responses
                continue
            for response_id in found:
                matches[subscription.user_id.id, response_id] |= subscription
        return matches, failed

    def _matching(self, responses):
        """Return the ids of those answers that the subscriber wants and may read."""
        if not self:
            return []
        domain = self._answers_domain() & Domain("id", "in", responses.ids)
        return self._as_reader("nps.response").search(domain, order="id").ids

    def _tell_safely(self, response_id):
        """Tell one user of one answer; a failure is his own and is tried again.

        :return: whether he was told
        """
        try:
            with self.env.cr.savepoint():
                self._tell(response_id)
            return True
        except psycopg2.OperationalError:
            raise
        except Exception:
            _logger.exception(
                "%s could not be told of NPS response %s",
                self.user_id.login,
                response_id,
            )
            return False

    def _tell(self, response_id):
        """Tell one user, by all ways that his matching subscriptions (self) name."""
        response = self[:1]._as_reader("nps.response").browse(response_id)
        # Only what the subscriber may read: the records are his, not ours.
        values = {"answer": response._subscriber_values()}
        subject, mail = response._subscriber_subject(), self.env["mail.mail"]
        if mailed := self._told_by("mail"):
            mail = mailed._queue_mail(
                subject, "nps.subscription_answer_mail", {**values, **mailed._frame()}
            )
        if shown := self._told_by("inbox"):
            shown._notify_of(response, subject, {**values, **shown._frame()})
        self.env["nps.subscription.notice"].create(
            {
                "user_id": self.user_id.id,
                "response_id": response_id,
                "mail_id": mail.id,
            }
        )

    def _notify_of(self, response, subject, values):
        """Put an answer into the user's notifications in Odoo."""
        # Posted by the system on the interaction, which he may read like the answer.
        invitation_sudo = response.invitation_id.sudo()
        self._notify_in_odoo(
            invitation_sudo, subject, "nps.subscription_answer_note", values
        )
        own = response.user_id == self.user_id
        if not own or self.user_id._nps_tells_answers() != "at_once":
            # The agent himself may have seen it pop up when it came.
            self.user_id._bus_send(
                "simple_notification",
                {
                    "title": subject,
                    "message": response.comment or response.subject or "",
                    "type": "info",
                },
            )
