"""What an agent best does next, and the rules behind it, as everybody can use them."""

import pytest
from axe import violations
from forms import answer_patiently
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
PANEL = ".o_nps_advice"
OURS = ".o_form_sheet .oe_title, .o_form_sheet .alert, .o_nps_hint"
"""What is ours on the form of a rule; the conditions are fields of Odoo's own."""
RULES = {
    "opening": "/odoo/nps-openings/{opening}",
    "advice": "/odoo/nps-next-best-actions/{advice}",
    "queue rule": "/odoo/nps-queue-rules/{rule}",
}
LISTS = ["/odoo/nps-openings", "/odoo/nps-next-best-actions", "/odoo/nps-queue-rules"]


@pytest.fixture(scope="module")
def known():
    """What the tests of this module share: an unhappy customer and the rules."""
    return {}


@pytest.fixture
def world(quiet_server, customer, known):
    """A ticket of a customer who was unhappy, and a rule of each kind."""
    if not known:
        link, contact = customer("Olga")
        answer_patiently(f"{link}?s=2")
        session = quiet_server.session()
        values = {"name": "No heating", "description": "Cold", "partner_id": contact}
        rule = {"name": "Unhappy", "category": "detractor", "priority": "2"}
        known["rule"] = session.create("nps.queue.rule", rule)
        known["ticket"] = session.create("helpdesk.ticket", values)
        known["opening"] = quiet_server.ref("nps.nps_opening_detractor")
        known["advice"] = quiet_server.ref("nps.nps_advice_detractor")
    return known


@pytest.fixture
def open_screen(log_in):
    """Open screens and wait until they stand."""

    def open_screen(path, viewport=DESKTOP):
        page = log_in(path=path, viewport=viewport)
        page.wait_for_selector(".o_view_controller")
        page.wait_for_timeout(1000)
        return page

    return open_screen


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
def test_axe_finds_nothing_on_the_next_best_action(open_screen, world, viewport):
    path = f"/odoo/helpdesk.ticket/{world['ticket']}"
    page = open_screen(path, viewport)
    panel = page.locator(PANEL)
    expect(panel).to_contain_text("Say that you take care of it")
    assert violations(page, PANEL) == []
    box = panel.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= viewport["width"]


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
@pytest.mark.parametrize("kind", RULES)
def test_axe_finds_nothing_on_a_rule(open_screen, world, kind, viewport):
    path = RULES[kind].format(**world)
    page = open_screen(path, viewport)
    assert violations(page, OURS) == []


@pytest.mark.parametrize("path", LISTS)
def test_axe_finds_nothing_on_the_cards_of_rules(open_screen, world, path):
    page = open_screen(path, PHONE)
    assert violations(page, ".o_kanban_record > *") == []


def test_axe_finds_nothing_when_rules_are_tried(open_screen, world):
    page = open_screen(LISTS[2])
    page.click("button:has-text('Try It')")
    page.fill(".modal .o_field_widget[name=partner_id] input", "Olga")
    page.click(".modal .dropdown-item:has-text('Olga')")
    expect(page.locator(".modal")).to_contain_text("Raises the priority")
    page.wait_for_timeout(500)
    assert violations(page, ".modal .o_field_widget[name=result]") == []
