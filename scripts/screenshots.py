"""Take the pictures of README from a demo that `make run` has started.

It does what README's three clicks do: pick an outcome, open the mail, answer.
"""

import os
import re
import sys
import time

import requests
from machine import chromium
from playwright.sync_api import sync_playwright

PICTURES = "static/description"
DESKTOP = {"width": 1180, "height": 760}
WIDE = {"width": 1440, "height": 820}
PHONE = {"width": 390, "height": 620}
LONG = {"width": 1300, "height": 1760}
ODOO = os.environ.get("NPS_ODOO", "http://localhost:8069")
CATCHER = os.environ.get("NPS_CATCHER", "http://localhost:1080")


def rpc(session, model, method, *args, **kwargs):
    """Call a method as the logged-in user of an HTTP session."""
    params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
    body = {"jsonrpc": "2.0", "params": params}
    url = f"{ODOO}/web/dataset/call_kw"
    return session.post(url, json=body, timeout=60).json()["result"]


def log_in():
    """Return an HTTP session of an agent of the demo company."""
    session = requests.Session()
    params = {"db": None, "login": "anna", "password": "anna"}
    page = session.get(f"{ODOO}/web/login", timeout=60).text
    token = re.search(r'csrf_token" value="([^"]+)', page)[1]
    session.post(f"{ODOO}/web/login", {**params, "csrf_token": token}, timeout=60)
    return session


def ask_a_customer(session):
    """Pick "solved" on open tickets until a customer is asked; return that customer."""
    domain = [["closed", "=", False], ["partner_id.parent_id", "!=", False]]
    for ticket in rpc(
        session, "helpdesk.ticket", "search_read", domain, ["partner_id"]
    ):
        arguments = "helpdesk.ticket", "nps_pick_outcome", [ticket["id"]], "solved"
        if rpc(session, *arguments)["state"] == "queued":
            return ticket["partner_id"][0]
    sys.exit("Every customer was asked lately. Start with a new demo.")


def invitation_mail():
    """Return the HTML of the newest invitation in the catcher; wait for one."""
    for _try in range(60):
        mails = requests.get(f"{CATCHER}/email", timeout=60).json()
        ours = [mail for mail in mails if "?s=9" in (mail.get("html") or "")]
        if ours:
            return max(ours, key=lambda mail: mail["time"])["html"]
        time.sleep(0.5)
    sys.exit("No invitation came. Does `make run` run?")


def picture(browser, name, size, show):
    """Take one picture: ``show`` brings the page to where it is to be seen."""
    context = browser.new_context(viewport=size, device_scale_factor=1)
    page = context.new_page()
    show(page)
    page.wait_for_timeout(1500)
    page.screenshot(path=f"{PICTURES}/{name}.png")
    context.close()


def answer(page, link):
    """Answer as a person does, who reads the question before he presses."""
    page.goto(link)
    page.wait_for_timeout(2000)
    page.click("button[type=submit]")
    page.wait_for_load_state()


def sign_in(page, login):
    """Sign in as somebody of the demo company."""
    page.goto(f"{ODOO}/web/login")
    page.fill("#login", login)
    page.fill("#password", login)
    page.press("#password", "Enter")
    page.wait_for_selector(".o_main_navbar")


def show_cases(page):
    """Open the cases as a manager sees them."""
    sign_in(page, "judith")
    page.goto(f"{ODOO}/odoo/nps-cases")
    page.wait_for_selector(".o_kanban_record .o_nps_detractor")


def show_contact(page, customer):
    """Open the contact as an agent sees it, with its score card."""
    sign_in(page, "anna")
    page.goto(f"{ODOO}/odoo/contacts/{customer}")
    page.click(".o_nps_line .o_nps_promoter")
    page.wait_for_selector(".o_nps_card")


def show_my_page(page):
    """Open the agent's own page."""
    sign_in(page, "anna")
    page.goto(f"{ODOO}/odoo/nps-my-page")
    page.wait_for_selector(".o_nps_my_page svg")


def show_scorecard(page):
    """Open the scorecard as an analyst sees it."""
    sign_in(page, "helena")
    page.goto(f"{ODOO}/odoo/nps-scorecard")
    page.wait_for_selector(".o_nps_scorecard")


def show_dashboard(page):
    """Open the dashboard as an analyst sees it; it is drawn on a canvas."""
    sign_in(page, "helena")
    page.goto(f"{ODOO}/odoo/nps-dashboard")
    page.wait_for_selector(".o-figure canvas")
    page.wait_for_timeout(5000)


def take_all():
    """Take the pictures of README's first screen."""
    session = log_in()
    customer = ask_a_customer(session)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        mail = invitation_mail()
        link = re.search(r"https?://[^\"]+\?s=9", mail)[0]
        picture(
            browser,
            "mail",
            {"width": 640, "height": 520},
            lambda p: p.set_content(mail),
        )
        picture(browser, "page", PHONE, lambda page: page.goto(link))
        picture(browser, "after", PHONE, lambda page: answer(page, link))
        picture(browser, "contact", DESKTOP, lambda page: show_contact(page, customer))
        picture(browser, "cases", DESKTOP, show_cases)
        picture(browser, "my_page", DESKTOP, show_my_page)
        picture(browser, "scorecard", WIDE, show_scorecard)
        picture(browser, "dashboard", LONG, show_dashboard)
        browser.close()


if __name__ == "__main__":
    sys.exit(take_all())
