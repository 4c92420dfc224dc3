from datetime import timedelta
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from .common import NpsCommon

COLUMNS = ("hours_to_first_change", "hours_to_close", "message_count", "priority")


class OperationsCommon(NpsCommon):
    """A ticket that came in two days ago, and its stages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stages = cls.env["helpdesk.ticket.stage"].search([])
        cls.closed, cls.other_closed = stages.filtered("closed")[:2]
        cls.new, cls.busy = (stages - stages.filtered("closed"))[:2]
        cls.ticket = cls.make_ticket(stage_id=cls.new.id)
        cls.started = cls.ticket.create_date

    def after(self, hours):
        """Move the clock so many hours behind the beginning of the ticket."""
        return freeze_time(self.started + timedelta(hours=hours))

    def move(self, stage, hours, ticket=None):
        with self.after(hours):
            (ticket or self.ticket).stage_id = stage

    def pick_after(self, hours, record=None):
        with self.after(hours):
            return self.pick(record or self.ticket)

    def assertHours(self, invitation, first=False, close=False):
        self.env.flush_all()
        self.env.invalidate_all()
        found = (invitation.hours_to_first_change, invitation.hours_to_close)
        for hours, expected in zip(found, (first, close), strict=True):
            if expected is False:
                self.assertIs(hours, False)
            else:
                self.assertAlmostEqual(hours, expected, places=3)


@tagged("post_install", "-at_install")
class TestTimes(OperationsCommon):
    """When a ticket moved first, and when it was closed."""

    def test_what_happened_before_the_outcome_is_known_at_once(self):
        self.move(self.busy, 3)
        self.move(self.closed, 10)
        self.assertHours(self.pick_after(12), 3, 10)

    def test_what_has_not_happened_is_unknown_and_not_zero(self):
        invitation = self.pick_after(12)
        self.assertHours(invitation)
        unknown = self.env["nps.invitation"].search([("hours_to_close", "=", False)])
        self.assertIn(invitation, unknown)

    def test_a_contact_has_no_times_and_no_messages(self):
        invitation = self.pick(self.customer)
        self.env.flush_all()
        self.env.invalidate_all()
        for name in COLUMNS:
            self.assertIs(invitation[name], False, name)

    def test_what_happens_after_the_outcome_is_noted_then(self):
        invitation = self.pick_after(1)
        self.move(self.busy, 2)
        self.assertHours(invitation, 2)
        self.move(self.closed, 30)
        self.assertHours(invitation, 2, 30)

    def test_the_outcome_that_closes_the_ticket_knows_both(self):
        self.outcome.stage_id = self.closed
        self.assertHours(self.pick_after(5), 5, 5)

    def test_an_outcome_that_follows_from_a_stage_knows_both(self):
        self.outcome.auto_stage_ids = self.closed
        self.move(self.closed, 6)
        invitation = self.env["nps.invitation"].search(
            self.ticket._nps_invitations_domain()
        )
        self.assertEqual(len(invitation), 1)
        self.assertHours(invitation, 6, 6)

    def test_closing_it_once_more_changes_nothing(self):
        invitation = self.pick_after(1)
        self.move(self.closed, 4)
        self.move(self.busy, 6)
        self.move(self.closed, 9)
        self.assertHours(invitation, 4, 4)
        self.assertHours(self.pick_after(10), 4, 9)

    def test_a_reopened_ticket_is_closed_when_it_is_closed_next(self):
        self.move(self.closed, 4)
        self.move(self.busy, 6)
        invitation = self.pick_after(7)
        self.assertHours(invitation, 4)
        self.move(self.closed, 9)
        self.assertHours(invitation, 4, 9)

    def test_a_new_team_that_lacks_the_stage_moves_the_ticket(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "Night shift"})
        (self.new | self.closed | self.other_closed).team_ids = self.env[
            "helpdesk.ticket.team"
        ].create({"name": "Day shift"})
        with self.after(8):
            self.ticket.team_id = team
            self.assertNotEqual(self.ticket.stage_id, self.new)
        self.assertHours(self.pick_after(9), 8)

    def test_writing_the_same_stage_is_no_change(self):
        self.move(self.new, 3)
        self.assertFalse(self.ticket.nps_first_stage_change_at)

    def test_only_the_first_change_is_kept(self):
        self.move(self.busy, 3)
        self.move(self.closed, 5)
        self.assertHours(self.pick_after(6), 3, 5)

    def test_a_ticket_that_moved_unseen_has_no_first_change(self):
        self.move(self.closed, 3)
        self.ticket.nps_first_stage_change_at = False
        invitation = self.pick_after(4)
        self.assertHours(invitation, close=3)
        self.move(self.busy, 5)
        self.move(self.closed, 9)
        self.assertHours(invitation, close=3)

    def test_moving_it_to_another_closed_stage_closes_it_no_later(self):
        closed_at = self.started + timedelta(hours=3)
        ticket = self.make_ticket(stage_id=self.closed.id, closed_date=closed_at)
        invitation = self.pick_after(4, ticket)
        self.move(self.other_closed, 9, ticket)
        self.assertHours(invitation, 9, 3)

    def test_several_tickets_are_moved_in_one_go(self):
        tickets = self.ticket | self.make_ticket(stage_id=self.busy.id)
        with self.after(2):
            tickets.stage_id = self.busy
        self.assertEqual(tickets.filtered("nps_first_stage_change_at"), self.ticket)

    def test_an_agent_who_may_not_write_invitations_moves_a_ticket(self):
        invitation = self.pick_after(1)
        with self.after(2):
            self.ticket.with_user(self.agent).stage_id = self.closed
        self.assertHours(invitation, 2, 2)


@tagged("post_install", "-at_install")
class TestMessages(OperationsCommon):
    """How often the customer and colleagues wrote to each other."""

    def post(self, kind, **values):
        self.ticket.message_post(body="Hello", message_type=kind, **values)

    def test_both_directions_count_and_notes_do_not(self):
        comment = "mail.mt_comment"
        self.post("email", subtype_xmlid=comment, author_id=self.customer.id)
        self.post("comment", subtype_xmlid=comment)
        self.post("email_outgoing")
        self.post("comment", subtype_xmlid="mail.mt_note")
        self.post("notification", subtype_xmlid=comment)
        self.assertEqual(self.pick(self.ticket).message_count, 3)

    def test_no_message_is_known_to_be_none(self):
        invitation = self.pick(self.ticket)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertIsNot(invitation.message_count, False)
        self.assertEqual(invitation.message_count, 0)

    def test_what_is_written_later_changes_nothing(self):
        invitation = self.pick(self.ticket)
        self.post("comment", subtype_xmlid="mail.mt_comment")
        self.env.invalidate_all()
        self.assertEqual(invitation.message_count, 0)

    def test_the_priority_is_that_of_the_moment(self):
        self.ticket.priority = "2"
        invitation = self.pick(self.ticket)
        self.ticket.priority = "3"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(invitation.priority, "2")

    def test_the_priority_has_the_words_of_the_ticket(self):
        ticket = self.env["helpdesk.ticket"].fields_get(["priority"])
        for model in ("nps.invitation", "nps.report"):
            own = self.env[model].fields_get(["priority"])
            self.assertEqual(
                own["priority"]["selection"], ticket["priority"]["selection"]
            )


@tagged("post_install", "-at_install")
class TestOperationsReport(OperationsCommon):
    def test_averages_leave_out_what_is_unknown(self):
        self.move(self.busy, 2)
        self.move(self.closed, 10)
        self.pick_after(11)
        self.pick(self.customer)
        ((first, close, messages),) = self.env["nps.report"]._read_group(
            [("user_id", "=", self.agent.id)],
            [],
            ["hours_to_first_change:avg", "hours_to_close:avg", "message_count:avg"],
        )
        self.assertAlmostEqual(first, 2, places=3)
        self.assertAlmostEqual(close, 10, places=3)
        self.assertEqual(messages, 0)

    def test_the_report_groups_by_priority(self):
        self.ticket.priority = "3"
        self.answer(self.pick(self.ticket), 10)
        groups = self.env["nps.report"]._read_group(
            [("user_id", "=", self.agent.id)], ["priority"], ["net_score:avg"]
        )
        self.assertEqual(groups, [("3", 100)])


@tagged("post_install", "-at_install")
class TestPickingStaysCheap(OperationsCommon):
    def queries_of_pick(self):
        """Return how many queries picking an outcome takes on a ticket."""
        self.pick(self.make_ticket(stage_id=self.new.id))
        ticket = self.make_ticket(stage_id=self.new.id)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.pick(ticket)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_the_columns_cost_at_most_two_queries_and_one_more_where_it_closes(self):
        # When a ticket was closed is known after the interaction is stored.
        for stage, most in ((False, 2), (self.closed, 3)):
            self.outcome.stage_id = stage
            # Once uncounted: Odoo loads what it keeps.
            self.queries_of_pick()
            with_columns = self.queries_of_pick()
            tickets = type(self.env["helpdesk.ticket"])

            def uncounted(tickets):
                return dict.fromkeys(tickets, False)

            with (
                patch.object(tickets, "_nps_times", lambda ticket: {}),
                patch.object(tickets, "_nps_count_messages", uncounted),
                patch.object(tickets, "_nps_note_times", lambda ticket: None),
            ):
                without = self.queries_of_pick()
            with self.subTest(closes=bool(stage)):
                self.assertLessEqual(with_columns, without + most)
