"""The road of one answer, on real parts: Odoo, SMTP, Chromium, plain HTTP."""

import pytest
import requests
from forms import PATIENCE, answer_patiently
from real_parts import personal_link, wait_until


@pytest.fixture(scope="module")
def world(odoo_server):
    """Make an agent and his outcome; return what the stories need to know."""
    create = odoo_server.session().create
    groups = [
        odoo_server.ref(xmlid)
        for xmlid in ("nps.nps_group_user", "helpdesk_mgmt.group_helpdesk_user")
    ]
    agent = create(
        "res.users",
        {
            "name": "Anna Berger",
            "login": "anna",
            "password": "anna",
            "email": "anna@acme.example",
            "group_ids": [[6, 0, groups]],
        },
    )
    create("hr.employee", {"name": "Anna Berger", "user_id": agent})
    return odoo_server


def make_ticket(server, name):
    """Make a customer and his ticket; return (ticket, customer, address)."""
    create = server.session().create
    company = create("res.partner", {"name": f"{name} Ltd", "is_company": True})
    address = f"{name.lower()}@customer.example"
    customer = create(
        "res.partner", {"name": name, "email": address, "parent_id": company}
    )
    ticket = create(
        "helpdesk.ticket",
        {
            "name": f"{name}'s printer",
            "description": "<p>It hums.</p>",
            "partner_id": customer,
            "partner_email": address,
        },
    )
    return ticket, customer, address


def pick(server, ticket, code="solved"):
    """Pick an outcome as the agent does through the API; return the invitation."""
    session = server.session("anna")
    return session.call("helpdesk.ticket", "nps_pick_outcome", [ticket], code)[
        "invitation_id"
    ]


def invitation_is(server, invitation, state):
    rows = server.call("nps.invitation", "read", [invitation], ["state"])
    return rows[0]["state"] == state


def log_in(page, server, login):
    page.goto(f"{server.url}/web/login")
    page.fill("#login", login)
    page.fill("#password", login)
    page.press("#password", "Enter")
    page.wait_for_selector(".o_main_navbar")


def read_and_press(page, button):
    """Press a button of a page as a person does: after reading it."""
    page.wait_for_timeout(PATIENCE * 1000)
    page.click(f"button:has-text('{button}')")


def test_an_answer_travels_from_the_dialog_to_the_icon(world, mailbox, browser, page):
    ticket, customer, address = make_ticket(world, "Carla")
    page.set_viewport_size({"width": 1680, "height": 1000})
    log_in(page, world, "anna")
    page.goto(f"{world.url}/odoo/helpdesk-tickets/{ticket}")
    page.wait_for_selector(".o_nps_line .o_nps_none")
    page.click("button[name=action_nps_pick_outcome]")
    page.click(".modal .o_radio_item label:has-text('Solved')")
    page.wait_for_selector(f".modal:has-text('{address}')")
    page.click(".modal button[name=action_confirm]")

    message = mailbox.wait(to=address)[0]
    assert message["To"] == f"Carla <{address}>"
    link = personal_link(message)

    customer_page = browser.new_context(
        viewport={"width": 360, "height": 740}
    ).new_page()
    customer_page.goto(f"{link}?s=9")
    assert customer_page.is_checked("#score-9")
    read_and_press(customer_page, "Send")
    customer_page.fill("textarea", "Anna was quick")
    read_and_press(customer_page, "Send")
    customer_page.wait_for_selector("text=Your words are stored")
    customer_page.context.close()
    noted = [["model", "=", "helpdesk.ticket"], ["body", "ilike", "Anna was quick"]]
    wait_until(lambda: world.call("mail.message", "search_count", noted), what="a note")

    page.goto(f"{world.url}/odoo/helpdesk-tickets/{ticket}")
    page.wait_for_selector(".o_nps_line .o_nps_promoter")
    assert page.text_content(".o_nps_line .o_nps_number").startswith("9")
    page.wait_for_selector(".o-mail-Message >> text=Anna was quick")
    page.goto(f"{world.url}/odoo/res.partner/{customer}")
    page.wait_for_selector(".o_nps_line .o_nps_promoter")
    page.goto(f"{world.url}/odoo/nps-responses")
    page.wait_for_selector(".o_data_row:has-text('Anna was quick')")


def test_a_customer_answers_by_plain_http_without_cookies_or_script(world, mailbox):
    ticket, customer, address = make_ticket(world, "Dora")
    invitation = pick(world, ticket)
    link = personal_link(mailbox.wait(to=address)[0])
    page = requests.get(f"{link}?s=0", timeout=30)
    assert page.status_code == 200
    assert not page.cookies
    answer = answer_patiently(f"{link}?s=0")
    assert "Thank you" in answer.text
    assert not answer.cookies
    assert invitation_is(world, invitation, "answered")
    (row,) = world.session("anna").call(
        "res.partner", "read", [customer], ["nps_score", "nps_category"]
    )
    assert (row["nps_score"], row["nps_category"]) == (0, "detractor")


def test_what_was_picked_while_the_mail_server_was_away_goes_out_by_itself(
    world, mailbox
):
    mailbox.stop()
    ticket, _customer, address = make_ticket(world, "Emil")
    invitation = pick(world, ticket)
    attempts = ["nps.invitation", "read", [invitation], ["attempts", "state"]]
    wait_until(lambda: world.call(*attempts)[0]["attempts"], what="a first try")
    assert invitation_is(world, invitation, "queued")
    mailbox.start()
    mailbox.wait(to=address, seconds=240)
    wait_until(lambda: invitation_is(world, invitation, "sent"), what="its state")
    assert len(mailbox.to(address)) == 1


def test_a_refused_address_shows_the_mail_servers_reason(world, mailbox):
    ticket, _customer, address = make_ticket(world, "Fritz")
    mailbox.refused.add(address)
    invitation = pick(world, ticket)
    wait_until(lambda: invitation_is(world, invitation, "failed"), what="its state")
    (row,) = world.session("anna").call(
        "helpdesk.ticket", "read", [ticket], ["nps_invitation_text"]
    )
    assert "No such mailbox" in row["nps_invitation_text"]


def test_no_secret_is_left_in_the_database(world, mailbox):
    ticket, _customer, address = make_ticket(world, "Gerda")
    pick(world, ticket)
    token = personal_link(mailbox.wait(to=address)[0]).rpartition("/")[2]
    places = {
        "mail_message": ("body", "subject"),
        "mail_mail": ("body_html", "headers"),
        "nps_invitation": ("note", "subject"),
        "nps_invitation_link": ("token_hash",),
    }
    for table, columns in places.items():
        for column in columns:
            query = f"SELECT count(*) FROM {table} WHERE {column} LIKE '%{token}%'"
            assert world.sql(query) == ["0"], f"{table}.{column}"
