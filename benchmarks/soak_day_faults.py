"""What goes wrong on the bad day: drawn from a seed, printed before it begins."""

import random
import threading
import time

from local import pause
from real_parts import wait_until
from soak_world import AT_ONCE

QUEUE = 100
"""Outcomes at once in the full queue, for each minute of the day."""
HOURS = 2
KINDS = {
    "kill_http": 0,
    "kill_cron": 0,
    "kill_gevent": 0,
    "kill_server": 0,
    "postgres_immediate": 0,
    "postgres_fast": 0,
    "mail_refuses": 12,
    "mail_hangs": 12,
    "mail_is_slow": 15,
    "mail_is_away": 20,
    "full_queue": 0,
    "clock_jumps": 25,
    "slow_customers": 20,
    "slow_mail_network": 20,
}
"""Each fault with the seconds it lasts; 0: until it is done."""
CALM = 0.12
"""The share of the day before the first fault."""
LINGERS = 5
"""Seconds after a fault in which nobody expects calm."""


def plan(seconds, seed):
    """Draw what happens when: every kind once, and some more of most.

    :return: list of (second of the day, kind), ordered
    """
    draw = random.Random(seed)
    kinds = list(KINDS)
    spare = [kind for kind in kinds if kind != "full_queue"]
    kinds += draw.sample(spare, min(len(spare), int(seconds // 25)))
    draw.shuffle(kinds)
    first, last = seconds * CALM, seconds - 5
    gap = (last - first) / len(kinds)
    # Uneven, so that some fall together and some calm is left between others.
    moments = [first + gap * (n + draw.uniform(0, 1.2)) for n in range(len(kinds))]
    return sorted(zip(moments, kinds, strict=True))


class Faults:
    """Brings about what was planned.

    :ivar happened: (kind, began, ended, how it went) of each fault
    """

    def __init__(self, day, seconds, seed, tickets):
        self.day, self.plan = day, plan(seconds, seed)
        self.happened, self.errors = [], []
        self._queue_tickets = tickets
        self._kinds = {kind: threading.Lock() for kind in KINDS}
        self._threads = []

    def words(self):
        """Return the plan in words."""
        return "; ".join(f"{moment:.0f} s {kind}" for moment, kind in self.plan)

    def run(self):
        """Let everything happen; return when it is over."""
        begin = time.monotonic()
        for moment, kind in self.plan:
            pause(begin + moment - time.monotonic())
            thread = threading.Thread(target=self._happen, args=[kind], daemon=True)
            thread.start()
            self._threads.append(thread)
        for thread in self._threads:
            while thread.is_alive():
                pause(0.5)

    def is_calm(self, moment):
        """Tell whether no fault was under way at a moment (monotonic)."""
        return not any(
            began <= moment <= ended + LINGERS
            for _kind, began, ended, _how in self.happened
        )

    def count(self, *kinds):
        """Count the faults of some kinds that happened."""
        return sum(kind in kinds for kind, _began, _ended, _how in self.happened)

    def _happen(self, kind):
        began = time.monotonic()
        try:
            # The same one twice at a time would be one.
            with self._kinds[kind]:
                how = getattr(self, f"_{kind}")(KINDS[kind]) or ""
        except Exception as error:
            how = f"{type(error).__name__}: {error}"[:300]
            self.errors.append(f"{kind}: {how}")
        self.happened.append((kind, began, time.monotonic(), how))

    # === KILLS === #

    def _kill_http(self, _seconds):
        return self._kill("WorkerHTTP")

    def _kill_cron(self, _seconds):
        return self._kill("WorkerCron")

    def _kill_gevent(self, _seconds):
        return self._kill("gevent")

    def _kill(self, kind):
        find = self.day.server.workers_of
        workers = wait_until(lambda: find(kind), 120, kind)
        before = {worker.pid for worker in workers}
        self.day.draw.choice(workers).kill()
        wait_until(lambda: {w.pid for w in find(kind)} - before, 120, f"a new {kind}")

    def _kill_server(self, _seconds):
        with self.day.server.power:
            self.day.server.kill()
            self.day.server.start()

    def _postgres_immediate(self, _seconds):
        self.day.cluster.restart("immediate")

    def _postgres_fast(self, _seconds):
        self.day.cluster.restart("fast")

    # === MAIL === #

    def _mail_refuses(self, seconds):
        self.day.mailbox.is_refusing = True
        time.sleep(seconds)
        self.day.mailbox.is_refusing = False

    def _mail_hangs(self, seconds):
        with self.day.post.hanging():
            time.sleep(seconds)

    def _mail_is_slow(self, seconds):
        self.day.mailbox.slowness = 0.4
        time.sleep(seconds)
        self.day.mailbox.slowness = 0

    def _mail_is_away(self, seconds):
        with self.day.post.away():
            time.sleep(seconds)

    # === CROWDS, CLOCK, NETWORK === #

    def _full_queue(self, _seconds):
        """Move hundreds of tickets at once, again when it breaks."""
        tickets = self._queue_tickets
        for start in range(0, len(tickets), AT_ONCE):
            some = tickets[start : start + AT_ONCE]
            wait_until(lambda some=some: self._moved(some), 120, "the full queue")

    def _moved(self, tickets):
        try:
            self.day.move(tickets, self.day.stage, self.day.server.session())
        except Exception:
            self.day.server._sessions.clear()
            return False
        return True

    def _clock_jumps(self, seconds):
        self.day.clock.set(HOURS * 3600)
        time.sleep(seconds)
        self.day.clock.set(0)

    def _slow_customers(self, seconds):
        with self.day.door.slow(0.15, 20_000, 0.1):
            time.sleep(seconds)

    def _slow_mail_network(self, seconds):
        with self.day.post.slow(0.03, 100_000, 0.2):
            time.sleep(seconds)
