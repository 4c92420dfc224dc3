import random
from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class NpsInvitation(models.Model):
    """How often one person is asked: cool-down, share drawn, mails per day.

    One person is one normalised address, also across several contacts.
    """

    _inherit = "nps.invitation"

    asked_at = fields.Datetime(
        readonly=True,
        index="btree_not_null",
        help="When it was decided to ask: from then on it counts for the cool-down.",
    )
    draw = fields.Float(
        readonly=True,
        default=lambda self: random.random() * 100,  # noqa: S311
        aggregator=None,
        help="A random number from 0 to 100, drawn once: below the survey's share the "
        "customer is asked.",
    )
    cooldown_rule = fields.Selection(
        selection=[("asked", "Was asked"), ("answered", "Has answered")], readonly=True
    )
    cooldown_since = fields.Datetime(readonly=True)
    cooldown_days = fields.Integer(readonly=True, aggregator=None)

    _asked_person_idx = models.Index(
        "(email_normalized, asked_at) WHERE asked_at IS NOT NULL"
    )
    _asked_survey_idx = models.Index("(survey_id, asked_at) WHERE asked_at IS NOT NULL")

    # === CHECKS === #

    def _is_cooling_down(self):
        return bool(self._cooldown_hit())

    def _is_drawn_out(self):
        # A draft is not drawn yet: nobody may choose customers by looking first.
        return bool(self.id) and self.draw >= self.survey_id.sampling_share

    def _is_over_daily_cap(self):
        cap = self.survey_id.daily_cap
        if not cap or self.asked_at:
            return False
        today = self._counts_as_asked() & Domain("survey_id", "=", self.survey_id.id)
        today &= Domain("asked_at", ">=", self._day_began())
        return self.search_count(today, limit=cap) >= cap

    def _day_began(self):
        """Return when the present day of the company began (UTC)."""
        zone = pytz.timezone(self.company_id._nps_timezone())
        day = pytz.utc.localize(fields.Datetime.now()).astimezone(zone).date()
        midnight = zone.localize(datetime.combine(day, time()))
        return midnight.astimezone(pytz.utc).replace(tzinfo=None)

    # === COOL-DOWN === #

    def _cooldown_hit(self):
        """Return (rule, since when, days) of a cool-down that holds, or None."""
        for rule, days, others in self._cooldown_rules():
            since = days and self._last_of_person(rule, days, others)
            if since:
                return rule, since, days
        return None

    def _cooldown_rules(self):
        """Return (rule, days, which invitations count) of company and survey."""
        company, survey = self.company_id, self.survey_id
        metric = Domain("survey_id.metric", "=", survey.metric)
        return [
            ("asked", company.nps_cooldown_asked_days, Domain.TRUE),
            ("answered", company.nps_cooldown_answered_days, Domain.TRUE),
            ("asked", survey.cooldown_asked_days, metric),
            ("answered", survey.cooldown_answered_days, metric),
        ]

    def _last_of_person(self, rule, days, others):
        """Return when the person was last asked or answered, or False.

        :param int days: further back does not count
        :param Domain others: which of his invitations count
        """
        column = f"{rule}_at"
        now = fields.Datetime.now()
        domain = Domain(
            [
                ("email_normalized", "=", self.email_normalized),
                ("company_id", "=", self.company_id.id),
                ("id", "not in", self.ids),
                (column, ">", now - timedelta(days=days)),
                (column, "<=", now),
            ]
        )
        if rule == "asked":
            domain &= self._counts_as_asked()
        found = self.search(domain & others, order=f"{column} desc", limit=1)
        return found[column]

    @api.model
    def _counts_as_asked(self):
        """Return the domain of the invitations whose mail left or will leave."""
        withdrawn = Domain("state", "in", ["suppressed", "cancelled"])
        withdrawn &= Domain("sent_at", "=", False)
        given_up = Domain("state", "=", "failed") & Domain("scheduled_at", "=", False)
        return Domain("asked_at", "!=", False) & ~withdrawn & ~given_up

    # === THE DECISION === #

    def _lock_decision(self):
        """Let nobody else decide about these persons until this transaction ends.

        :raise psycopg2.errors.SerializationFailure: somebody did since it began
        """
        names = set(filter(None, self.mapped("email_normalized")))
        capped = self.survey_id.filtered("daily_cap")
        names |= {f"survey:{survey.id}" for survey in capped}
        self.env["nps.person.lock"].sudo()._take(names)

    def _note_asked(self):
        """Note that these persons are asked, visibly for the next decision."""
        self.write({"asked_at": fields.Datetime.now(), "wait_reason": False})

    def _suppress(self, reason):
        hit = self._cooldown_hit() if reason == "cooldown" else None
        if hit:
            rule, since, days = hit
            self.write(
                {
                    "cooldown_rule": rule,
                    "cooldown_since": since,
                    "cooldown_days": days,
                }
            )
        return super()._suppress(reason)

    # === WORDS === #

    def _reason_text(self, reason):
        if reason == "cooldown":
            return self._cooldown_text() or super()._reason_text(reason)
        if reason == "daily_cap":
            return self.env._(
                "“%(survey)s” asks at most %(count)s customers a day",
                survey=self.survey_id.name,
                count=self.survey_id.daily_cap,
            )
        return super()._reason_text(reason)

    def _cooldown_text(self):
        kept = (self.cooldown_rule, self.cooldown_since, self.cooldown_days)
        rule, since, days = kept if self.cooldown_rule else self._cooldown_hit() or kept
        words = {"date": format_date(self.env, since), "days": days}
        if rule == "asked":
            return self.env._(
                "The customer was asked on %(date)s, and is asked at most once in "
                "%(days)s days",
                **words,
            )
        if rule == "answered":
            return self.env._(
                "The customer answered on %(date)s, and is not asked again for "
                "%(days)s days",
                **words,
            )
        return ""
