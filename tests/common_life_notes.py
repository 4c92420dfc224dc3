"""What a careful clerk would note of each contact, ticket, ask, answer and case.

Plain Python; of the database it holds the record that each note is about.
"""

from dataclasses import dataclass, field

from ..tools import metrics

ASKED_DAYS, ANSWERED_DAYS = 2, 4
"""The cool-downs of the company."""
VALID_DAYS, CHANGE_HOURS, DELAY_HOURS = 10, 48, 6
GIVE_UP_DAYS = 4
DOUBT_SECONDS = 120
TRIES = (1, 2, 5, 10)
LAST_TRIES = 15
"""Minutes until a mail is tried again, after each failure."""

MAY_FOLLOW = {
    None: {"queued", "suppressed"},
    "queued": {"sent", "failed", "suppressed", "cancelled", "bounced", "answered"},
    "failed": {"queued", "sent", "suppressed", "cancelled", "bounced", "answered"},
    "sent": {"answered", "bounced", "expired", "cancelled"},
    "bounced": {"queued", "answered", "expired", "cancelled"},
    # The customer's answer became doubtful, and the question is open again.
    "answered": {"sent"},
    # An analyst counts a doubtful answer after all.
    "expired": {"answered"},
    "cancelled": {"answered"},
    "suppressed": {"answered"},
}
"""The states that may come after each."""
ALIVE = ("queued", "sent", "failed", "bounced", "answered")
"""States in which a link may be answered."""
GIVEN = ("counted", "excluded")
"""States of the one answer that is the customer's own."""


@dataclass(eq=False)
class Contact:
    """A contact of the customer's company."""

    record: object
    email: str
    active: bool = True


@dataclass(eq=False)
class Ticket:
    """A ticket of a contact."""

    record: object
    contact: Contact
    closed: bool = False
    reopened: bool = False


@dataclass(eq=False)
class Answer:
    """One submission."""

    score: int
    state: str
    at: object
    page: object

    @property
    def category(self):
        """The band of the score."""
        return metrics.category("nps", self.score)


@dataclass(eq=False)
class Case:
    """The follow-up of an unhappy answer."""

    answer: Answer
    state: str = "new"


@dataclass(eq=False)
class Ask:
    """One interaction and its ask."""

    record: object
    contact: Contact
    email: str
    ticket: Ticket
    outcome: str
    agent: object
    department: object
    month: object
    state: str = "queued"
    reason: str = None
    held_back: str = None
    due: object = None
    since: object = None
    attempts: int = 0
    asked_at: object = None
    sent_at: object = None
    expires_at: object = None
    answered_at: object = None
    answers: list = field(default_factory=list)
    tokens: list = field(default_factory=list)
    case: Case = None
    is_erased: bool = False
    is_of_company: bool = True
    is_to_be_looked_at: bool = False

    @property
    def given(self):
        """The customer's answer, whether it counts or not, or None."""
        return next(
            (a for a in self.answers if a.state in ("counted", "excluded")), None
        )

    @property
    def counted(self):
        """The answer that counts, or None."""
        return next((a for a in self.answers if a.state == "counted"), None)

    @property
    def suspects(self):
        """The answers of which nobody knows which is his."""
        return [a for a in self.answers if a.state == "suspect"]

    @property
    def counts_as_asked(self):
        """Whether a mail left for it or will leave."""
        withdrawn = self.state in ("suppressed", "cancelled") and not self.sent_at
        given_up = self.state == "failed" and not self.due
        return bool(self.asked_at) and not withdrawn and not given_up
