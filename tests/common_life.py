"""A small model of the life of invitations: what a careful clerk would write down.

Plain Python, no database. It repeats what README promises of states, cool-downs,
opt-outs, corrections and cases, one sentence at a time and without regard to speed.
"""

from datetime import timedelta

from ..tools import metrics
from .common_life_notes import (
    ALIVE,
    ANSWERED_DAYS,
    ASKED_DAYS,
    CHANGE_HOURS,
    DELAY_HOURS,
    DOUBT_SECONDS,
    GIVE_UP_DAYS,
    LAST_TRIES,
    TRIES,
    VALID_DAYS,
    Answer,
    Case,
)


class Book:
    """What the clerk knows of everybody."""

    def __init__(self):
        self.contacts, self.tickets, self.asks, self.wishes = [], [], [], []

    # === WHO MAY BE ASKED === #

    def reason(self, ask, now, among=None):
        """Return why nobody is asked, the first of the reasons that hold, or None."""
        reasons = {
            "no_survey": lambda: ask.outcome == "nobody",
            "no_address": lambda: not ask.email,
            "customer_archived": lambda: not ask.contact.active,
            "opted_out": lambda: ask.outcome == "refused" or self.opted_out(ask),
            "open_case": lambda: self.has_open_case(ask),
            "reopened": lambda: self.has_reopened_ticket(ask),
            "cooldown": lambda: self.is_cooling_down(ask, now),
        }
        if ask.held_back:
            return ask.held_back
        wanted = (name for name in reasons if among is None or name in among)
        return next((name for name in wanted if reasons[name]()), None)

    def opted_out(self, ask):
        """Tell whether the person wants no survey, by contact or by address."""
        return any(
            contact is ask.contact or email == ask.email
            for contact, email in self.wishes
        )

    def same_person(self, ask):
        """Return the contacts of the person: his own, and those with his address."""
        twins = [c for c in self.contacts if c.active and c.email == ask.email]
        return [ask.contact, *twins]

    def has_open_case(self, ask):
        """Tell whether a complaint of the person is not settled."""
        same = self.same_person(ask)
        return any(
            other.case
            and other.case.state == "new"
            and (other.contact in same or other.email == ask.email)
            for other in self.asks
        )

    def has_reopened_ticket(self, ask):
        """Tell whether the person waits for a ticket that was opened again."""
        same = self.same_person(ask)
        return any(t.reopened and t.contact in same for t in self.tickets)

    def is_cooling_down(self, ask, now):
        """Tell whether the person was asked or has answered lately."""
        others = [o for o in self.asks if o is not ask and o.email == ask.email]
        asked = [o.asked_at for o in others if o.counts_as_asked]
        answered = [o.answered_at for o in others if o.answered_at]
        return any(
            moment > now - timedelta(days=days)
            for moments, days in ((asked, ASKED_DAYS), (answered, ANSWERED_DAYS))
            for moment in moments
        )

    # === FROM THE PICK TO THE MAIL === #

    def pick(self, ask, now):
        """Decide about a new interaction."""
        self.asks.append(ask)
        leaves_later = ask.outcome == "later"
        # What leaves later is judged later.
        firm = ("no_survey", "customer_archived", "opted_out") if leaves_later else None
        self._suppress(ask, self.reason(ask, now, firm))
        if ask.outcome == "refused" or ask.held_back == "agent_asked_not":
            self.opt_out(ask)
        if ask.state == "queued":
            delay = timedelta(hours=DELAY_HOURS if leaves_later else 0)
            ask.due = ask.since = now + delay

    def _suppress(self, ask, reason):
        if reason:
            ask.state, ask.reason, ask.due = "suppressed", reason, None

    def send(self, now, is_down, refused):
        """Let the mails leave that are due; return their asks."""
        due = [a for a in self.asks if a.state in ("queued", "failed") and a.due]
        due = sorted((a.due, a.record.id, a) for a in due if a.due <= now)
        left = []
        for _due, _id, ask in due:
            self._suppress(ask, self.reason(ask, now))
            if ask.state != "suppressed":
                ask.asked_at = now
                left.append(ask)
        for ask in left:
            self._leave(ask, now, is_down, ask.email == refused)
        return [ask for ask in left if ask.state == "sent"]

    def _leave(self, ask, now, is_down, is_refused):
        if not is_down and not is_refused:
            ask.state, ask.sent_at, ask.due = "sent", now, None
            ask.expires_at = now + timedelta(days=VALID_DAYS)
            return
        ask.attempts += 1
        minutes = (*TRIES, LAST_TRIES)[min(ask.attempts, 5) - 1]
        if is_down and now <= ask.since + timedelta(days=GIVE_UP_DAYS):
            ask.state, ask.due = "queued", now + timedelta(minutes=minutes)
        else:
            ask.state, ask.due = "failed", None

    def retry(self, ask, now):
        """Somebody tries it again by hand."""
        ask.state, ask.attempts, ask.due, ask.since = "queued", 0, now, now

    # === ANSWERS === #

    def is_open(self, ask, now):
        """Tell whether the link may be answered."""
        is_over = ask.expires_at and ask.expires_at < now
        return ask.state in ALIVE and not is_over

    def may_change(self, ask, now):
        """Tell whether the answer may be corrected."""
        first = ask.answered_at or ask.given.at
        return now <= first + timedelta(hours=CHANGE_HOURS)

    def submit(self, ask, score, change, page, now):
        """Take a form; return what became of it.

        :param page: which page it is of, or None: of one that knows the answer
        """
        given, suspects = ask.given, ask.suspects
        if given and given.score == score:
            return "merged"
        if change and (given or suspects) and (not given or self.may_change(ask, now)):
            state = given.state if given else "counted"
            for answer in [a for a in (given, *suspects) if a]:
                answer.state = "superseded"
            self._store(ask, Answer(score, state, now, None))
            return "stored"
        if not given:
            if not any(a.score == score for a in suspects):
                state = "suspect" if suspects else "counted"
                self._store(ask, Answer(score, state, now, page))
            return "suspect" if suspects else "stored"
        is_soon = now <= given.at + timedelta(seconds=DOUBT_SECONDS)
        is_other = given.page and page and page != given.page
        if given.state == "counted" and is_soon and is_other:
            given.state = "suspect"
            ask.answers.append(Answer(score, "suspect", now, page))
            ask.state, ask.answered_at, ask.due = "sent", None, None
            ask.is_to_be_looked_at = True
            return "suspect"
        return "differs" if self.may_change(ask, now) else "locked"

    def _store(self, ask, answer):
        ask.answers.append(answer)
        if answer.state == "counted":
            self.count(ask, answer)

    def count(self, ask, answer):
        """Let an answer count."""
        answer.state, ask.state, ask.due = "counted", "answered", None
        ask.answered_at = ask.answered_at or answer.at
        ask.is_to_be_looked_at = True

    def last_answer(self, asks):
        """Return the newest answer that counts, or None."""
        counted = [ask.counted for ask in asks if ask.counted]
        return max(counted, key=lambda answer: answer.at, default=None)

    # === CASES === #

    def look_at_cases(self):
        """Open, follow and withdraw cases, for all that has changed."""
        for ask in self.asks:
            if ask.is_to_be_looked_at:
                ask.is_to_be_looked_at = False
                self._look_at_case(ask)

    def _look_at_case(self, ask):
        answer, case = ask.counted, ask.case
        is_unhappy = bool(answer) and answer.category == "detractor"
        if not case:
            ask.case = Case(answer) if is_unhappy else None
            return
        is_corrected = bool(answer) and answer is not case.answer
        is_settled = not answer or (
            not is_unhappy and is_corrected and answer.score > case.answer.score
        )
        if answer:
            case.answer = answer
        if is_settled and case.state == "new":
            case.state = "withdrawn"
        elif not is_settled and case.state == "withdrawn" and is_unhappy:
            case.state = "new"

    # === THE REST OF THE WORLD === #

    def opt_out(self, ask):
        """Note the wish of a person."""
        if not self.opted_out(ask):
            self.wishes.append((ask.contact, ask.email))

    def undo_opt_out(self, contact):
        """Forget the wishes of a contact; tell whether there was one."""
        his = [w for w in self.wishes if w[0] is contact or w[1] == contact.email]
        self.wishes = [wish for wish in self.wishes if wish not in his]
        return bool(his)

    def merge(self, source, target):
        """Make two contacts one."""
        self.contacts.remove(source)
        target.active = target.active or source.active
        for thing in (*self.asks, *self.tickets):
            if thing.contact is source:
                thing.contact = target
        self.wishes = [
            (target if contact is source else contact, email)
            for contact, email in self.wishes
        ]

    def erase(self, contact):
        """Forget a person; what he said goes on to count."""
        his = [ask for ask in self.asks if ask.contact is contact]
        others = [ask for ask in self.asks if ask not in his and ask.is_of_company]
        addresses = {contact.email, *(ask.email for ask in his)}
        for ask in his:
            ask.is_erased, ask.is_of_company = True, bool(others)
            ask.contact = ask.ticket = ask.email = ask.due = None
            ask.is_to_be_looked_at = False
            if ask.state in ("queued", "failed"):
                ask.state = "cancelled"
            if ask.case and ask.case.state == "new":
                ask.case.state = "withdrawn"
            for answer in ask.answers:
                answer.page = None
        wished = [w for w in self.wishes if w[0] is contact or w[1] in addresses]
        self.wishes = [wish for wish in self.wishes if wish not in wished]
        # Only the addresses are known again, by their hashes.
        for _contact, email in wished:
            self.wishes += [(None, known) for known in {*addresses, email}]
        for ticket in self.tickets:
            if ticket.contact is contact:
                ticket.contact = None
        self.contacts.remove(contact)

    def close(self, ticket, is_closed):
        """Close a ticket, or open it again."""
        if ticket.closed and not is_closed:
            ticket.reopened = True
            for ask in self.asks:
                if ask.ticket is ticket and ask.state in ("queued", "failed"):
                    ask.state, ask.due = "cancelled", None
        elif is_closed:
            ticket.reopened = False
        ticket.closed = is_closed

    def expire(self, now):
        """Close what is past its time."""
        for ask in self.asks:
            is_out = ask.state in ("sent", "bounced") and ask.expires_at
            if is_out and ask.expires_at < now:
                ask.state = "expired"

    # === NUMBERS === #

    def recount(self, key):
        """Return group -> (promoters, passives, detractors, answers, asked, net)."""
        groups = {}
        for ask in self.asks:
            groups.setdefault(key(ask), []).append(ask)
        return {group: self._count(asks) for group, asks in groups.items()}

    def _count(self, asks):
        kinds = [ask.counted.category for ask in asks if ask.counted]
        counts = [kinds.count(kind) for kind in metrics.CATEGORIES]
        asked = sum(bool(ask.sent_at or ask.counted) for ask in asks)
        net = 100 * (counts[0] - counts[2]) / len(kinds) if kinds else None
        return (*counts, len(kinds), asked, net)
