"""The life of invitations, step by step against a small model.

Whatever agents, customers, mail servers and managers do, in whatever order: after each
step the database says what the model says. For other lives, and longer ones, set
``NPS_HYPOTHESIS=long``.
"""

from contextlib import ExitStack

import freezegun
from hypothesis.stateful import run_state_machine_as_test

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from . import common_life_notes as life
from .common import NpsCaseCommon, NpsMailCommon
from .common_life_checks import LifeChecks
from .common_life_rules import BEGIN, LifeRules
from .common_property import examples

NOISE = (
    "odoo.addons.mail.models.mail_mail",
    "odoo.addons.nps.models.nps_invitation_send",
)
"""Loggers that tell of mail servers that are away: they are, on purpose."""


class LifeMachine(LifeChecks, LifeRules):
    """What may happen, and what always holds."""


@tagged("post_install", "-at_install")
class TestPropertyLife(NpsCaseCommon, NpsMailCommon):
    """Any life of invitations that can be drawn."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "nps_cooldown_asked_days": life.ASKED_DAYS,
                "nps_cooldown_answered_days": life.ANSWERED_DAYS,
                "nps_bounce_limit": 0,
                "nps_case_grace_minutes": 0,
                "nps_reask_days": 0,
            }
        )
        cls.survey.write(
            {"validity_days": life.VALID_DAYS, "change_hours": life.CHANGE_HOURS}
        )
        cls.env["nps.case.rule"].search([]).active = False
        cls.make_rule("Unhappy", category="detractor")
        cls.make_outcome("later", delay_hours=life.DELAY_HOURS)
        cls.make_outcome("nobody", survey_id=False)
        cls.make_outcome("refused", opts_out=True)
        cls.chief = cls.make_agent("chief", groups="nps.nps_group_manager")
        cls.root = cls.make_department("Root")
        cls.places = [cls.make_department(name) for name in ("North", "South")]
        cls.agents = [
            cls.make_agent(f"agent_{place.name.lower()}", place) for place in cls.places
        ]
        cls.departments = dict(zip(cls.agents, cls.places, strict=True))
        stages = cls.env["helpdesk.ticket.stage"].search([])
        cls.stages = {
            is_closed: stages.filtered(lambda s, c=is_closed: s.closed == c)[0]
            for is_closed in (True, False)
        }

    def test_whatever_happens_the_database_says_what_the_book_says(self):
        LifeMachine.test = self
        # How long it takes is measured by the clock on the wall.
        freezegun.configure(extend_ignore_list=["hypothesis"])
        with ExitStack() as stack:
            self.clock = stack.enter_context(freeze_time(BEGIN))
            stack.enter_context(mute_logger(*NOISE))
            run_state_machine_as_test(
                LifeMachine, settings=examples(16, stateful_step_count=25)
            )
