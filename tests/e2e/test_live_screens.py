"""Screens that change by themselves: a real bus, a real browser, and nobody reloads."""

import re

import pytest
from axe import violations
from forms import answer_patiently
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
LOW = {"width": 1280, "height": 420}
CARD = "[role=feed] > [role=article]"
OURS = ".o_action_manager"
"""What is between Odoo's own bars."""


def say(link, score, **typed):
    """Answer as the customer does, from elsewhere."""
    answer_patiently(f"{link}?s={score}", **typed)


def assert_same_page(page):
    assert page.evaluate("window.isTheSamePage"), "somebody reloaded the page"


def watch_requests(page):
    """Note the calls to the server from now on."""
    calls = []
    page.on("request", lambda request: calls.append(request.url))
    return calls


def test_an_answer_appears_in_the_feed_that_is_open(log_in, customer):
    link, _contact = customer("Frieda")
    page = log_in(path="/odoo/nps-latest")
    page.wait_for_timeout(1500)
    say(link, 9, comment="Quick and kind")
    card = page.locator(CARD).filter(has_text="Frieda")
    expect(card).to_contain_text("9 of 10")
    expect(card).to_contain_text("Quick and kind")
    assert_same_page(page)


def test_a_correction_changes_the_card_and_brings_a_new_one(log_in, customer):
    link, _contact = customer("Gustav")
    page = log_in(path="/odoo/nps-latest")
    page.wait_for_timeout(1500)
    say(link, 9)
    cards = page.locator(CARD).filter(has_text="Gustav")
    expect(cards).to_have_count(1)
    answer_patiently(f"{link}?s=2", change="1")
    expect(cards).to_have_count(2)
    expect(cards.nth(0)).to_contain_text("2 of 10")
    expect(cards.nth(1)).to_contain_text("Corrected by the customer")
    assert_same_page(page)


def test_the_badge_of_an_open_contact_changes_by_itself(log_in, customer):
    link, contact = customer("Hanna")
    page = log_in(path=f"/odoo/res.partner/{contact}")
    page.wait_for_selector(".o_form_view .o_nps_score.o_nps_none")
    page.wait_for_timeout(1500)
    say(link, 0)
    expect(
        page.locator(".o_form_view .o_nps_score.o_nps_detractor").first
    ).to_be_visible()
    assert_same_page(page)


def test_an_open_feed_asks_nothing_while_nothing_happens(log_in, customer):
    link, _contact = customer("Ida")
    say(link, 8)
    page = log_in(path="/odoo/nps-latest")
    page.wait_for_selector(CARD)
    page.wait_for_timeout(2000)
    calls = watch_requests(page)
    page.wait_for_timeout(3000)
    assert not [url for url in calls if "nps.response" in url]


def test_the_agent_is_told_discreetly_and_opens_the_answer(
    log_in, customer, quiet_server
):
    link, _contact = customer("Jonas")
    # Whoever opens Odoo hears also what was told in the last minute.
    quiet_server.run_cron("nps.ir_cron_nps_echo")
    quiet_server.sql("DELETE FROM bus_bus")
    page = log_in(path="/odoo/nps-latest")
    page.wait_for_timeout(1500)
    say(link, 10)
    quiet_server.run_cron("nps.ir_cron_nps_echo")
    notice = page.locator(".o_notification").filter(has_text="Jonas")
    expect(notice).to_contain_text("New answer: 10 of 10 (Promoter)")
    notice.get_by_role("button", name="Open").click()
    form = re.compile(r"/nps-responses/\d+|/nps\.response/\d+")
    expect(page).to_have_url(form, timeout=30_000)
    expect(page.locator(".o_form_view")).to_contain_text("Jonas")
    assert_same_page(page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
def test_axe_finds_nothing_on_the_feed(log_in, customer, viewport):
    link, _contact = customer(f"Karl{viewport['width']}")
    say(link, 3, comment="Nobody called back. " * 30)
    page = log_in(path="/odoo/nps-latest", viewport=viewport)
    page.wait_for_selector(CARD)
    page.wait_for_timeout(1000)
    assert violations(page, OURS) == []


def test_axe_finds_nothing_while_new_answers_are_held_back(log_in, customer):
    link, _contact = customer("Lena")
    page = log_in(path="/odoo/nps-latest", viewport=LOW)
    page.wait_for_selector(CARD)
    page.wait_for_timeout(1500)
    page.locator(CARD).last.scroll_into_view_if_needed()
    say(link, 9)
    pill = page.get_by_role("button", name="1 new answer")
    expect(pill).to_be_visible()
    # Colours are compared when it has faded in.
    page.wait_for_timeout(1000)
    assert violations(page, OURS) == []
    pill.click()
    expect(page.locator(CARD).first).to_contain_text("Lena")
    expect(page.locator(CARD).first).to_be_in_viewport()


def test_axe_finds_nothing_on_the_feed_without_such_answers(log_in):
    page = log_in(path="/odoo/nps-latest")
    page.click("[data-category=passive]")
    page.click(".o_nps_feed_words")
    page.wait_for_timeout(1000)
    assert violations(page, OURS) == []
