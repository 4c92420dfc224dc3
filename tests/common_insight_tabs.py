from datetime import date, datetime, time, timedelta

from odoo.tests import freeze_time

from ..tools import metrics
from .common import NpsCommon

NOW = datetime(2026, 6, 15, 12)
ANALYST = "nps.nps_group_analyst"
MANAGER = "nps.nps_group_team_manager,helpdesk_mgmt.group_helpdesk_user"


class InsightTabsCommon(NpsCommon):
    """A clock that stands, and many answers at once, on any day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = cls.set_clock()
        cls.other = cls.make_agent("other", cls.sales)
        cls.agent.name, cls.other.name = "agent", "other"
        cls.analyst = cls.make_agent("analyst", groups=ANALYST)
        # The demo company has answers of its own.
        cls.only = [("user_id", "in", (cls.agent | cls.other).ids)]

    @classmethod
    def set_clock(cls):
        """Stop the clock; return what it shows."""
        cls.startClassPatcher(freeze_time(NOW))
        return NOW

    @classmethod
    def give(cls, day, scores, silent=0, agent=None, hours=1, **values):
        """Ask many customers on one day.

        :param date day: when; the one of the interaction and of the ask
        :param scores: what those who answer answer
        :param int silent: how many do not answer
        :param hours: after how many hours they answer
        :param values: what else the invitations keep
        :return: the invitations in superuser mode, who answered first
        """
        asked = {**cls.asked_on(day, agent or cls.agent), **values}
        answered_at = datetime.combine(day, time(9)) + timedelta(hours=hours)
        answered = {**asked, "state": "answered", "answered_at": answered_at}
        invitations_sudo = (
            cls.env["nps.invitation"]
            .sudo()
            .create(
                [answered for _score in scores]
                + [{**asked, "state": "expired"} for _silent in range(silent)]
            )
        )
        cls.add_answers(invitations_sudo[: len(scores)], scores)
        cls.env.flush_all()
        return invitations_sudo

    @classmethod
    def asked_on(cls, day, agent):
        """Return what an invitation keeps that was sent at nine on a day."""
        sent_at = datetime.combine(day, time(9))
        return {
            "survey_id": cls.survey.id,
            "outcome_id": cls.outcome.id,
            "partner_id": cls.customer.id,
            "email": cls.customer.email,
            "res_model": "res.partner",
            "res_id": cls.customer.id,
            "user_id": agent.id,
            "employee_id": agent.employee_id.id,
            "department_id": agent.employee_id.department_id.id,
            "company_id": cls.company.id,
            "picked_at": sent_at,
            "local_date": day,
            "local_hour": 9,
            "sent_at": sent_at,
        }

    @classmethod
    def add_answers(cls, invitations_sudo, scores):
        """Add the answer of each invitation, given when it says."""
        metric = invitations_sudo[:1].survey_id.metric
        cls.env["nps.response"].sudo().create(
            [
                {
                    "invitation_id": invitation.id,
                    "metric": metric,
                    "score": score,
                    "category": metrics.category(metric, score),
                    "submitted_at": invitation.answered_at,
                    "echo_state": "done",
                }
                for invitation, score in zip(invitations_sudo, scores, strict=True)
            ]
        )

    @classmethod
    def month(cls, months_ago, scores, **values):
        """Ask on the tenth of a month."""
        place = cls.now.year * 12 + cls.now.month - 1 - months_ago
        return cls.give(date(place // 12, place % 12 + 1, 10), scores, **values)

    def ask(self, method, user=None, domain=(), **options):
        """Ask the insight, as the analyst if nobody else."""
        insight = self.env["nps.insight"].with_user(user or self.analyst)
        return getattr(insight, method)([*self.only, *domain], options)

    def queries(self, method, **options):
        """Return how many queries an answer takes."""
        self.ask(method, **options)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.ask(method, **options)
        return self.env.cr.sql_log_count - before
