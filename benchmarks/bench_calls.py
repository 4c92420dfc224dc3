"""How long an agent waits to see who is calling."""

import json
import random
import time

import requests
import websocket
from bench_world import COMPANIES, ROUNDS, bench, best_p95, p95

CALLS = 400
RINGS = 100
VERSION = "19.0-2"
"""Of Odoo's websocket protocol; a wrong one is refused, so this is noticed."""


def numbers(seed):
    """Return the numbers of a day: most callers are known, some are not."""
    draw = random.Random(seed)
    makers = [
        (60, lambda c: f"+4989{10_000_000 + c * 10 + draw.randint(1, 8)}"),
        (10, lambda c: f"030 {10_000_000 + c - c % 10}"),
        (10, lambda c: f"+49 40 {10_000_000 + c // 2}"),
        (15, lambda c: f"0049 221 {10_000_000 + c}"),
        (3, lambda _c: "anonymous"),
        (2, lambda _c: "123"),
    ]
    weights, makers = zip(*makers, strict=True)
    chosen = draw.choices(makers, weights, k=CALLS)
    return [make(draw.randint(1, COMPANIES)) for make in chosen]


@bench(goal=150)
def call(world):
    """Ring-in by /nps/call, 200,000 contacts, p95.

    Against it stands Odoo's own search for a telephone number in the list of contacts.
    """
    http, url = world.agent.http, f"{world.server.url}/nps/call"

    def open_call(number):
        answer = http.get(url, params={"number": number}, allow_redirects=False)
        assert answer.status_code == 303, answer.status_code

    def search(number):
        domain = [["phone_mobile_search", "ilike", number]]
        world.agent.search_read("res.partner", domain, ["display_name"], limit=80)

    found = best_p95(open_call, numbers("call"))
    return "ms", found, best_p95(search, numbers("call"))


@bench(goal=150)
def screen(world):
    """What the call screen reads: caller and score card, 200,000 contacts, p95."""
    call = world.agent.call

    def read(number):
        caller = call("res.partner", "nps_find_caller", number)
        if caller["partner"]:
            call("res.partner", "nps_score_card", [caller["partner"]["id"]])

    return "ms", best_p95(read, numbers("screen")), None


@bench(goal=1000)
def ring(world):
    """From the telephone server's call to the agent's browser, p95."""
    rounds = [p95(_ring_all(world, numbers(seed)[:RINGS])) for seed in range(ROUNDS)]
    return "ms", min(rounds), None


def _ring_all(world, callers):
    """Ring for each number; return the ms until the agent's websocket hears of it."""
    cookie = f"session_id={world.agent.http.cookies['session_id']}"
    server = world.server.url.replace("http", "ws", 1)
    address = f"{server}/websocket?version={VERSION}"
    socket = websocket.create_connection(
        address, cookie=cookie, origin=world.server.url, timeout=20
    )
    try:
        data = {"channels": [], "last": 0}
        socket.send(json.dumps({"event_name": "subscribe", "data": data}))
        time.sleep(2)
        return [_ring_once(world, socket, number) for number in callers]
    finally:
        socket.close()


def _ring_once(world, socket, number):
    begin = time.perf_counter()
    answer = requests.post(
        f"{world.server.url}/json/2/res.partner/nps_ring",
        json={"number": number, "login": "agent"},
        headers={"Authorization": f"bearer {world.key}"},
        timeout=20,
    )
    answer.raise_for_status()
    while True:
        for message in json.loads(socket.recv()):
            if message["message"]["type"] == "nps/ring":
                return (time.perf_counter() - begin) * 1000
