from odoo import api, fields, models
from odoo.fields import Domain

NARROWING = ("only_commented", "only_contact", "department_ids", "survey_ids")
"""What makes a subscription one about some answers, beside their categories."""


class NpsSubscription(models.Model):
    """An agent's message of the day: how customers answered to his own work.

    It is a subscription like others, so it has their hour, their way and their care
    for failures. His preferences make it and it follows them; switching it off is a
    preference too.
    """

    _inherit = "nps.subscription"

    is_own = fields.Boolean(
        string="Only My Own",
        help="Only answers to your own work, also when you may read those of others.",
    )
    is_by_preference = fields.Boolean(
        string="By My Preferences",
        readonly=True,
        copy=False,
        help="Made by “Tell Me of My Answers” in your preferences, and follows them.",
    )
    last_until = fields.Datetime(
        string="Ends",
        readonly=True,
        copy=False,
        help="Up to when its last message tells; then it is switched off.",
    )

    _by_preference_uniq = models.UniqueIndex(
        "(user_id) WHERE is_by_preference",
        "This user has his message of the day already.",
    )

    # === CRUD METHODS === #

    def write(self, vals):
        if "active" in vals:
            vals = {"last_until": False, **vals}
        result = super().write(vals)
        # Superuser mode: it is the preference itself that switches it.
        if "active" in vals and not self.env.su:
            self._set_preference("daily" if vals["active"] else "never")
        return result

    def unlink(self):
        if not self.env.su:
            self._set_preference("never")
        return super().unlink()

    def _set_preference(self, choice):
        """Let what was done with the subscription hold for the answers to come."""
        # An administrator who switches somebody's off need not manage users.
        by_preference_sudo = self.sudo().filtered("is_by_preference")
        by_preference_sudo.user_id.nps_tell_answers = choice

    # === BUSINESS METHODS === #

    @api.model
    def _follow_preference(self, user):
        """Make the daily message of a user, or let it end, as he has chosen.

        :raise psycopg2.errors.SerializationFailure: it was made by somebody else since
            this transaction began: begin again
        """
        # Made for the user, whoever has set what is to hold for him.
        own_sudo = self.sudo().with_context(active_test=False)
        found_sudo = own_sudo.search(
            [("user_id", "=", user.id), ("is_by_preference", "=", True)]
        )
        choice = user._nps_tells_answers()
        if choice != "daily":
            found_sudo.filtered("active")._end(choice)
        elif not found_sudo:
            # An answer may be echoed at the moment at which the user chooses.
            self.env["nps.person.lock"].sudo()._take([f"daily:{user.id}"])
            own_sudo.create(self._prepare_own_values(user))
        elif not found_sudo.active or found_sudo.last_until:
            found_sudo.active = True

    def _end(self, choice):
        """Switch off, after a last message of what was told nowhere yet.

        :param str choice: what holds instead; who wants ``never`` gets no last message
        """
        if choice == "never":
            self.active = False
            return
        now = fields.Datetime.now()
        for subscription in self.filtered(lambda s: not s.last_until):
            until = subscription._untold_since(now)
            subscription.write({"last_until": until, "next_at": now})
        self._wake_cron()

    def _untold_since(self, now):
        """Return from when on the user was told of no answer to his work at once."""
        # By what he has chosen when they are echoed, he is told of these.
        pending_sudo = self.env["nps.response"].sudo()
        pending_sudo = pending_sudo.search(
            [
                ("user_id", "=", self.user_id.id),
                ("echo_state", "=", "pending"),
                ("state", "=", "counted"),
            ]
        )
        moments = [answer.decided_at or answer.submitted_at for answer in pending_sudo]
        return min(moments, default=now)

    @api.model
    def _prepare_own_values(self, user):
        return {
            "user_id": user.id,
            "company_id": False,
            "is_own": True,
            "is_by_preference": True,
            "wants_detractors": False,
            "frequency": "daily",
            "channel": "inbox" if user.notification_type == "inbox" else "mail",
        }

    def _stop(self, reason):
        result = super()._stop(reason)
        if reason == "unsubscribed":
            self._set_preference("never")
        return result

    def _stop_blind(self):
        # The company's choice may have changed since, for all who made none.
        for subscription in self.filtered("is_by_preference"):
            self._follow_preference(subscription.user_id)
        return super()._stop_blind()

    def _tells_from(self, now):
        if self.is_by_preference:
            return self._untold_since(now)
        return super()._tells_from(now)

    def _tells_until(self, now):
        return self.last_until or super()._tells_until(now)

    def _go_on(self, now):
        ended = self.filtered("last_until")
        ended.active = False
        return super(NpsSubscription, self - ended)._go_on(now)

    def _scope_domain(self):
        domain = super()._scope_domain()
        if self.is_own:
            domain &= Domain("user_id", "=", self.user_id.id)
        return domain

    def _section(self, now):
        section = super()._section(now)
        if self.is_own:
            # Praise first: this is for the agent himself and not for a follow-up.
            section["lists"].reverse()
        return {**section, "is_own": self.is_own}

    # === WORDS === #

    @api.depends("is_own")
    @api.depends_context("lang")
    def _compute_name(self):
        return super()._compute_name()

    def _answers_in_words(self):
        words = super()._answers_in_words()
        if not self.is_own:
            return words
        if self._is_about_some():
            return self.env._("%s, only to my own work", words)
        return self.env._("Answers to my own work")

    def _is_about_some(self):
        """Tell whether anything narrows the answers, beside whose they are."""
        # Who may see the subscription may know that it is about some departments.
        self_sudo = self.sudo()
        return bool(self._wanted() or any(self_sudo[name] for name in NARROWING))
