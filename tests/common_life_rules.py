"""What may happen in the life of invitations: done to the database, and noted.

Agents pick, customers answer, mail servers fail, managers reorganise: each rule does
one thing with the ways that people and programs have, and writes it into the book.
"""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from odoo import fields

from ..tools import robots
from . import common_life_notes as life
from .common_life import Book
from .common_life_asks import AskRules, numbers, scores, some

BEGIN = "2026-03-02 09:00:00"
pages = st.sampled_from("ab")


class LifeRules(AskRules, RuleBasedStateMachine):
    """Each rule does one thing to the database and writes it into the book."""

    test = None
    """The test case in whose world it all happens."""

    def __init__(self):
        super().__init__()
        self.env = self.test.env
        self.savepoint = self.env.cr.savepoint()
        self.test.clock.move_to(BEGIN)
        self.book = Book()
        self.states, self.snapshots, self.mailed = {}, {}, {}
        self.departments = dict(self.test.departments)
        self.steps, self.dead_tokens = 0, []

    def teardown(self):
        self.savepoint.close(rollback=True)
        self.env.invalidate_all()

    # === HELPERS === #

    @property
    def now(self):
        return fields.Datetime.now()

    @property
    def may_erase(self):
        return hasattr(self.env["res.partner"], "action_nps_erase_person")

    def tick(self, seconds=1):
        self.test.clock.tick(timedelta(seconds=seconds))

    def asks(self, *states):
        return [ask for ask in self.book.asks if not states or ask.state in states]

    def answers(self, *states):
        """Return (ask, answer, response) of answers in some states."""
        return [
            (ask, answer, response)
            for ask in self.book.asks
            for answer, response in zip(
                ask.answers, ask.record.response_ids.sorted("id"), strict=True
            )
            if answer.state in states
        ]

    def linked(self):
        return [ask for ask in self.book.asks if ask.tokens]

    # === PEOPLE AND TICKETS === #

    @initialize()
    def begin(self):
        for name, email in (("Carla", "carla"), ("Cora", "CARLA"), ("Bob", "bob")):
            self._new_contact(name, f"{email}@bluesky.example")

    def _new_contact(self, name, email):
        record = self.test.make_customer(name, email)
        self.book.contacts.append(life.Contact(record, email.lower()))

    @rule(number=numbers, what=st.sampled_from(["new", "archive", "address"]))
    def something_changes_about_a_contact(self, number, what):
        contact = some(self.book.contacts)(number)
        if what == "new" and len(self.book.contacts) < 4:
            self._new_contact("Newcomer", "bob@bluesky.example")
        elif what == "archive":
            contact.active = contact.record.active = not contact.active
        elif what == "address":
            email = some(["carla", "bob", "new"])(number)
            contact.record.email = contact.email = f"{email}@bluesky.example"

    @rule(number=numbers)
    def a_ticket_is_made_closed_or_opened_again(self, number):
        if len(self.book.tickets) < 2:
            self._new_ticket(some(self.book.contacts)(number))
            return
        ticket = some(self.book.tickets)(number)
        ticket.record.stage_id = self.test.stages[not ticket.closed]
        self.book.close(ticket, not ticket.closed)

    def _new_ticket(self, contact):
        record = self.test.make_ticket(
            partner_id=contact.record.id, stage_id=self.test.stages[False].id
        )
        self.book.tickets.append(life.Ticket(record, contact))

    @precondition(lambda self: len(self.book.contacts) > 1)
    @rule(number=numbers, other=numbers)
    def contacts_are_merged(self, number, other):
        target = some(self.book.contacts)(number)
        source = some([c for c in self.book.contacts if c is not target])(other)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((source.record | target.record).ids, target.record)
        self.env.invalidate_all()
        self.book.merge(source, target)

    @precondition(lambda self: len(self.book.contacts) > 1 and self.may_erase)
    @rule(number=numbers)
    def a_person_is_erased(self, number):
        contact = some(self.book.contacts)(number)
        for ask in (ask for ask in self.book.asks if ask.contact is contact):
            self.dead_tokens += ask.tokens
            ask.tokens = []
        contact.record.with_user(self.test.chief).action_nps_erase_person()
        self.env.invalidate_all()
        self.book.erase(contact)

    # === OUR OWN COMPANY === #

    @rule(number=numbers, what=st.sampled_from(["agent", "rename", "archive", "move"]))
    def we_are_reorganised(self, number, what):
        place = some(self.test.places)(number)
        if what == "agent":
            agent = some(self.test.agents)(number // 2)
            agent.employee_id.department_id = self.departments[agent] = place
        elif what == "rename":
            place.name = f"{place.name}!"
        elif what == "archive":
            place.active = not place.active
        else:
            place.parent_id = False if place.parent_id else self.test.root

    # === THE ANSWER === #

    @precondition(lambda self: self.linked())
    @rule(number=numbers, score=scores, change=st.booleans(), page=pages)
    def a_customer_answers(self, number, score, change, page):
        self._answer(some(self.linked())(number), score, page, change)

    @precondition(lambda self: any(ask.answers for ask in self.linked()))
    @rule(number=numbers, score=scores, change=st.booleans(), page=pages)
    def a_customer_answers_again(self, number, score, change, page):
        found = [ask for ask in self.linked() if ask.answers]
        self._answer(some(found)(number), score, page, change)

    def _answer(self, ask, score, page, change=False):
        """Send a form of a page, as the customer's browser does."""
        self.tick()
        token = some(ask.tokens)(score)
        invitation = self.env["nps.invitation.link"]._find_invitation(token)
        if not self.book.is_open(ask, self.now):
            return
        is_change = change and bool(ask.answers)
        purpose = robots.CHANGE if is_change else robots.ASK
        form = robots.PageNote(invitation.id, purpose, page, 0.0)
        result = self.env["nps.response"]._submit(
            invitation, score, change=is_change, page=form
        )
        expected = self.book.submit(
            ask, score, is_change, None if is_change else page, self.now
        )
        self.test.assertEqual(result, expected)

    @precondition(lambda self: self.answers("counted"))
    @rule(number=numbers)
    def an_analyst_excludes_an_answer(self, number):
        ask, answer, response = some(self.answers("counted"))(number)
        response.with_user(self.test.chief).action_exclude("test", "It was a test.")
        answer.state, ask.is_to_be_looked_at = "excluded", True

    @precondition(lambda self: self.answers("excluded"))
    @rule(number=numbers)
    def an_analyst_counts_it_again(self, number):
        ask, answer, response = some(self.answers("excluded"))(number)
        response.with_user(self.test.chief).action_readmit()
        answer.state, ask.is_to_be_looked_at = "counted", True

    @precondition(lambda self: any(not a.given for a, *_ in self.answers("suspect")))
    @rule(number=numbers)
    def an_analyst_says_which_answer_is_his(self, number):
        open_ones = [found for found in self.answers("suspect") if not found[0].given]
        ask, answer, response = some(open_ones)(number)
        response.with_user(self.test.chief).action_accept()
        self.book.count(ask, answer)

    # === WISHES AND CASES === #

    @precondition(lambda self: self.linked())
    @rule(number=numbers)
    def a_customer_opts_out(self, number):
        ask = some(self.linked())(number)
        ask.record._opt_out()
        self.book.opt_out(ask)

    @precondition(lambda self: self.book.wishes)
    @rule(number=numbers)
    def an_agent_takes_an_opt_out_back(self, number):
        contact = some(self.book.contacts)(number)
        if self.book.undo_opt_out(contact):
            contact.record.with_user(self.test.agent).action_nps_undo_opt_out()

    @precondition(lambda self: any(a.is_to_be_looked_at for a in self.book.asks))
    @rule()
    def cases_are_looked_at(self):
        self.test.run_case_cron()
        self.book.look_at_cases()

    @precondition(lambda self: any(a.case for a in self.book.asks))
    @rule(number=numbers)
    def a_case_is_closed(self, number):
        ask = some([ask for ask in self.book.asks if ask.case])(number)
        if ask.case.state == "new":
            self.test.close(ask.record.case_ids)
            ask.case.state = "done"
