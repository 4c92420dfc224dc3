"""A real Odoo process, a real mail server and a real browser, for whole stories."""

import contextlib
import os
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from machine import chromium  # noqa: E402
from real_parts import Mailbox, invite, server_on_a_copy  # noqa: E402

DESKTOP = {"width": 1280, "height": 800}
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


@pytest.fixture(scope="module")
def mailbox_of_module():
    """A mailbox that keeps what all tests of a module get."""
    server = Mailbox()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def mailbox(mailbox_of_module):
    """An empty mailbox whose mail server is up."""
    mailbox_of_module.start()
    mailbox_of_module.clear()
    return mailbox_of_module


@contextlib.contextmanager
def run_server(request, mail_server, **options):
    """Run Odoo on a copy of the database with the addon, named after the module."""
    template = os.environ.get("NPS_TEMPLATE", "tests_plain")
    name = f"tests_e2e_{request.module.__name__.rpartition('.')[2]}"[:60]
    with server_on_a_copy(template, name, mail_server.port, **options) as server:
        # Its greeting to new users opens whenever it likes, on a phone over everything.
        server.sql("UPDATE res_users SET odoobot_state = 'disabled'")
        yield server


@pytest.fixture(scope="module")
def odoo_server(request, mailbox_of_module):
    """A running Odoo (one per module)."""
    with run_server(request, mailbox_of_module) as server:
        yield server


@pytest.fixture(scope="module")
def quiet_server(request, mailbox_of_module):
    """A running Odoo that does nothing by itself: no cron (one per module)."""
    with run_server(request, mailbox_of_module, cron_threads=0) as server:
        yield server


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


@pytest.fixture(scope="module")
def sessions():
    """The sessions of those who have logged in on a server: login -> cookies."""
    return {}


@pytest.fixture
def log_in(quiet_server, browser, sessions):
    """Open a browser of its own for a logged-in user; return its page."""
    opened = []

    def open_page(login="admin", path="/odoo", **options):
        known = {"storage_state": sessions.get(login), "viewport": DESKTOP}
        context = browser.new_context(**{**known, **options})
        context.set_default_timeout(30_000)
        opened.append(context)
        page = context.new_page()
        if login not in sessions:
            enter_password(page, quiet_server.url, login)
            sessions[login] = context.storage_state()
        page.goto(quiet_server.url + path)
        # What shows that nobody reloads: it would not outlive that.
        page.wait_for_selector(".o_action")
        page.evaluate("window.isTheSamePage = true")
        return page

    yield open_page
    for context in opened:
        context.close()


def enter_password(page, url, login):
    """Log in as a user whose password is his login."""
    page.goto(f"{url}/web/login")
    page.fill("#login", login)
    page.fill("#password", login)
    page.press("#password", "Enter")
    page.wait_for_selector(".o_main_navbar")


@pytest.fixture
def customer(quiet_server, mailbox, request):
    """Invite a customer of a name; return his link and contact."""

    def make(name):
        link = invite(quiet_server, mailbox, name)
        [found] = quiet_server.session().search_read(
            "res.partner", [["name", "=", name]], ["id"]
        )
        return link, found["id"]

    return make
