import random
from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time

from .common import NpsCommon


class RandomCommon(NpsCommon):
    """Random interactions of four agents in a department tree, and their answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chance = random.Random(20260101)
        team = cls.make_department("Team", parent=cls.phone)
        departments = (cls.support, cls.phone, team, cls.sales)
        cls.agents = [
            cls.make_agent(f"agent{n}", department)
            for n, department in enumerate(departments)
        ]
        cls.rows = [cls.happen(n) for n in range(60)]
        cls.domain = [("user_id", "in", [agent.id for agent in cls.agents])]

    @classmethod
    def happen(cls, number):
        """Let an interaction happen; return what a careful clerk would note of it."""
        moment = fields.Datetime.to_datetime("2026-02-01 09:00:00")
        with freeze_time(moment + timedelta(days=number)) as clock:
            agent = cls.chance.choice(cls.agents)
            guess = cls.chance.choice([None, 0, 7, 10])
            invitation = cls.pick(user=agent, guess=guess)
            is_asked = cls.chance.random() < 0.9
            if is_asked:
                invitation._on_handed_over()
            score = cls.chance.randrange(11) if cls.chance.random() < 0.6 else None
            hours = cls.chance.randrange(1, 50)
            if is_asked and score is not None:
                clock.tick(timedelta(hours=hours))
                cls.answer(invitation, score)
            return {
                "department": agent.employee_id.department_id,
                "month": invitation.local_date.strftime("%Y-%m"),
                "asked": is_asked,
                "score": score if is_asked else None,
                "guess": guess,
                "hours": hours,
            }
