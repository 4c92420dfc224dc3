from datetime import timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, fields
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestPickByStage(NpsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        cls.outcome.auto_stage_ids = cls.done
        cls.ticket = cls.make_ticket()

    def invitations(self):
        return self.env["nps.invitation"].search(
            [("res_model", "=", "helpdesk.ticket"), ("res_id", "=", self.ticket.id)]
        )

    def test_reaching_the_stage_picks_the_outcome_for_the_assigned_agent(self):
        self.ticket.stage_id = self.done
        self.assertRecordValues(
            self.invitations(),
            [
                {
                    "outcome_id": self.outcome.id,
                    "user_id": self.agent.id,
                    "state": "queued",
                }
            ],
        )

    def test_saving_the_same_stage_again_picks_nothing(self):
        self.ticket.stage_id = self.done
        self.ticket.stage_id = self.done
        self.assertEqual(len(self.invitations()), 1)

    def test_another_stage_picks_nothing(self):
        self.ticket.stage_id = self.env.ref(
            "helpdesk_mgmt.helpdesk_ticket_stage_cancelled"
        )
        self.assertFalse(self.invitations())

    def test_an_outcome_picked_by_hand_is_not_followed_by_an_automatic_one(self):
        self.pick(self.ticket)
        self.ticket.stage_id = self.done
        self.assertEqual(len(self.invitations()), 1)

    def test_an_outcome_that_moves_the_ticket_to_its_own_stage_is_picked_once(self):
        self.outcome.stage_id = self.done
        self.pick(self.ticket)
        self.assertEqual(self.ticket.stage_id, self.done)
        self.assertEqual(len(self.invitations()), 1)

    def test_a_mover_without_any_nps_role_triggers_it_all_the_same(self):
        mover = new_test_user(
            self.env, "mover", groups="helpdesk_mgmt.group_helpdesk_user"
        )
        self.ticket.with_user(mover).stage_id = self.done
        self.assertEqual(self.invitations().user_id, self.agent)

    def test_a_ticket_that_is_created_in_the_stage_reached_it(self):
        self.ticket = self.make_ticket(stage_id=self.done.id)
        self.assertEqual(self.invitations().outcome_id, self.outcome)

    def test_a_ticket_that_nobody_holds_is_no_robots_work(self):
        self.ticket.user_id = False
        self.ticket.with_user(SUPERUSER_ID).stage_id = self.done
        self.assertEqual(len(self.invitations()), 1)
        self.assertFalse(self.invitations().user_id)

    def test_an_hour_after_a_pick_the_stage_picks_again(self):
        self.pick(self.ticket)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=61)):
            self.ticket.stage_id = self.done
        self.assertEqual(len(self.invitations()), 2)

    @mute_logger("odoo.addons.nps.models.helpdesk_ticket")
    def test_a_ticket_moves_on_even_if_the_outcome_cannot_be_picked(self):
        with patch.object(
            type(self.env["nps.invitation"]), "_create_for", side_effect=ValueError("x")
        ):
            self.ticket.stage_id = self.done
        self.assertEqual(self.ticket.stage_id, self.done)
        self.assertFalse(self.invitations())

    def test_tickets_of_another_team_are_left_alone(self):
        self.outcome.team_ids = self.env["helpdesk.ticket.team"].create({"name": "B"})
        self.ticket.stage_id = self.done
        self.assertFalse(self.invitations())
