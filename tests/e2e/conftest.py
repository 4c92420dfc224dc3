"""A real Odoo process, a real mail server and a real browser, for whole stories."""

import email
import email.policy
import os
import sys
import threading
import time
from pathlib import Path

import pytest
import requests
from aiosmtpd.controller import Controller
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import databases  # noqa: E402
import postgres  # noqa: E402
from local import BIN, LOGS, any_free_port, end, popen  # noqa: E402
from machine import chromium  # noqa: E402

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def wait_until(condition, seconds=60, what="it"):
    """Wait for a condition to hold; return its value."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


class Mailbox:
    """A mail server that keeps what it gets; it can go away and come back."""

    def __init__(self):
        self.port = any_free_port()
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
    """An Odoo process of its own on a database of its own."""

    def __init__(self, database, smtp_port):
        self.database = database
        self.smtp_port = smtp_port
        self.port = any_free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = LOGS / f"e2e-{database}.log"
        self.process = None
        self._sessions = {}

    def start(self):
        """Start the process and wait until it answers."""
        self._sessions.clear()
        options = ["-d", self.database, "--db-filter", f"^{self.database}$"]
        options += ["--http-port", self.port, "--workers", 0, "--max-cron-threads", 1]
        options += ["--smtp", "127.0.0.1", "--smtp-port", self.smtp_port]
        options += ["--email-from", "odoo@example.com"]
        with self.log.open("ab") as log:
            self.process = popen([BIN / "odoo", *options], stdout=log, stderr=log)
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


@pytest.fixture(scope="module")
def _mail_server():
    server = Mailbox()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def mailbox(_mail_server):
    """An empty mailbox whose mail server is up."""
    _mail_server.start()
    _mail_server.clear()
    return _mail_server


@pytest.fixture(scope="module")
def odoo_server(request, _mail_server):
    """A running Odoo on a copy of the database with the addon (one per module)."""
    with postgres.running():
        template = os.environ.get("NPS_TEMPLATE", "tests_plain")
        name = f"tests_e2e_{request.module.__name__.rpartition('.')[2]}"[:60]
        databases.copy(template, name)
        server = OdooServer(name, _mail_server.port)
        databases.set_parameter(name, "web.base.url", server.url)
        server.start()
        yield server
        server.stop()
        databases.drop(name)


@pytest.fixture(scope="session")
def browser():
    """Chromium."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=chromium(), headless=True, args=CHROMIUM_FLAGS
        )
        yield found
        found.close()


@pytest.fixture
def page(browser):
    """A new page of a visitor whom nobody knows."""
    context = browser.new_context()
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()
