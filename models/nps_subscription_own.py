from odoo import api, fields, models
from odoo.fields import Domain


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

    # === CRUD METHODS === #

    def write(self, vals):
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
        """Make or switch the daily message of a user, as he has chosen."""
        # Made for the user, whoever has set what is to hold for him.
        own_sudo = self.sudo().with_context(active_test=False)
        found_sudo = own_sudo.search(
            [("user_id", "=", user.id), ("is_by_preference", "=", True)], limit=1
        )
        is_wanted = user._nps_tells_answers() == "daily"
        if found_sudo and found_sudo.active != is_wanted:
            found_sudo.active = is_wanted
        elif is_wanted and not found_sudo:
            own_sudo.create(self._prepare_own_values(user))

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
        unwanted = self.filtered(
            lambda s: s.is_by_preference and s.user_id._nps_tells_answers() != "daily"
        )
        unwanted.active = False
        return super(NpsSubscription, self - unwanted)._stop_blind()

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
        if words == self.env._("All answers"):
            return self.env._("Answers to my own work")
        return self.env._("%s, only to my own work", words)
