"""What may happen to an ask: picked, mailed, bounced, tried again, cancelled, over."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from . import common_life_notes as life

OUTCOMES = ["fixed"] * 4 + ["later", "later", "nobody", "refused"]
REASONS = [None] * 9 + ["agent_spam", "agent_asked_not"]
SERVERS = ["up", "down", "carla", "bob"]
"""The mail server works, is away, or refuses one address for good."""
numbers = st.integers(0, 40)
"""Which of those that there are: counted on from the first, round and round."""
scores = st.sampled_from([0, 0, 3, 6, 7, 8, 9, 10])
spans = st.sampled_from([2, 60, 600, 7 * 3600, 30 * 3600, 5 * 86400, 11 * 86400])
"""Seconds."""


def some(choices):
    """Return a way to choose: the n-th of a list, round and round."""
    return lambda number: choices[number % len(choices)]


class AskRules:
    """From the pick to the mail, and what may come between."""

    @rule(
        number=numbers,
        outcome=st.sampled_from(OUTCOMES),
        reason=st.sampled_from(REASONS),
        agent=numbers,
    )
    def an_outcome_is_picked(self, number, outcome, reason, agent):
        self._pick(number, agent, outcome, reason)

    @rule(number=numbers, agent=numbers)
    def a_customer_is_asked(self, number, agent):
        self._pick(number, agent)
        self._send()

    @rule(number=numbers, agent=numbers, score=scores, seconds=spans)
    def a_customer_is_asked_and_answers(self, number, agent, score, seconds):
        self.tick(seconds)
        ask = self._pick(number, agent)
        self._send()
        if ask.tokens:
            self._answer(ask, score, page="a")

    @rule(number=numbers, agent=numbers, score=scores)
    def a_mail_scanner_sends_two_forms(self, number, agent, score):
        ask = self._pick(number, agent)
        self._send()
        for page, sent in (("a", score), ("b", 10 - score)) if ask.tokens else ():
            self._answer(ask, sent, page)

    def _pick(self, number, agent, outcome="fixed", reason=None):
        """Let an agent pick an outcome, on a contact or on a ticket."""
        self.tick()
        tickets = [ticket for ticket in self.book.tickets if ticket.contact]
        place = some([*self.book.contacts, *tickets])(number)
        is_ticket = isinstance(place, life.Ticket)
        contact = place.contact if is_ticket else place
        user = some(self.test.agents)(agent)
        ask = life.Ask(
            self.test.pick(place.record, outcome, user, suppress=reason),
            contact,
            contact.email,
            place if is_ticket else None,
            outcome,
            user,
            self.departments[user],
            self.now.replace(day=1).date(),
            held_back=reason,
        )
        self.book.pick(ask, self.now)
        self.states_follow_each_other_as_allowed()
        return ask

    @rule(server=st.sampled_from(SERVERS))
    def the_mails_leave(self, server):
        self._send(server)

    def _send(self, server="up"):
        """Let what is due leave, as far as the mail server takes it."""
        self.tick()
        is_down = server == "down"
        refuses = None if server in ("up", "down") else f"{server}@bluesky.example"
        with self.test.mail_server(down=is_down, refuses=refuses):
            self.test.run_send_cron()
        mails = {} if is_down else self._mails_taken(refuses)
        sent = self.book.send(self.now, is_down, refuses)
        self.test.assertEqual(set(mails), {ask.record for ask in sent})
        for ask in sent:
            token, address = mails[ask.record]
            ask.tokens.append(token)
            self.test.assertIn(f"<{ask.email}>", address)
            self._check_wants_mail(ask)
            self._check_is_not_pestered(ask)
        self.states_follow_each_other_as_allowed()

    def _mails_taken(self, refuses):
        """Return invitation -> (secret, address) of the mails that left."""
        links, taken = self.env["nps.invitation.link"], {}
        for mail in self.test._mails:
            [address] = mail["email_to"]
            token = self.test.token_in(mail)
            if not refuses or refuses not in address:
                taken[links._find_invitation(token)] = (token, address)
        return taken

    def _check_wants_mail(self, ask):
        """Check that nobody was mailed who wants no survey."""
        wishes = self.env["nps.opt.out"]
        domain = wishes._domain_of(ask.contact.record, [ask.email])
        self.test.assertFalse(wishes.search(domain), "A mail to who wants none.")

    def _check_is_not_pestered(self, ask):
        """Check that nobody else's ask was mailed to the address so lately."""
        lately = self.now - timedelta(days=life.ASKED_DAYS)
        for other, moment in self.mailed.get(ask.email, []):
            is_lost = other.state == "failed" and not other.due
            if other is not ask and moment > lately and not is_lost:
                self.test.fail(f"Mailed at {moment} and at {self.now}: {ask.email}")
        self.mailed.setdefault(ask.email, []).append((ask, self.now))

    @precondition(lambda self: self.linked())
    @rule(number=numbers)
    def a_mail_comes_back(self, number):
        ask = some(self.linked())(number)
        ask.record._message_receive_bounce(ask.email, ask.contact.record)
        if ask.state in ("queued", "sent", "failed"):
            ask.state, ask.due = "bounced", None

    @precondition(lambda self: self.asks("failed", "bounced"))
    @rule(number=numbers)
    def somebody_tries_it_again(self, number):
        self.tick()
        ask = some(self.asks("failed", "bounced"))(number)
        ask.record.with_user(ask.agent).action_retry()
        self.book.retry(ask, self.now)

    @precondition(lambda self: self.asks("queued", "sent", "failed", "bounced"))
    @rule(number=numbers)
    def a_manager_cancels_it(self, number):
        ask = some(self.asks("queued", "sent", "failed", "bounced"))(number)
        ask.record.with_user(self.test.chief).action_cancel()
        ask.state, ask.due = "cancelled", None

    @rule(seconds=spans, expires=st.booleans())
    def time_passes(self, seconds, expires):
        self.tick(seconds)
        if expires:
            self.env["nps.invitation"]._cron_expire()
            self.book.expire(self.now)
