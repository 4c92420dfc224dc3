"""When a form was sent too fast or too late to have been read by a person.

A signed note in each form says when its page was made. It holds back programs that
post what they never opened, or post it in the moment in which they open it. It cannot
hold back one that waits like a patient person.
"""

from typing import NamedTuple

FASTEST_PERSON = 1.5
"""Seconds between the page and the press: nobody reads a question in less."""
OLDEST_PAGE = 24 * 3600
"""Seconds after which a page is made anew; the person presses once more."""
CONTRADICTS_WITHIN = 120
"""Seconds in which different scores from different pages contradict each other."""

ASK, CHANGE, OPT_OUT = "ask", "change", "opt-out"
"""What a page is for: it asks for a first answer, it knows the answer, it opts out."""


class PageNote(NamedTuple):
    """What the form of a page carries, signed.

    :param invitation_id: whose page it is
    :param purpose: ``ask``, ``change`` or ``opt-out``
    :param page_id: tells two pages apart
    :param made_at: seconds since the epoch
    """

    invitation_id: int
    purpose: str
    page_id: str
    made_at: float

    def age(self, now):
        """Return how old the page is, in seconds; negative when it is of the future."""
        return now - self.made_at

    def is_too_fast(self, now):
        """Tell whether no person could have read the page yet.

        >>> PageNote(1, ASK, "x", 100.0).is_too_fast(101.4)
        True
        >>> PageNote(1, ASK, "x", 100.0).is_too_fast(101.5)
        False
        """
        return self.age(now) < FASTEST_PERSON

    def is_of_the_future(self, now):
        """Tell whether the server's clock was set back since the page was made.

        >>> page = PageNote(1, ASK, "x", 100.0)
        >>> page.is_of_the_future(99.0), page.is_of_the_future(100.0)
        (True, False)
        """
        return self.age(now) < 0

    def is_too_old(self, now):
        """Tell whether the page has to be made anew.

        >>> PageNote(1, ASK, "x", 0.0).is_too_old(OLDEST_PAGE + 1)
        True
        """
        return self.age(now) > OLDEST_PAGE
