"""Customers who answer: on our page, on Odoo's ratings, on Odoo's surveys.

A road is a generator that walks one customer's whole answer as his browser does it. It
pauses where he reads, so that the seconds of reading are in no figure.
"""

import contextlib
import http.client
import json
import re
import secrets
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

from bench_growth_world import fill_ratings
from bench_reports_world import fill_answers
from bench_world import ROUNDS, World
from forms import PATIENCE
from local import ROOT
from machine import chromium
from playwright.sync_api import sync_playwright
from real_parts import server_on_a_copy
from steps import step

sys.path.insert(0, str(ROOT / "tools"))

from tokens import hash_token  # noqa: E402

LINE = re.compile(r'"(GET|POST) (\S+) HTTP/[\d.]+" (\d+) - (\d+) ')
FORM = "application/x-www-form-urlencoded"
LINKS = """
SET session_replication_role = replica;
INSERT INTO nps_invitation_link (invitation_id, token_hash)
    SELECT id, encode(sha256(id::text::bytea), 'hex') FROM nps_invitation;
"""
WORDS = "It went well, but I waited long until somebody knew my contract."


class Visitor:
    """A browser without a screen and with an empty jar of cookies.

    :ivar list times: how long each request took, as (method, ms)
    """

    def __init__(self, server):
        self.port = server.port
        self.cookies = {}
        self.times = []

    def get(self, path):
        """Open a page; follow where it leads; return the last page's text."""
        return self._ask("GET", path)

    def post(self, path, values):
        """Send a form; follow where it leads; return the last page's text."""
        return self._ask("POST", path, urlencode(values), FORM)

    def call(self, path, params):
        """Call a JSON-RPC route as Odoo's JavaScript does; return its result."""
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = json.loads(self._ask("POST", path, json.dumps(body)))
        assert "error" not in answer, answer
        return answer["result"]

    def _ask(self, method, path, body=None, kind="application/json"):
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, **({"Content-Type": kind} if body else {})}
        begin = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        self.times.append((method, (time.perf_counter() - begin) * 1000))
        self._keep_cookies(answer)
        return self._follow(answer, path) or text

    def _follow(self, answer, path):
        assert answer.status < 400, f"{path}: {answer.status}"
        if answer.status < 300:
            return None
        place = answer.getheader("Location")
        return self.get(re.sub(r"^https?://[^/]+", "", place))

    def _keep_cookies(self, answer):
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value


# === ROADS === #


def value_of(text, name):
    """Return what the first field of a name carries in a page."""
    [tag] = re.findall(rf'<input[^>]*name="{name}"[^>]*>', text)[:1]
    return re.search(r'value="([^"]*)"', tag)[1]


def _our_form(text):
    """Return what our page's form carries besides what the person types."""
    carried = {name: value_of(text, name) for name in ("page", "lang")}
    return {**carried, "leave_empty": ""}


def our_score(visitor, token):
    """Press the 9 in the mail, then Send: the whole of a score without words."""
    text = visitor.get(f"/nps/{token}?s=9")
    yield
    form = {**_our_form(text), "score": 9}
    return visitor.post(f"/nps/{token}/answer", form)


def our_form(visitor, token):
    """Send score and words in one form: what our route takes, whoever asks for them."""
    text = visitor.get(f"/nps/{token}?s=9")
    yield
    form = {**_our_form(text), "score": 9, "comment": WORDS}
    visitor.post(f"/nps/{token}/answer", form)


def our_answer(visitor, token):
    """Press the 9 in the mail, Send, then write why and send that: as our page asks."""
    text = yield from our_score(visitor, token)
    yield
    form = {**_our_form(text), "score": 9, "comment": WORDS}
    visitor.post(f"/nps/{token}/answer", form)


def rating_answer(visitor, token):
    """Press the smiley in the mail, write why, send both."""
    text = visitor.get(f"/rate/{token}/5")
    yield
    carried = {"csrf_token": value_of(text, "csrf_token")}
    values = {**carried, "rate": 5, "feedback": WORDS}
    visitor.post(f"/rate/{token}/submit_feedback", values)


def survey_answer(visitor, invited):
    """Open the survey, start it, choose, write why."""
    survey, answer, questions = invited
    visitor.get(f"/survey/start/{survey}?answer_token={answer}")
    yield
    way = f"{survey}/{answer}"
    visitor.call(f"/survey/begin/{way}", {"lang_code": "en_US"})
    for question, words in zip(questions, ("9", WORDS), strict=True):
        yield
        values = {"token": answer, "question_id": question, str(question): words}
        visitor.call(f"/survey/submit/{way}", values)


# === INVITED CUSTOMERS === #


def make_customers(server, count):
    """Make contacts whom nobody follows; return their ids."""
    mark = secrets.token_hex(4)
    values = [
        {"name": f"Customer {n}", "email": f"{mark}{n}@customer.example"}
        for n in range(count)
    ]
    context = {"mail_create_nosubscribe": True, "mail_create_nolog": True}
    return server.call("res.partner", "create", values, context=context)


def invite_to_ours(world, count):
    """Pick an outcome on new customers; return the secrets in their links."""
    customers = make_customers(world.server, count)
    found = [
        world.agent.call("res.partner", "nps_pick_outcome", [customer], "solved")
        for customer in customers
    ]
    known = {each["invitation_id"]: secrets.token_urlsafe(32) for each in found}
    ids = ", ".join(map(str, known))
    links = ", ".join(f"({i}, '{hash_token(secret)}')" for i, secret in known.items())
    # As if the mail had left: the secret is known to nobody but the mail.
    world.server.sql(
        "UPDATE nps_invitation SET state = 'sent', sent_at = now(), scheduled_at = NULL"
        f" WHERE id IN ({ids}); INSERT INTO nps_invitation_link"
        f" (invitation_id, token_hash) VALUES {links}"
    )
    return list(known.values())


def invite_to_rating(world, count, followed=False):
    """Make empty ratings of new contacts; return the secrets in their links.

    :param bool followed: an employee follows each contact
    """
    server = world.server
    customers = make_customers(server, count)
    if followed:
        [agent] = server.call("res.users", "read", [world.agent_id], ["partner_id"])
        for customer in customers:
            follower = [agent["partner_id"][0]]
            server.call("res.partner", "message_subscribe", [customer], follower)
    model = server.ref("base.model_res_partner")
    values = [
        {"res_model_id": model, "res_id": customer, "partner_id": customer}
        for customer in customers
    ]
    made = server.call("rating.rating", "create", values)
    found = server.call("rating.rating", "read", made, ["access_token"])
    return [rating["access_token"] for rating in found]


def make_survey(world):
    """Make an Odoo survey with our two questions; return (id, secret, questions)."""
    call = world.server.call
    questions = [
        {"title": "How likely?", "question_type": "scale", "scale_max": 10},
        {"title": "Why?", "question_type": "text_box"},
    ]
    values = {
        "title": "Beside ours",
        "questions_layout": "page_per_question",
        "question_and_page_ids": [[0, 0, question] for question in questions],
    }
    [survey] = call("survey.survey", "create", [values])
    [made] = call("survey.survey", "read", [survey], ["access_token", "question_ids"])
    return survey, made["access_token"], made["question_ids"]


def invite_to_survey(world, count):
    """Make personal, empty answers to an Odoo survey for new contacts."""
    if not hasattr(world, "survey"):
        world.survey = make_survey(world)
    survey, token, questions = world.survey
    values = [
        {"survey_id": survey, "partner_id": customer}
        for customer in make_customers(world.server, count)
    ]
    made = world.server.call("survey.user_input", "create", values)
    found = world.server.call("survey.user_input", "read", made, ["access_token"])
    return [(token, answer["access_token"], questions) for answer in found]


# === MEASURING === #


class Batch:
    """What some customers' answers took.

    :ivar list times: of each customer the list of his requests, as (method, ms)
    :ivar float seconds: from the first request to the last answer, without reading
    :ivar list queries: of each request, as Odoo's log counts them
    """

    def __init__(self):
        self.times, self.seconds, self.queries = [], 0, []

    def whole(self):
        """Return the ms of each whole answer."""
        return [sum(ms for _method, ms in customer) for customer in self.times]

    def first(self, method):
        """Return the ms of each customer's first request of a method."""
        return [
            next(ms for verb, ms in customer if verb == method)
            for customer in self.times
        ]

    def each(self):
        """Return the ms of an answer when as many as possible are given at once."""
        return self.seconds * 1000 / len(self.times)


def walk(server, road, invited, clients, into):
    """Let customers walk a road, so many at once; add what it took to a batch."""
    visitors = [Visitor(server) for _one in invited]
    ways = [road(visitor, one) for visitor, one in zip(visitors, invited, strict=True)]
    begin = server.log.stat().st_size
    with ThreadPoolExecutor(clients) as pool:
        while ways:
            start = time.perf_counter()
            ended = list(pool.map(lambda way: next(way, walk) is walk, ways))
            into.seconds += time.perf_counter() - start
            if all(ended):
                break
            if road in (our_score, our_form, our_answer):
                time.sleep(PATIENCE)
    into.times += [visitor.times for visitor in visitors]
    into.queries += _queries_since(server, begin)


def _queries_since(server, begin):
    with server.log.open() as log:
        log.seek(begin)
        return [int(count) for *_how, count in LINE.findall(log.read())]


class Lane(NamedTuple):
    """Where customers walk, on which road, and how they are invited."""

    world: object
    road: object
    invite: object


def lanes(world):
    """Return the lanes that are compared in a world: name -> lane."""
    followed = partial(invite_to_rating, followed=True)
    return {
        "form": Lane(world, our_form, invite_to_ours),
        "steps": Lane(world, our_answer, invite_to_ours),
        "score": Lane(world, our_score, invite_to_ours),
        "rating": Lane(world, rating_answer, invite_to_rating),
        "followed": Lane(world, rating_answer, followed),
        "survey": Lane(world, survey_answer, invite_to_survey),
    }


def measure(found, clients, answers):
    """Return the batch of each lane; the lanes take turns, round by round.

    Whatever else the machine does meanwhile slows all of them.

    :param dict found: name -> lane
    :param int clients: customers who answer at the same time
    :param int answers: of each lane in each round
    """
    batches = defaultdict(Batch)
    for number in range(ROUNDS + 1):
        for name, lane in found.items():
            # The first round nobody counts: Odoo loads what it keeps.
            into = batches[name] if number else Batch()
            invited = lane.invite(lane.world, answers if number else 2 * clients + 2)
            walk(lane.world.server, lane.road, invited, clients, into)
    return batches


# === A LARGE TABLE === #


@contextlib.contextmanager
def small():
    """Run a second server like that of ``contacts``, with a table that is empty."""
    with server_on_a_copy("bench_template", "bench_small", 9, cron_threads=0) as server:
        yield World(server)


def fill_links(world):
    """Make interactions, and a link and a rating of Odoo's for each of them."""
    fill_answers(world)
    fill_ratings(world)
    with step("Make as many links"):
        world.server.sql(LINKS)
        world.server.sql("VACUUM ANALYZE nps_invitation_link")


# === THE FIRST VISIT === #


def bytes_of_first_visit(addresses):
    """Return how many bytes a browser loads that was never there, for each address."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
        found = [_bytes_of(browser, address) for address in addresses]
        browser.close()
    return found


def _bytes_of(browser, address):
    context = browser.new_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    loaded = []

    def add(event):
        loaded.append(event["encodedDataLength"])

    network.on("Network.loadingFinished", add)
    page.goto(address, wait_until="networkidle", timeout=120_000)
    context.close()
    return sum(loaded)
