"""How long it takes to bring past answers."""

import base64
import time
from datetime import datetime, timedelta

from bench_world import ROUNDS, bench

FILES = 10
ANSWERS = 10_000
"""Answers of each file: a request may not take longer than Odoo's worker limit."""
RATINGS = 2_000
CUSTOMERS = 5_000
FIRST = datetime(2024, 1, 1)
COMMENTS = ("", "Quick and friendly, thank you", "I had to call three times")
RATING_COLUMNS = [
    "res_model_id/.id",
    "res_id",
    "partner_id/.id",
    "rating",
    "feedback",
    "consumed",
]


@bench(goal=0.2, relative=True, world="beside")
def imported(world):
    """Importing 100,000 past answers, against Odoo's load() of ratings, per 1,000.

    From the uploaded file to the last stored answer with its customer, department and
    last score; Odoo's way from the rows to the stored ratings. Rounds of both take
    turns, when most of the answers are here already; of both the best one counts.
    """
    server = world.server
    partners = _make_customers(server)
    for number in range(FILES - ROUNDS):
        _import(server, number)
    rounds = [
        (_import(server, FILES - ROUNDS + number), _load(server, partners, number))
        for number in range(ROUNDS)
    ]
    ours, loaded = map(min, zip(*rounds, strict=True))
    stored = server.sql("SELECT COUNT(*) FROM nps_response WHERE import_id > 0")
    assert stored == [str(FILES * ANSWERS)], stored
    return "ms", ours * 1e6, loaded * 1e6


def _make_customers(server):
    values = [
        {"name": f"Past {number}", "email": f"past{number}@past.example"}
        for number in range(CUSTOMERS)
    ]
    made = []
    for first in range(0, CUSTOMERS, 1000):
        made += server.call("res.partner", "create", values[first : first + 1000])
    return made


def _load(server, partners, number):
    """Let Odoo import ratings; return the seconds for one."""
    model = server.ref("base.model_res_partner")
    rows = [
        [
            model,
            partners[row % CUSTOMERS],
            partners[row % CUSTOMERS],
            1 + row % 5,
            COMMENTS[row % 3],
            "1",
        ]
        for row in range(number * RATINGS, (number + 1) * RATINGS)
    ]
    begin = time.perf_counter()
    found = server.call("rating.rating", "load", RATING_COLUMNS, rows)
    assert found["ids"], found["messages"][:3]
    return (time.perf_counter() - begin) / RATINGS


def _import(server, number):
    """Upload a file and import it; return the seconds for one answer."""
    content = base64.b64encode(_file(number).encode()).decode()
    begin = time.perf_counter()
    values = {"file": content, "file_name": f"past-{number}.csv"}
    [import_id] = server.call("nps.import", "create", [values])
    for action, end in (("action_check", "checked"), ("action_import", "done")):
        server.call("nps.import", action, [import_id])
        # A scheduled action gives way to others every ten seconds.
        while _state(server, import_id) != end:
            server.run_cron("nps.ir_cron_nps_import")
    return (time.perf_counter() - begin) / ANSWERS


def _state(server, import_id):
    [values] = server.call("nps.import", "read", [import_id], ["state"])
    return values["state"]


def _file(number):
    first = number * ANSWERS
    lines = ["Answered at;Score;E-mail;Comment;Ticket"]
    for row in range(first, first + ANSWERS):
        moment = FIRST + timedelta(minutes=9 * row)
        lines.append(
            f"{moment:%Y-%m-%d %H:%M:%S};{row % 11};"
            f"past{row % CUSTOMERS}@past.example;{COMMENTS[row % 3]};P-{row}"
        )
    return "\n".join(lines)
