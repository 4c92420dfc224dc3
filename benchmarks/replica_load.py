"""Many people at once: who gets what, and which of the two databases works for it."""

import itertools
import random
import threading
import time
from collections import Counter

import requests
from replica_world import answer

CUSTOMERS, COLLEAGUES = 3, 3


class Load:
    """Customers who open links and answer, colleagues who read, all at the same time.

    :ivar seen: who and HTTP status (or error) -> how often
    :ivar answered: links that thanked for an answer
    """

    def __init__(self, world, links):
        self.world = world
        self.links = iter(links)
        self.opened = list(links)
        self.seen = Counter()
        self.answered = []
        self._end = threading.Event()
        self._lock = threading.Lock()

    def run(self, seconds, meanwhile=lambda: None):
        """Work for some seconds; do something in the middle of it."""
        works = [self._answer] + [self._open] * (CUSTOMERS - 1)
        works += [self._read] * COLLEAGUES
        threads = [threading.Thread(target=work, daemon=True) for work in works]
        for thread in threads:
            thread.start()
        time.sleep(seconds / 2)
        meanwhile()
        time.sleep(seconds / 2)
        self._end.set()
        for thread in threads:
            thread.join(120)
        return self

    def _note(self, who, status):
        with self._lock:
            self.seen[who, status] += 1

    def _open(self):
        """A customer's browser, or the scanner of his mail program."""
        draw = random.Random()
        while not self._end.is_set():
            link = draw.choice(self.opened)
            self._note("customer", _status(requests.get, link, timeout=60))

    def _answer(self):
        """A customer who answers."""
        for link in self.links:
            if self._end.is_set():
                return
            status = _status(answer, link, 9)
            self._note("customer", status)
            if status == 200:
                self.answered.append(link)

    def _read(self):
        """A colleague who looks at numbers."""
        reads = list(self.world.reads().values())
        random.shuffle(reads)
        for read in itertools.cycle(reads):
            if self._end.is_set():
                return
            self._note("colleague", _success(read))

    def of(self, who):
        """Return what one kind of people saw, as "200: 31, 500: 1"."""
        found = sorted((str(s), n) for (w, s), n in self.seen.items() if w == who)
        return ", ".join(f"{status}: {count}" for status, count in found)

    def bad(self, who):
        """Count what was no success."""
        return sum(n for (w, s), n in self.seen.items() if w == who and s != 200)

    def total(self):
        """Count everything that was done."""
        return self.seen.total()


def _status(action, *arguments, **options):
    try:
        return action(*arguments, **options).status_code
    except Exception as error:
        return type(error).__name__


def _success(read):
    try:
        read()
    except Exception as error:
        return f"{type(error).__name__} {error}"[-80:].strip()
    return 200
