from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.nps_invitation_eligibility import REASONS
from .common import NpsMailCommon

SEND = "odoo.addons.nps.models.nps_invitation_send"
RENDER = "odoo.addons.nps.models.nps_invitation_render"
TICKET = "odoo.addons.nps.models.helpdesk_ticket"


class ManyCommon(NpsMailCommon):
    """Asks many customers at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")

    def make_tickets(self, count):
        """Make closed tickets of as many customers; nobody was asked about them."""
        customers = [
            self.make_customer(f"C {n}", f"c{n}.{count}@x.example")
            for n in range(count)
        ]
        tickets = self.env["helpdesk.ticket"].create(
            [
                {"name": "Printer", "description": "x", "partner_id": customer.id}
                for customer in customers
            ]
        )
        tickets.stage_id = self.done
        self.outcome.auto_stage_ids = self.done
        return tickets

    def ask(self, tickets):
        """Pick as the stage says; return the invitations."""
        tickets._nps_pick_by_stage()
        return self.env["nps.invitation"].search(
            [("res_model", "=", tickets._name), ("res_id", "in", tickets.ids)],
            order="id",
        )

    def queries_of(self, action):
        """Return how many queries an action takes, up to the database."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestManyCostLittle(ManyCommon):
    def test_picking_for_many_takes_hardly_more_queries_than_for_few(self):
        few, many = self.make_tickets(10), self.make_tickets(60)
        self.ask(self.make_tickets(2))  # Odoo loads what it keeps.
        of_few = self.queries_of(few._nps_pick_by_stage)
        of_many = self.queries_of(many._nps_pick_by_stage)
        self.assertLessEqual(of_few, 60)
        self.assertLessEqual(of_many, of_few + 5)

    def test_deciding_and_making_mails_for_many_takes_hardly_more_queries(self):
        few, many = self.ask(self.make_tickets(10)), self.ask(self.make_tickets(60))
        self.ask(self.make_tickets(2))._queue_mails()
        of_few = self.queries_of(few._queue_mails)
        of_many = self.queries_of(many._queue_mails)
        self.assertLessEqual(of_few, 60)
        # Odoo makes at most fifty mails at once.
        self.assertLessEqual(of_many, of_few + 20)

    def test_judging_the_mails_of_a_queue_takes_one_query_for_each_rule(self):
        few, many = self.ask(self.make_tickets(10)), self.ask(self.make_tickets(60))
        of_few = self.queries_of(few._suppression_reasons_at_last)
        of_many = self.queries_of(many._suppression_reasons_at_last)
        self.assertEqual(of_many, of_few)

    def test_a_template_is_compiled_once_for_all_its_mails(self):
        compiled = type(self.env["ir.qweb"])._generate_code_uncached
        bodies = []

        def count(engine, template):
            if not isinstance(template, int | str):
                bodies.append(template)
            return compiled(engine, template)

        invitations = self.ask(self.make_tickets(12))
        self.env.registry.clear_cache("templates")
        with patch.object(type(self.env["ir.qweb"]), "_generate_code_uncached", count):
            invitations._queue_mails()
        self.assertEqual(len(bodies), 1)

    def test_a_changed_template_is_seen_by_the_next_mail(self):
        first, second = self.ask(self.make_tickets(2))
        first._queue_mail()
        template = self.outcome._template()
        template.body_html = '<p>Anew <a t-att-href="object.nps_link()">Go</a></p>'
        second._queue_mail()
        self.assertNotIn("Anew", first.mail_id.body_html)
        self.assertIn("Anew", second.mail_id.body_html)


@tagged("post_install", "-at_install")
class TestManyAreJudgedLikeOne(ManyCommon):
    """What is found for many at once is what is found for each alone."""

    def spoil(self, invitations):
        """Give each of some invitations a reason of its own not to ask."""
        self.company.nps_cooldown_asked_days = 14
        partners = invitations.partner_id
        partners[0].active = False
        self.env["nps.opt.out"]._add(invitations[1])
        self.env["mail.blacklist"]._add(partners[2].email)
        partners[3].message_bounce = 9
        partners[4].email = invitations[4].email = self.company.email
        invitations[4].email_normalized = self.company.email
        self.env["nps.case"].create(
            {**invitations[5]._case_values(), "user_id": self.agent.id}
        )
        reopened = self.make_ticket(partner_id=partners[6].id, stage_id=self.done.id)
        reopened.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_new")
        self.pick(partners[7])._note_asked()
        invitations[8].draw, self.survey.sampling_share = 99, 90
        invitations[9].email = invitations[9].email_normalized = False
        (invitations - invitations[8]).draw = 1

    def test_each_has_the_reason_that_it_has_alone(self):
        invitations = self.ask(self.make_tickets(12))
        self.spoil(invitations)
        together = invitations._suppression_reasons()
        alone = {i: i._suppression_reason_now() for i in invitations}
        self.assertEqual(together, {i: r for i, r in alone.items() if r})
        self.assertEqual(
            [alone[invitation] for invitation in invitations],
            [
                *("customer_archived", "opted_out", "blacklisted", "bounce_limit"),
                *("own_company", "open_case", "reopened", "cooldown", "sampling"),
                *("no_address", False, False),
            ],
        )

    def test_of_one_person_in_one_batch_the_first_is_asked(self):
        self.company.nps_cooldown_asked_days = 14
        invitations = self.env["nps.invitation"].union(
            *(self.pick(self.make_ticket()) for _time in range(3))
        )
        invitations._queue_mails()
        self.assertEqual(
            invitations.mapped("suppression_reason"), [False, "cooldown", "cooldown"]
        )
        self.assertEqual(len(invitations.mail_id), 1)

    def test_a_batch_asks_no_more_than_the_day_allows(self):
        invitations = self.ask(self.make_tickets(5))
        self.survey.daily_cap = 2
        invitations._queue_mails()
        self.assertEqual(
            invitations.mapped("suppression_reason"), [False] * 2 + ["daily_cap"] * 3
        )

    def test_what_one_person_does_not_get_is_left_for_the_next(self):
        self.company.nps_cooldown_asked_days = 14
        self.survey.daily_cap = 2
        tickets = self.make_tickets(3)
        tickets[1].partner_id = tickets[0].partner_id
        invitations = self.ask(tickets)
        invitations._queue_mails()
        self.assertEqual(
            invitations.mapped("suppression_reason"), [False, "cooldown", False]
        )

    def test_a_window_that_opens_meanwhile_lets_nobody_out_unjudged(self):
        self.company.nps_cooldown_asked_days = 14
        ticket = self.make_tickets(1)
        self.pick(ticket.partner_id)._note_asked()
        [invitation] = self.ask(ticket)
        invitation.write({"state": "queued", "suppression_reason": False})
        opens = invitation.picked_at + timedelta(minutes=5)
        model = type(invitation)
        judge = model._suppress_if_needed

        def slowly(invitations, *args):
            suppressed = judge(invitations, *args)
            clock.tick(5)
            return suppressed

        with (
            patch.object(model, "_window_opens", lambda _self, now: max(now, opens)),
            patch.object(model, "_suppress_if_needed", slowly),
            freeze_time(opens - timedelta(seconds=1)) as clock,
        ):
            invitation._queue_mails()
        self.assertFalse(invitation.asked_at)

    def test_what_the_day_allows_holds_for_all_companies_together(self):
        invitations = self.ask(self.make_tickets(5))
        invitations[:2].company_id = self.env["res.company"].create({"name": "B"})
        self.survey.daily_cap = 2
        invitations._queue_mails()
        self.assertEqual(len(invitations.filtered("asked_at")), 2)

    def test_the_order_of_the_reasons_has_a_check_for_each(self):
        for check in REASONS.values():
            self.assertFalse(getattr(self.env["nps.invitation"], check)())


@tagged("post_install", "-at_install")
class TestOnePoisonedAmongMany(ManyCommon):
    @mute_logger(TICKET)
    def test_one_ticket_that_cannot_be_picked_fails_alone(self):
        tickets = self.make_tickets(7)
        create = type(self.env["nps.invitation"])._create_for

        def fail_for_one(invitations, records, *args):
            if tickets[4] in records:
                raise ValueError("no luck")
            return create(invitations, records, *args)

        with patch.object(
            type(self.env["nps.invitation"]), "_create_for", fail_for_one
        ):
            invitations = self.ask(tickets)
        self.assertEqual(invitations.mapped("res_id"), (tickets - tickets[4]).ids)

    @mute_logger(RENDER, SEND)
    def test_one_invitation_that_cannot_be_decided_fails_alone(self):
        invitations = self.ask(self.make_tickets(7))
        check = type(invitations)._those_blacklisted

        def fail_for_one(some):
            if invitations[4] in some:
                raise ValueError("no luck")
            return check(some)

        with patch.object(type(invitations), "_those_blacklisted", fail_for_one):
            invitations._queue_mails()
        self.assertEqual(invitations[4].state, "failed")
        self.assertIn("no luck", invitations[4].failure_reason)
        self.assertEqual(len(invitations.mail_id), 6)
