"""How fast customers are served, beside Odoo's own ratings and surveys.

Our page first asks for the score and stores it, then for the words: five requests with
what leads from one page to the next. Who sends both in one form, as Odoo's rating does
in two requests, needs three. Odoo's survey with two questions has six. All take turns
in one run on the same server with two workers.
"""

from statistics import median

from bench_answers_world import (
    Visitor,
    bytes_of_first_visit,
    invite_to_ours,
    invite_to_rating,
    invite_to_survey,
    lanes,
    measure,
)
from bench_world import bench, milliseconds, p95

OF_RATING, OF_SURVEY = 0.6, 1 / 3
"""So much of their time ours may take for a whole answer."""
OF_BYTES = 1 / 20
AT_ONCE = {1: 20, 8: 32}
"""Customers who answer at the same time -> answers of each kind in each round."""


def answers(world, clients):
    """Return the batches of all lanes for so many clients, measured once."""
    world.answers = getattr(world, "answers", {})
    if clients not in world.answers:
        found = measure(lanes(world), clients, AT_ONCE[clients])
        world.answers[clients] = found
    return world.answers[clients]


def whole(batch):
    """Return the median of a whole answer, in ms."""
    return median(batch.whole())


def slow(batch):
    """Return what 95 of 100 whole answers do not exceed, in ms."""
    return p95(batch.whole())


def each(batch):
    """Return the ms of an answer where as many as possible are given at once."""
    return batch.each()


def page(batch):
    """Return the median of the first page, in ms."""
    return median(batch.first("GET"))


def slow_page(batch):
    """Return what 95 of 100 first pages do not exceed, in ms."""
    return p95(batch.first("GET"))


def press(batch):
    """Return the median of the first form that is sent, in ms."""
    return median(batch.first("POST"))


def slow_press(batch):
    """Return what 95 of 100 first forms do not exceed, in ms."""
    return p95(batch.first("POST"))


def queries(batch):
    """Return the SQL queries of an answer, as Odoo counts them."""
    return sum(batch.queries) / len(batch.times)


def requests(batch):
    """Return the requests of an answer."""
    return sum(map(len, batch.times)) / len(batch.times)


BOTH, ONE = (1, 8), (1,)
COMPARED = [
    # Score and words in one form: three requests with the thanks.
    ("form", whole, "ms", "rating", OF_RATING, BOTH),
    ("form", whole, "ms", "survey", OF_SURVEY, BOTH),
    ("form", whole, "ms", "followed", OF_RATING, BOTH),
    ("form", slow, "ms", "rating", 1, BOTH),
    ("form", each, "ms", "rating", OF_RATING, BOTH),
    ("form", each, "ms", "survey", OF_SURVEY, BOTH),
    ("form", page, "ms", "rating", OF_RATING, BOTH),
    ("form", slow_page, "ms", "rating", 1, BOTH),
    ("form", press, "ms", "rating", 1, BOTH),
    ("form", slow_press, "ms", "rating", 1, BOTH),
    ("form", queries, "queries", "rating", 1, ONE),
    ("form", queries, "queries", "survey", 1 / 3, ONE),
    # First the score, then the words, as our page asks for them: five requests.
    ("steps", whole, "ms", "rating", 1, BOTH),
    ("steps", whole, "ms", "survey", 0.5, BOTH),
    ("steps", requests, "requests", "survey", 1, ONE),
    ("steps", queries, "queries", "survey", 0.5, ONE),
    ("score", whole, "ms", "rating", OF_RATING, BOTH),
]
"""Ours, figure, unit, beside what, so much of it at most, with how many clients."""
MINE = {
    "form": "score and words in one form",
    "steps": "score, then words",
    "score": "a score alone",
}
FIGURES = {
    whole: "Whole answer, median",
    slow: "Whole answer, p95",
    each: "Time per answer",
    page: "First page, median",
    slow_page: "First page, p95",
    press: "First form sent, median",
    slow_press: "First form sent, p95",
    queries: "SQL queries of an answer",
    requests: "Requests of an answer",
}
OTHERS = {
    "rating": "Odoo's rating",
    "followed": "Odoo's rating of a contact with a follower",
    "survey": "Odoo's survey",
}


def note(mine, figure, unit, other, most, clients):
    """Note a bench that compares a figure of two lanes."""

    def compare(world):
        found = answers(world, clients)
        return unit, figure(found[mine]), figure(found[other])

    who = f"{clients} client{'s' if clients > 1 else ''}"
    compare.__doc__ = f"{FIGURES[figure]}: {MINE[mine]}, {who}, beside {OTHERS[other]}."
    compare.__name__ = f"answer_{mine}_{figure.__name__}_{other}_{clients}"
    bench(goal=most, relative=True, world="beside")(compare)


for *_what, _counts in COMPARED:
    for _count in _counts:
        note(*_what, _count)


@bench(goal=3, relative=True, world="beside")
def answer_page_health(world):
    """First page, beside the least that Odoo can answer (/web/health), median."""
    return _page_beside(world, "/web/health")


@bench(goal=1.5, relative=True, world="beside")
def answer_page_website(world):
    """First page, beside the website's home page, which Odoo keeps ready, median."""
    return _page_beside(world, "/")


def _page_beside(world, path):
    server = world.server
    ours, theirs = [], []
    for token in [None, *invite_to_ours(world, 60)]:
        # The first one nobody counts.
        address = f"/nps/{token}?s=9" if token else "/nps"
        mine = milliseconds(Visitor(server).get, address) if token else 0
        other = milliseconds(Visitor(server).get, path)
        if token:
            ours.append(mine)
            theirs.append(other)
    return "ms", median(ours), median(theirs)


@bench(goal=1, relative=True, world="beside")
def answer_told(world):
    """An answer and what a cron does of it later, beside a rating with a follower."""
    chosen = {name: lanes(world)[name] for name in ("form", "followed")}
    _tell_all(world.server)
    found = measure(chosen, 1, AT_ONCE[1])
    answered, taken = _tell_all(world.server)
    return "ms", whole(found["form"]) + taken / answered, whole(found["followed"])


def _tell_all(server):
    """Let the cron tell colleagues of all answers; return (how many, ms)."""
    pending = "SELECT COUNT(*) FROM nps_response WHERE echo_state = 'pending'"
    answered, taken = int(server.sql(pending)[0]), 0
    # One run takes no more than its share of time.
    while server.sql(pending) != ["0"]:
        taken += milliseconds(server.run_cron, "nps.ir_cron_nps_echo")
    return answered, taken


# === THE FIRST VISIT === #


def _visits(world):
    """Return the kB of a first visit: ours, Odoo's rating, Odoo's survey."""
    if not hasattr(world, "visits"):
        [ours], [rating] = invite_to_ours(world, 1), invite_to_rating(world, 1)
        [(survey, answer, _questions)] = invite_to_survey(world, 1)
        paths = [
            f"/nps/{ours}?s=9",
            f"/rate/{rating}/5",
            f"/survey/start/{survey}?answer_token={answer}",
        ]
        found = bytes_of_first_visit([world.server.url + path for path in paths])
        world.visits = [size / 1000 for size in found]
    return world.visits


@bench(goal=OF_BYTES, relative=True, world="beside")
def answer_bytes_rating(world):
    """All that a browser loads on the first visit, beside Odoo's rating."""
    ours, rating, _survey = _visits(world)
    return "kB", ours, rating


@bench(goal=OF_BYTES, relative=True, world="beside")
def answer_bytes_survey(world):
    """All that a browser loads on the first visit, beside Odoo's survey."""
    ours, _rating, survey = _visits(world)
    return "kB", ours, survey
