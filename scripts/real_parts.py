"""Real parts for whole stories: a mail server that keeps its mails, an Odoo process."""

import asyncio
import contextlib
import email
import email.policy
import os
import re
import secrets
import socket
import threading
import time

import databases
import postgres
import requests
from aiosmtpd.controller import Controller
from local import BIN, LOGS, any_free_port, end, popen
from passlib.context import CryptContext

PERSONAL_LINK = re.compile(r"https?://[^\s\"<>]+/nps/[\w-]{43}")


def wait_until(condition, seconds=60, what="it"):
    """Wait for a condition to hold; return its value."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


def personal_link(message):
    """Return the customer's link in a mail, without a score; None if it has none."""
    found = PERSONAL_LINK.search(message.get_body(("html",)).get_content())
    return found and found[0]


class Mailbox:
    """A mail server that keeps what it gets; it can go away and come back.

    :param float slowness: seconds that it takes for one mail
    """

    def __init__(self, slowness=0):
        self.port = any_free_port()
        self.slowness = slowness
        self.messages = []
        self.refused = set()
        self.controller = None
        self._lock = threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):
        """Refuse the addresses that a test wants refused."""
        if address in self.refused:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Keep the message, parsed, with its envelope."""
        await asyncio.sleep(self.slowness)
        message = email.message_from_bytes(
            envelope.content, policy=email.policy.default
        )
        message.envelope_from = envelope.mail_from
        message.envelope_to = list(envelope.rcpt_tos)
        with self._lock:
            self.messages.append(message)
        return "250 OK"

    def start(self):
        """Listen, always on the same port."""
        if not self.controller:
            self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
            self.controller.start()

    def stop(self):
        """Go away: connections are refused from now on."""
        if self.controller:
            self.controller.stop()
            self.controller = None

    @contextlib.contextmanager
    def hanging(self):
        """Accept connections and never answer, until the block ends."""
        self.stop()
        with socket.create_server(("127.0.0.1", self.port)) as listener:
            # The system completes the connections; nobody ever reads from them.
            yield listener
        self.start()

    def clear(self):
        """Forget the messages and the refusals."""
        with self._lock:
            self.messages.clear()
        self.refused.clear()

    def to(self, address):
        """The messages to one address."""
        return [m for m in list(self.messages) if address in m.envelope_to]

    def wait(self, count=1, to=None, seconds=60):
        """Wait for a number of messages; return them all."""

        def enough():
            found = self.to(to) if to else list(self.messages)
            return found if len(found) >= count else None

        return wait_until(enough, seconds, f"{count} mails to {to or 'anybody'}")


class Session:
    """A logged-in user's JSON-RPC session."""

    def __init__(self, server, login, password):
        self.server = server
        self.http = requests.Session()
        params = {"db": server.database, "login": login, "password": password}
        self.uid = self.post("/web/session/authenticate", params)["uid"]

    def post(self, path, params):
        """Call a JSON-RPC route; an error of the server is a failed assertion."""
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.http.post(self.server.url + path, json=body, timeout=120).json()
        assert "error" not in answer, answer["error"]["data"]["debug"]
        return answer.get("result")

    def call(self, model, method, *args, **kwargs):
        """Call a method of a model."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.post(f"/web/dataset/call_kw/{model}/{method}", params)

    def create(self, model, values):
        """Create a record; return its id."""
        return self.call(model, "create", [values])[0]

    def search_read(self, model, domain, fields, **kwargs):
        """Search records and read fields of them."""
        return self.call(model, "search_read", domain, fields, **kwargs)


class OdooServer:
    """An Odoo process of its own on a database of its own.

    :param int cron_threads: 0 for a process that does nothing unless asked
    :param int workers: processes that answer requests; 0 for threads of one process
    :param options: further options of the command line
    :param environment: further variables of its environment
    """

    def __init__(
        self,
        database,
        smtp_port,
        cron_threads=1,
        workers=0,
        options=(),
        environment=None,
    ):
        self.database = database
        self.smtp_port = smtp_port
        self.cron_threads = cron_threads
        self.workers = workers
        self.options = list(options)
        self.environment = environment or {}
        self.port = any_free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = LOGS / f"server-{database}.log"
        self.process = None
        self._sessions = {}

    def start(self):
        """Start the process and wait until it answers."""
        self._sessions.clear()
        # No filter: with one, Odoo asks PostgreSQL for all databases at each request of
        # somebody without a session.
        options = ["-d", self.database]
        options += ["--http-port", self.port, "--workers", self.workers]
        if self.workers:
            options += ["--gevent-port", any_free_port()]
        options += self.options
        options += ["--max-cron-threads", self.cron_threads]
        options += ["--smtp", "127.0.0.1", "--smtp-port", self.smtp_port]
        options += ["--email-from", "odoo@example.com"]
        environment = {**os.environ, **self.environment}
        with self.log.open("ab") as log:
            output = {"stdout": log, "stderr": log, "env": environment}
            self.process = popen([BIN / "odoo", *options], **output)
        wait_until(self._answers, 120, f"Odoo, see {self.log}")

    def _answers(self):
        assert self.process.poll() is None, self.log.read_text()[-3000:]
        try:
            return requests.get(f"{self.url}/web/health", timeout=30).ok
        except requests.ConnectionError:
            return False

    def stop(self):
        """End the process in an orderly way."""
        if self.process:
            end(self.process)
            self.process = None

    def kill(self):
        """End the process like a power cut."""
        end(self.process, patience=None)
        self.process = None

    def restart(self):
        """Stop, then start."""
        self.stop()
        self.start()

    def session(self, login="admin", password=None):
        """The JSON-RPC session of a user."""
        if login not in self._sessions:
            self._sessions[login] = Session(self, login, password or login)
        return self._sessions[login]

    def call(self, model, method, *args, **kwargs):
        """Call a method as the administrator."""
        return self.session().call(model, method, *args, **kwargs)

    def sql(self, statement):
        """Ask the database directly; a list of lines, fields split by |."""
        return postgres.sql(statement, self.database)

    def make_key(self, user):
        """Return a new API key of a user, as Odoo stores it.

        :param int user: the user's id
        """
        key = secrets.token_hex(20)
        # Odoo's own settings for keys, which are long and random.
        crypt = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=6000)
        self.sql(
            "INSERT INTO res_users_apikeys (name, user_id, scope, key, index) "
            f"VALUES ('key', {user}, 'rpc', '{crypt.hash(key)}', '{key[:8]}')"
        )
        return key

    def ref(self, xmlid):
        """Return the id of a record of the data files."""
        module, name = xmlid.split(".")
        return self.call("ir.model.data", "check_object_reference", module, name)[1]

    def run_cron(self, xmlid):
        """Run a scheduled action now, in this process."""
        self.call("ir.cron", "method_direct_trigger", [self.ref(xmlid)])


@contextlib.contextmanager
def server_on_a_copy(template, name, smtp_port, **options):
    """Run Odoo on a copy of a database, which is dropped afterwards."""
    with postgres.running():
        databases.copy(template, name)
        server = OdooServer(name, smtp_port, **options)
        databases.set_parameter(name, "web.base.url", server.url)
        try:
            server.start()
            yield server
        finally:
            server.stop()
            databases.drop(name)


def invite(server, mailbox, name, code="solved"):
    """Pick an outcome on a new contact; return the link in the mail that he gets.

    For a server without cron: the mail is sent here.
    """
    address = f"{name.lower()}@customer.example"
    values = {"name": name, "email": address}
    customer = server.session().create("res.partner", values)
    server.call("res.partner", "nps_pick_outcome", [customer], code)
    server.run_cron("nps.ir_cron_nps_send")
    return personal_link(mailbox.wait(to=address)[0])
