"""The customers of the bad day: they answer, correct, press twice, and say no."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin, urlparse

import requests
from forms import PATIENCE
from lxml import html
from soak_day_client import Patience, fetch
from soak_day_ledger import Broken

WAYS = {
    "silent": 15,
    "answers": 30,
    "answers_with_words": 10,
    "answers_then_words": 10,
    "corrects": 10,
    "presses_twice": 10,
    "sends_again": 8,
    "robot_first": 4,
    "opts_out": 6,
    "opts_out_by_one_click": 4,
}
"""What customers do with a mail, and how many of 107 do it."""
MOST_PRESSES = 5


class Customer:
    """One person with a mail in front of him."""

    def __init__(self, crowd, number):
        self.crowd, self.ledger = crowd, crowd.ledger
        self.draw = random.Random(f"{crowd.seed} customer {number}")
        self.patience = Patience(self.ledger, self.draw)
        crowd.patiences.append(self.patience)

    def receive(self, link, address):
        """Do something with a mail."""
        self.link, self.address = link, address
        self.token = link.rpartition("/")[2]
        (way,) = self.draw.choices(list(WAYS), WAYS.values())
        self.ledger.seen[f"customer {way}"] += 1
        getattr(self, f"_{way}")()

    # === WAYS === #

    def _silent(self):
        pass

    def _answers(self):
        self._answer(self._score())

    def _answers_with_words(self):
        self._answer(self._score(), f"Words {self.draw.random()}")

    def _answers_then_words(self):
        score = self._score()
        self._answer(score)
        words = f"More words {self.draw.random()}"
        form = self._form(self.link, "comment")
        if form:
            self._send(form, "words", score, words, {"comment": words})

    def _corrects(self):
        old = self._score()
        new = self.draw.choice([s for s in range(11) if s != old])
        self._answer(old)
        form = self._form(f"{self.link}?s={new}", "page")
        self._send(form, "change", new, "", {"change": "1"})

    def _presses_twice(self):
        score = self._score()
        form = self._form(f"{self.link}?s={score}", "page")
        with ThreadPoolExecutor(2) as pool:
            sent = [
                pool.submit(self._send, form, "answer", score, "", {})
                for _press in range(2)
            ]
        for future in sent:
            future.result()

    def _sends_again(self):
        score = self._score()
        form = self._form(f"{self.link}?s={score}", "page")
        for _time in range(3):
            self._send(form, "answer", score, "", {})
            time.sleep(self.draw.uniform(0, 1))

    def _robot_first(self):
        for score in range(11):
            self._get(f"{self.link}?s={score}")
        self._get(f"{self.link}/opt-out")
        self._answer(self._score())

    def _opts_out(self):
        began = time.monotonic()
        form = self._form(f"{self.link}/opt-out", "page")
        self._say_no(form, began)

    def _opts_out_by_one_click(self):
        values = {"List-Unsubscribe": "One-Click"}
        self._say_no((f"{self.link}/opt-out", values), time.monotonic())

    # === STEPS === #

    def _score(self):
        return self.draw.choices(range(11), [1, 1, 1, 1, 1, 2, 2, 4, 5, 6, 8])[0]

    def _answer(self, score, comment=""):
        form = self._form(f"{self.link}?s={score}", "page")
        self._send(form, "answer", score, comment, {"comment": comment})

    def _send(self, form, kind, score, comment, typed):
        """Send a form until the server says something, and press again if asked to."""
        post = self.ledger.post(self.token, kind, score, comment)
        for _press in range(MOST_PRESSES):
            address, values = form
            values = {**values, "score": str(score), **typed}
            answer = self._post(post, address, values)
            post.status = answer.status_code
            if answer.status_code == 303:
                post.result = "accepted"
                return
            if answer.status_code != 422:
                break
            self.ledger.seen["customer pressed once more"] += 1
            form = _read(answer, "page")
            time.sleep(PATIENCE)
        post.result = "refused"

    def _post(self, post, address, values):
        def send():
            post.tries += 1
            options = {"data": values, "allow_redirects": False}
            answer = fetch(requests, "POST", address, **options)
            place = urlparse(answer.headers.get("Location", "/nps/")).path
            # While the database is away, Odoo knows no page of ours.
            if answer.status_code == 404 or not place.startswith("/nps/"):
                raise Broken(f"{answer.status_code} {place}")
            return answer

        return self.patience.insist("POST", send)

    def _say_no(self, form, began):
        for _press in range(MOST_PRESSES):

            def send(form=form):
                answer = fetch(requests, "POST", form[0], data=form[1])
                if answer.status_code == 404:
                    raise Broken("404")
                return answer

            answer = self.patience.insist("opt-out", send)
            if answer.status_code == 200:
                self.ledger.opt_out(self.address, began)
                return
            form = _read(answer, "page")
            time.sleep(PATIENCE)
        self.ledger.errors.append(f"An opt-out was refused: {answer.status_code}")

    def _form(self, address, field):
        """Open a page and wait as a person does; return its form with a field."""
        answer = self._get(address)
        time.sleep(PATIENCE + self.draw.random())
        return _read(answer, field)

    def _get(self, address):
        def get():
            answer = fetch(requests, "GET", address)
            if answer.status_code == 404:
                raise Broken("404")
            return answer

        return self.patience.insist("GET", get)


def _read(answer, field):
    """Return where and what the first form with a field would send; None: no form."""
    for form in html.fromstring(answer.content).xpath("//form"):
        values = {}
        for item in form.xpath(".//input[@name] | .//textarea[@name]"):
            is_choice = item.get("type") in ("radio", "checkbox")
            if not is_choice or item.get("checked") is not None:
                values[item.get("name")] = item.get("value") or item.text or ""
        if field in values:
            return urljoin(answer.url, form.get("action")), values
    return None
