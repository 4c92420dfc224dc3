"""The world of the bad day: two workers, cron, websockets, mail, networks, a clock."""

import contextlib
import random
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import databases
import psutil
import requests
from local import HOME, Problem
from real_parts import Mailbox, OdooServer, wait_until
from soak_day_clock import Clock, forget_leftovers, library, preloaded
from soak_day_cluster import DATABASE, Cluster
from soak_day_days import COUNT_SOON
from soak_proxy import Proxy
from soak_world import World

PICKERS = ("paula", "pete")
DIALER, MOVER, OWNER = "dora", "max", "olga"
NAME = DATABASE
DUE = """
SELECT count(*) FROM ir_cron WHERE active AND nextcall <= now() AT TIME ZONE 'UTC'
"""


class DayMailbox(Mailbox):
    """Notes when each mail began to arrive, and may turn all away for a while."""

    def __init__(self):
        super().__init__()
        self.is_refusing = False
        self._began = {}

    async def handle_MAIL(self, server, session, envelope, address, options):
        """Note the moment from which on a mail can be said to leave."""
        self._began[id(session)] = time.monotonic()
        if self.is_refusing:
            return "451 4.3.0 Try again later"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Keep the message with the moment at which it left."""
        began = self._began.pop(id(session), None)
        result = await super().handle_DATA(server, session, envelope)
        self.messages[-1].left_at = began
        return result


class DayServer(OdooServer):
    """Odoo on the day's own PostgreSQL, supervised as a service is."""

    def __init__(self, cluster, clock, smtp_port):
        super().__init__(
            NAME,
            smtp_port,
            workers=2,
            options=["--db_host", cluster.socket],
            environment=preloaded(clock),
        )
        self.cluster = cluster
        self._log_start = 0
        # A process ends with the thread that has started it, so this one stays.
        self._keeper = ThreadPoolExecutor(1)
        self.power = threading.RLock()
        self.restarts = 0
        self._is_closed = threading.Event()

    def start(self):
        """Start it again and again until it answers: PostgreSQL may be away."""
        self._keeper.submit(self._start).result()

    def supervise(self):
        """Start it again whenever it ends by itself, as systemd does."""
        threading.Thread(target=self._supervise, daemon=True).start()

    def _supervise(self):
        while not self._is_closed.wait(0.5):
            with self.power:
                if self.process and self.process.poll() is not None:
                    # Odoo's master ends when the database is away for it.
                    self.restarts += 1
                    with contextlib.suppress(AssertionError, Problem):
                        self.start()

    def close(self):
        """Stop it for good."""
        self._is_closed.set()
        with self.power:
            self.stop()

    def _start(self):
        limit = time.monotonic() + 180
        while True:
            self._log_start = self.log.stat().st_size if self.log.exists() else 0
            try:
                return OdooServer.start(self)
            except (AssertionError, requests.RequestException):
                if time.monotonic() > limit:
                    raise
                self.stop()
                time.sleep(1)

    def sql(self, statement):
        """Ask the day's PostgreSQL, which may be away for a moment."""

        def ask():
            try:
                return [self.cluster.sql(statement)]
            except subprocess.CalledProcessError as error:
                # psql says by 2 that the connection failed, else it is the statement.
                if error.returncode != 2:
                    raise

        return wait_until(ask, 60, "PostgreSQL")[0]

    def workers_of(self, kind):
        """Return the living processes of a kind: ``WorkerHTTP``, ``WorkerCron``...

        Only children of this server: nobody else's process is ever touched.
        """
        process = self.process
        try:
            children = psutil.Process(process.pid).children() if process else []
            if kind == "gevent":
                return [c for c in children if "gevent" in c.cmdline()]
        except psutil.Error:
            return []
        with self.log.open(errors="replace") as log:
            log.seek(self._log_start)
            text = log.read()
        return [c for c in children if f"Worker {kind} ({c.pid}) alive" in text]


class Day(World):
    """The world, with everything that can go wrong in it.

    :ivar door: the network between customers and Odoo
    :ivar post: the network between Odoo and the mail server
    """

    def __init__(self, server, mailbox, door, post, cluster, clock, seed):
        super().__init__(server, mailbox)
        self.door, self.post = door, post
        self.cluster, self.clock = cluster, clock
        self.draw = random.Random(seed)
        self._settle_rules()
        self.agents = {login: self._make_agent(login) for login in _agents()}
        self._make_user(OWNER, ["nps.nps_group_team_manager"])
        self.key = self.server.make_key(self.agents[DIALER])

    def _settle_rules(self):
        """Let customers be asked again, and cases come soon."""
        company = self.server.ref("base.main_company")
        values = {
            "nps_cooldown_asked_days": 0,
            "nps_cooldown_answered_days": 0,
            "nps_case_grace_minutes": 1,
        }
        self.server.call("res.company", "write", [company], values)

    def _make_agent(self, login):
        groups = ["nps.nps_group_user", "helpdesk_mgmt.group_helpdesk_user"]
        return self._make_user(login, [*groups, "base.group_partner_manager"])

    def _make_user(self, login, groups):
        refs = [self.server.ref(g) for g in ("base.group_user", *groups)]
        values = {"name": login.title(), "login": login, "password": login}
        values |= {"email": f"{login}@ours.example", "password": login}
        values["group_ids"] = [[6, 0, refs]]
        return self.server.session().create("res.users", values)


def _agents():
    return [*PICKERS, DIALER, MOVER]


@contextlib.contextmanager
def new_day(template, seed):
    """Build the day's world on a copy of a database; it goes when the day is over."""
    if not library():
        raise Problem("The bad day needs Debian's package libfaketime.")
    clock, mailbox = Clock(HOME / "day-clock"), DayMailbox()
    cluster, post = Cluster(clock), Proxy(mailbox.port, seed)
    mailbox.start()
    post.start()
    server = DayServer(cluster, clock, post.port)
    door = Proxy(server.port, seed + 1)
    door.start()
    try:
        cluster.create()
        cluster.fill(template)
        _set_up(cluster, template, door)
        server.log.unlink(missing_ok=True)
        server.start()
        server.supervise()
        cluster.wake()
        wait_until(lambda: server.sql(DUE) == ["0"], 240, "the first round of jobs")
        yield Day(server, mailbox, door, post, cluster, clock, seed)
    finally:
        server.close()
        cluster.remove()
        databases.remove_files(NAME)
        door.stop()
        post.stop()
        mailbox.stop()
        clock.path.unlink(missing_ok=True)
        forget_leftovers()


def _set_up(cluster, template, door):
    """Let links lead through the network of the customers, and days be counted."""
    databases.copy_files(template, NAME)
    parameters = {
        "web.base.url": f"http://127.0.0.1:{door.port}",
        # Else Odoo replaces it when an administrator logs in.
        "web.base.url.freeze": "True",
        # Reports read what is counted by day, however few interactions there are.
        "nps.rollup_from": "1",
    }
    for key, value in parameters.items():
        cluster.sql(
            "INSERT INTO ir_config_parameter (key, value) "
            f"VALUES ('{key}', '{value}') ON CONFLICT (key) DO UPDATE "
            "SET value = EXCLUDED.value"
        )
    cluster.sql(COUNT_SOON)
