"""The load of the bad day: who is there, and who gets which mail."""

import queue
import threading
import time

from local import pause
from real_parts import personal_link
from soak_day_agents import all_colleagues
from soak_day_customers import Customer
from soak_day_ledger import Broken, Ledger

CUSTOMERS = 14
AFTERWARDS = 60
"""Seconds after the day in which people still finish what they began."""


class Crowd:
    """Everybody of the day. They start with :meth:`start` and end with :meth:`end`."""

    def __init__(self, day, seed):
        self.day, self.seed = day, seed
        self.ledger = Ledger()
        self.is_over = False
        self.patiences = []
        self._known = {}
        self._lock = threading.Lock()
        self._mails = queue.Queue()
        self._handed = set()
        works = [colleague.run for colleague in all_colleagues(self)]
        works += [self._customer(number).run for number in range(CUSTOMERS)]
        works.append(self._hand_out)
        self._threads = [
            threading.Thread(target=self._guarded(work), daemon=True) for work in works
        ]

    # === LIFE === #

    def start(self):
        """Let everybody begin."""
        for thread in self._threads:
            thread.start()

    def end(self):
        """Let everybody finish what he began, for some time."""
        self.is_over = True
        until = time.monotonic() + AFTERWARDS
        for patience in self.patiences:
            patience.until = until
        while self._busy() and time.monotonic() < until + 30:
            pause(0.5)
        stuck = self._busy()
        if stuck:
            self.ledger.errors.append(f"{stuck} people did not finish")

    def _busy(self):
        return sum(thread.is_alive() for thread in self._threads)

    def _guarded(self, work):
        def run():
            try:
                work()
            except Broken:
                self.ledger.seen["gave up after the day"] += 1
            except Exception as error:
                text = f"{type(error).__name__}: {error}"
                self.ledger.errors.append(text[-1500:])

        return run

    # === CUSTOMERS === #

    def know(self, customers):
        """Note contacts: address -> id."""
        with self._lock:
            self._known.update(customers)

    def known_customer(self, draw):
        """Return the id of a customer; rather of one who wants no more mails."""
        with self._lock:
            if not self._known:
                return None
            said_no = [a for a in self.ledger.opt_outs if a in self._known]
            wanted = said_no if said_no and draw.random() < 0.5 else list(self._known)
            return self._known[draw.choice(wanted)]

    def take_customer(self, draw):
        """Return (address, id) of a customer whom nobody else finds any more."""
        with self._lock:
            if not self._known:
                return None
            found = draw.choice(list(self._known))
            return found, self._known.pop(found)

    def _hand_out(self):
        """Give each mail to whoever has time; one that came twice is shown once."""
        seen = 0
        while not self.is_over:
            messages = self.day.mailbox.messages[seen:]
            seen += len(messages)
            for message in messages:
                link = personal_link(message)
                if link and message["Message-ID"] not in self._handed:
                    self._handed.add(message["Message-ID"])
                    self._mails.put((link, message.envelope_to[0]))
            time.sleep(0.2)

    def _customer(self, number):
        return _Seat(self, Customer(self, number))


class _Seat:
    """Where one mail after the other is read."""

    def __init__(self, crowd, customer):
        self.crowd, self.customer = crowd, customer

    def run(self):
        while not self.crowd.is_over:
            try:
                link, address = self.crowd._mails.get(timeout=0.5)
            except queue.Empty:
                continue
            self.customer.receive(link, address)
