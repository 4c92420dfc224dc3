"""A customer's last answer wherever he appears, on a screen and on a phone."""

import re

import pytest
from axe import violations
from forms import answer_patiently
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
BADGE = "button.o_nps_has_card"
CARD = "[role=dialog] .o_nps_card"
SCREENS = {
    "contact": "/odoo/res.partner/{contact}",
    "contacts": "/odoo/action-contacts.action_contacts?view_type=list",
    "contact cards": "/odoo/action-contacts.action_contacts?view_type=kanban",
    "ticket": "/odoo/helpdesk.ticket/{ticket}",
    "tickets": "/odoo/helpdesk-tickets?view_type=list",
    "ticket cards": "/odoo/helpdesk-tickets?view_type=kanban",
}


@pytest.fixture(scope="module")
def known():
    """What the tests of this module share: the customer of whom they speak."""
    return {}


@pytest.fixture
def ticket(quiet_server, customer, known):
    """A ticket of a customer who was unhappy; the same for all tests."""
    if not known:
        link, contact = customer("Nadia")
        answer_patiently(f"{link}?s=3", comment="Nobody called back")
        values = {"name": "No heating", "description": "Cold", "partner_id": contact}
        known["contact"] = contact
        known["ticket"] = quiet_server.session().create("helpdesk.ticket", values)
    return known


def open_screen(log_in, ticket, screen, **options):
    page = log_in(path=SCREENS[screen].format(**ticket), **options)
    page.locator(BADGE).first.wait_for()
    return page


@pytest.mark.parametrize("screen", SCREENS)
def test_the_last_answer_stands_on_every_screen(log_in, ticket, screen):
    page = open_screen(log_in, ticket, screen)
    badge = page.locator(f"{BADGE}.o_nps_detractor").first
    expect(badge).to_have_accessible_name(
        re.compile("Detractor.*3 of 10|3 of 10.*Detr")
    )


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_on_what_we_add(log_in, ticket, screen):
    page = open_screen(log_in, ticket, screen)
    check_with_axe(page)


def test_axe_finds_nothing_on_a_phone(log_in, ticket):
    check_with_axe(open_screen(log_in, ticket, "ticket", viewport=PHONE))


def check_with_axe(page):
    """Open the score card and let axe look at it and at what stands beside it."""
    page.locator(BADGE).first.click()
    page.locator(CARD).wait_for()
    page.wait_for_timeout(500)
    assert violations(page, ".o_nps_popover") == []
    for badge in (".o_nps_score", ".o_nps_sparkline"):
        if page.locator(badge).count():
            assert violations(page, badge) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_a_tap_shows_the_card_and_opens_nothing_else(log_in, ticket, screen):
    page = open_screen(log_in, ticket, screen, viewport=PHONE, has_touch=True)
    before = page.url
    page.locator(f"{BADGE}.o_nps_detractor").first.tap()
    card = page.locator(CARD)
    expect(card).to_contain_text("Nobody called back")
    assert page.url == before
    box = card.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]


def test_a_key_opens_the_card_and_escape_closes_it(log_in, ticket):
    page = open_screen(log_in, ticket, "contact")
    badge = page.locator(f".o_nps_line {BADGE}")
    badge.focus()
    page.keyboard.press("Enter")
    expect(page.locator(CARD)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(CARD)).to_have_count(0)
    expect(badge).to_be_focused()


def test_the_avatar_card_of_a_customer_shows_his_last_answer(
    log_in, ticket, quiet_server
):
    values = {"body": "Still cold", "author_id": ticket["contact"]}
    quiet_server.call("helpdesk.ticket", "message_post", [ticket["ticket"]], **values)
    page = open_screen(log_in, ticket, "ticket")
    message = page.locator(".o-mail-Message").filter(has_text="Still cold")
    message.locator(".o-mail-Message-avatar").click()
    expect(page.locator(".o_avatar_card .o_nps_detractor").first).to_contain_text("3")


def test_what_was_typed_stays_when_an_answer_arrives(log_in, customer):
    link, contact = customer("Olga")
    page = log_in(path=f"/odoo/res.partner/{contact}")
    page.wait_for_selector(".o_form_view .o_nps_score.o_nps_none")
    page.fill(".o_field_widget[name=function] input", "Typed and not saved")
    page.wait_for_timeout(1500)
    answer_patiently(f"{link}?s=9")
    expect(page.locator(".o_nps_line .o_nps_promoter").first).to_be_visible()
    typed = page.locator(".o_field_widget[name=function] input")
    expect(typed).to_have_value("Typed and not saved")
