import random
from collections import Counter
from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .nps_invitation_eligibility import PICKED


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

    def _those_cooling_down(self):
        hits = self._cooldown_hits()
        return self.filtered(lambda i: i in hits)

    def _those_drawn_out(self):
        # A draft is not drawn yet: nobody may choose customers by looking first.
        return self.filtered(lambda i: i.id and i.draw >= i.survey_id.sampling_share)

    def _those_over_daily_cap(self):
        """Return those for whom nothing is left; of several the first are asked."""
        over, given = self.browse(), Counter()
        capped = self.filtered(lambda i: i.survey_id.daily_cap and not i.asked_at)
        # Each company has a day of its own, and all of them one survey.
        for (survey, _company), mine in capped.grouped(
            lambda i: (i.survey_id, i.company_id)
        ).items():
            today = self._counts_as_asked() & Domain("survey_id", "=", survey.id)
            today &= Domain("asked_at", ">=", mine[0]._day_began())
            asked = self.search_count(today, limit=survey.daily_cap) + given[survey]
            left = max(0, survey.daily_cap - asked)
            if left and self.env.context.get(PICKED):
                # Which of these get the places is decided when the mails are made.
                continue
            given[survey] += len(mine[:left])
            over |= mine[left:]
        return over

    def _day_began(self):
        """Return when the present day of the company began (UTC)."""
        zone = pytz.timezone(self.company_id._nps_timezone())
        day = pytz.utc.localize(fields.Datetime.now()).astimezone(zone).date()
        midnight = zone.localize(datetime.combine(day, time()))
        return midnight.astimezone(pytz.utc).replace(tzinfo=None)

    # === COOL-DOWN === #

    def _cooldown_hit(self):
        """Return (rule, since, days) that holds one person back, or None."""
        return self._cooldown_hits().get(self)

    def _cooldown_hits(self):
        """Return dict of invitation -> (rule, since, days) that holds its person back.

        Those who may be asked are not in it.
        """
        lasts = {
            rule: self._of_same_people(rule)
            for rule in ("asked", "answered")
            if any(self._longest_cooldowns(rule))
        }
        if not any(lasts.values()):
            return {}
        hits = {invitation: invitation._first_hit(lasts) for invitation in self}
        return {invitation: hit for invitation, hit in hits.items() if hit}

    def _first_hit(self, lasts):
        """Return the first of the rules that holds this person back, or None.

        :param dict lasts: rule -> see :meth:`_of_same_people`
        """
        person = (self.email_normalized, self.company_id)
        now = fields.Datetime.now()
        for rule, days, metric in self._cooldown_rules() if person[0] else ():
            since = [
                moment
                for other, other_metric, moment in lasts.get(rule, {}).get(person, ())
                if days
                and other != self
                and metric in (None, other_metric)
                and now - timedelta(days=days) < moment
            ]
            if since:
                return rule, max(since), days
        return None

    def _cooldown_rules(self):
        """Return (rule, days, metric of the surveys that count or None for all)."""
        company, survey = self.company_id, self.survey_id
        return [
            ("asked", company.nps_cooldown_asked_days, None),
            ("answered", company.nps_cooldown_answered_days, None),
            ("asked", survey.cooldown_asked_days, survey.metric),
            ("answered", survey.cooldown_answered_days, survey.metric),
        ]

    def _longest_cooldowns(self, rule):
        """Return how many days back a rule looks, by the companies and the surveys."""
        return (
            max(self.company_id.mapped(f"nps_cooldown_{rule}_days"), default=0),
            max(self.survey_id.mapped(f"cooldown_{rule}_days"), default=0),
        )

    def _of_same_people(self, rule):
        """Return what was asked of these persons, or answered by them, lately.

        :return: dict of (address, company) -> list of (invitation, metric, moment)
        """
        column, now = f"{rule}_at", fields.Datetime.now()
        days = max(self._longest_cooldowns(rule))
        domain = Domain(
            [
                ("email_normalized", "in", self._addresses()),
                ("company_id", "in", self.company_id.ids),
                (column, ">", now - timedelta(days=days)),
                (column, "<=", now),
            ]
        )
        if rule == "asked":
            domain &= self._counts_as_asked()
        names = ["email_normalized", "company_id", "survey_id", column]
        found = {}
        for other in self.search_fetch(domain, names, order="id"):
            person = (other.email_normalized, other.company_id)
            row = (other, other.survey_id.metric, other[column])
            found.setdefault(person, []).append(row)
        return found

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
        hits = self._cooldown_hits() if reason == "cooldown" else {}
        for invitation, (rule, since, days) in hits.items():
            invitation.write(
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
