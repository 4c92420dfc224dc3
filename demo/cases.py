"""How the demo company followed up its unhappy customers, invented.

Pure arithmetic: no database. Who was contacted soon is more often won back.
"""

import random
from typing import NamedTuple

SINCE = 180
"""For how many days the demo company has had cases; older answers have none."""
YOUNG = 4.5
"""Days in which a case may still be open. All end before somebody is asked again."""
REASKED = 14
"""Days after closing until the customer is asked once more."""
ANSWERS_AGAIN = 0.75

CAUSES = {
    "waiting": 34,
    "information": 20,
    "knowledge": 13,
    "handover": 12,
    "price": 11,
    "quality": 6,
    "tone": 4,
}
PROMISES = {
    "waiting": ("A call back from the same person next time", "A technician this week"),
    "information": ("A message at every step", "A letter that explains the bill"),
    "knowledge": ("A colleague from billing calls", None),
    "handover": ("One contact person from now on", None),
    "price": ("The fee of this month is given back", "A check of the tariff"),
    "quality": ("A new meter, free of charge", None),
    "tone": ("A written apology", None),
}
NOTES = (
    "<p>Friendly on the phone. The waiting time was what made him angry.</p>",
    "<p>Wants to hear of the next bill before it is sent.</p>",
    "<p>Had called three times before. Each time he had to tell it all again.</p>",
    "",
    "",
)


class Course(NamedTuple):
    """What became of one case.

    :param state: a state of ``nps.case``
    :param contact_hours: working hours until the first contact, or None
    :param close_hours: working hours until it was closed, or None
    :param gain: by how much the customer's score is higher when he is asked again, or
        None when he does not answer
    """

    state: str
    contact_hours: float | None
    close_hours: float | None
    cause: str
    result: str | bool
    promise: str | None
    note: str
    gain: float | None


def invent(key, days):
    """Return the course of a case.

    :param key: what makes the dice of this case its own
    :param float days: how long ago the case was opened
    """
    rng = random.Random(f"case {key}")
    contact = round(rng.lognormvariate(1.1, 0.8), 2)
    cause = rng.choices(list(CAUSES), list(CAUSES.values()))[0]
    state = _state(rng, days)
    is_closed = state in ("done", "unreachable")
    has_contact = state not in ("new", "unreachable")
    return Course(
        state=state,
        contact_hours=contact if has_contact else None,
        close_hours=contact + rng.uniform(1, 14) if is_closed else None,
        cause=cause if is_closed or rng.random() < 0.4 else "",
        result=_result(rng, contact, state),
        promise=rng.choice(PROMISES[cause]) if state in ("agreed", "done") else None,
        note=rng.choice(NOTES) if has_contact else "",
        gain=_gain(rng, contact, state),
    )


def _state(rng, days):
    if days > YOUNG:
        return "unreachable" if rng.random() < 0.12 else "done"
    if days < 0.3:
        return "new"
    return rng.choices(("new", "contacted", "agreed", "done"), (30, 30, 25, 15))[0]


def _result(rng, contact, state):
    if state != "done":
        return "not_reached" if state == "unreachable" else False
    weights = (46, 30, 16, 8) if contact < 6 else (24, 32, 30, 14)
    return rng.choices(("won_back", "improved", "unchanged", "lost"), weights)[0]


def _gain(rng, contact, state):
    if rng.random() > ANSWERS_AGAIN:
        return None
    if state == "unreachable":
        return rng.gauss(3, 2)
    return rng.gauss(6 if contact < 6 else 4.5, 2.2)
