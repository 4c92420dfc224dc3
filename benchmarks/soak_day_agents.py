"""The agents of the bad day: by screen, by dialer, by moving tickets, and a merger."""

import random
import time

import requests
from soak_day_client import Patience, Rpc, fetch
from soak_day_ledger import Broken
from soak_day_world import DIALER, MOVER, PICKERS
from soak_world import address

TICKET, PARTNER = "helpdesk.ticket", "res.partner"
AT_ONCE = 10
AGAIN = 0.2
"""The share of tickets that are about a customer who is known already."""


class Colleague:
    """Somebody who works until the day is over.

    :param crowd: the :class:`~.soak_day_load.Crowd`
    :param str login: whose session it is
    :param float pause: seconds between two pieces of work
    """

    def __init__(self, crowd, login, pause):
        self.crowd, self.ledger, self.day = crowd, crowd.ledger, crowd.day
        self.login, self.pause = login, pause
        self.draw = random.Random(f"{crowd.seed} {login}")
        self.rpc = Rpc(self.day.server.url, self.day.server.database, login)
        self.patience = Patience(self.ledger, self.draw)
        crowd.patiences.append(self.patience)
        self._waiting = []
        self._count = 0

    def run(self):
        """Work, piece by piece."""
        while not self.crowd.is_over:
            if not self._waiting:
                self._waiting = self._new_work()
            self._work(self._waiting.pop())
            time.sleep(self.pause * self.draw.uniform(0.5, 1.5))

    def insist(self, kind, *call, **kwargs):
        """Call a method until the server answers."""
        return self.patience.insist(kind, lambda: self.rpc.call(*call, **kwargs))

    def _new_work(self):
        """Make tickets: of new customers, and of some who are known."""
        names = []
        for _number in range(AT_ONCE):
            self._count += 1
            names.append(f"{self.login} {self._count}")
        customers = self._new_customers(names)
        chosen = [
            (self.draw.random() < AGAIN and self.crowd.known_customer(self.draw))
            or customer
            for customer in customers
        ]
        try:
            tickets = self._new_tickets(chosen)
        except AssertionError:
            # One of the known ones has just been merged into another contact.
            tickets = self._new_tickets(customers)
        self.crowd.know(dict(zip(map(address, names), customers, strict=True)))
        return tickets

    def _new_tickets(self, customers):
        values = [
            {"name": "It hums", "description": "<p>Loudly</p>", "partner_id": customer}
            for customer in customers
        ]
        return self.insist("ticket", TICKET, "create", values)

    def _new_customers(self, names):
        values = [{"name": name, "email": address(name)} for name in names]
        return self.insist("contact", PARTNER, "create", values)

    def _work(self, record):
        raise NotImplementedError


class Picker(Colleague):
    """Picks on the screen; after an error he looks whether it was stored."""

    def _work(self, record):
        pick = self.ledger.pick(TICKET, record, "picker")
        while True:
            try:
                found = self.ledger.timed(
                    "pick",
                    lambda: self.rpc.call(TICKET, "nps_pick_outcome", [record], "over"),
                )
                pick.accepted += 1
                pick.ids.add(found["invitation_id"])
                return
            except Broken as error:
                self.ledger.seen[f"pick: {error}"] += 1
                pick.unknown += 1
            time.sleep(self.draw.uniform(0.5, 2))
            domain = [["res_model", "=", TICKET], ["res_id", "=", record]]
            if self.insist("look", "nps.invitation", "search_count", domain):
                return


class Dialer(Colleague):
    """A program that picks on contacts by ``/json/2`` and repeats what broke."""

    def _new_work(self):
        self._count += AT_ONCE
        numbers = range(self._count - AT_ONCE, self._count)
        return self._new_customers([f"{self.login} {number}" for number in numbers])

    def _work(self, record):
        pick = self.ledger.pick(PARTNER, record, "dialer")

        def call():
            # Nobody knows what became of it until the server says so.
            pick.unknown += 1
            answer = fetch(
                requests,
                "POST",
                f"{self.day.server.url}/json/2/{PARTNER}/nps_pick_outcome",
                json={"ids": [record], "code": "solved"},
                headers={"Authorization": f"bearer {self.day.key}"},
            )
            # 403 is what Odoo says when the database breaks off while it checks a key.
            if answer.status_code in (403, 404):
                raise Broken(str(answer.status_code))
            answer.raise_for_status()
            pick.unknown -= 1
            return answer.json()

        found = self.patience.insist("json/2", call)
        pick.accepted += 1
        pick.ids.add(found["invitation_id"])


class Mover(Colleague):
    """Moves tickets to the stage that picks the outcome; to repeat it does no harm."""

    def _work(self, record):
        pick = self.ledger.pick(TICKET, record, "mover")
        values = {"stage_id": self.day.stage}
        pick.unknown = 1
        self.insist("move", TICKET, "write", [record], values)
        # However often it was sent: who is in the stage does not come into it again.
        pick.accepted, pick.unknown = 1, 0


class Merger(Colleague):
    """Merges contacts that somebody entered twice, while they are asked."""

    def _new_work(self):
        return [None]

    def _work(self, _record):
        found = self.crowd.take_customer(self.draw)
        if not found:
            return
        mail, customer = found
        values = [{"name": "The same person", "email": mail}]
        twin = self.insist("contact", PARTNER, "create", values)[0]
        wizard = "base.partner.merge.automatic.wizard"
        values = {"partner_ids": [[6, 0, [customer, twin]]], "dst_partner_id": twin}
        made = self.insist("merge", wizard, "create", [values])
        while True:
            try:
                self.rpc.call(wizard, "action_merge", made)
                break
            except Broken as error:
                self.ledger.seen[f"merge: {error}"] += 1
            time.sleep(1)
            if not self.insist(
                "look", PARTNER, "search_count", [["id", "=", customer]]
            ):
                break
        self.crowd.know({mail: twin})


def all_colleagues(crowd):
    """Return everybody who works in the office."""
    pickers = [Picker(crowd, login, 0.5) for login in PICKERS]
    others = [Dialer(crowd, DIALER, 0.7), Mover(crowd, MOVER, 0.7)]
    return [*pickers, *others, Merger(crowd, "admin", 6)]
