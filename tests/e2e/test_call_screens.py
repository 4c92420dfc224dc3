"""An agent's telephone rings: real server, real websocket, real browser."""

import pytest
from axe import violations

NUMBER = "+49 30 1234567"
SCREENS = {"desktop": (1280, 800), "phone": (360, 740)}
PLACES = {
    "person": "030 1234567",
    "several": "030 5555555",
    "company": "030 9999999",
    "unknown": "030 7654321",
    "hidden": "anonymous",
    "internal": "12",
    "malformed": "<script>alert(1)</script>",
}


@pytest.fixture(scope="module")
def server(quiet_server):
    """A server with a contact for each way in which a caller is found."""
    germany = quiet_server.call("res.country", "search", [["code", "=", "DE"]])[0]
    company = quiet_server.ref("base.main_company")
    quiet_server.call("res.company", "write", [company], {"country_id": germany})
    create = quiet_server.session().create
    create("res.partner", {"name": "Carla Customer", "phone": NUMBER})
    for name in ("Ann", "Bob"):
        create("res.partner", {"name": name, "phone": "+49 30 5555555"})
    firm = {"name": "Blue Sky", "is_company": True, "phone": "+49 30 9999999"}
    firm["child_ids"] = [
        [0, 0, {"name": name, "phone": "+49 30 9999999"}] for name in ("Carl", "Cleo")
    ]
    create("res.partner", firm)
    return quiet_server


@pytest.fixture(scope="module", params=SCREENS)
def agent(browser, server, request):
    """The browser of an agent who is logged in, on a desktop and on a phone."""
    width, height = SCREENS[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(f"{server.url}/nps/call?number=0301234567")
    page.fill("#login", "admin")
    page.fill("#password", "admin")
    page.press("#password", "Enter")
    page.wait_for_selector(".o_nps_caller")
    yield page
    context.close()


def barriers(page, place):
    """Return what axe finds in a part of the page, when all has faded in."""
    page.wait_for_timeout(500)
    return violations(page, place)


def test_after_the_login_an_agent_is_back_at_the_call(agent):
    assert "/odoo/nps-call/" in agent.url
    assert agent.text_content(".o_nps_caller_name") == "Carla Customer"
    agent.wait_for_selector(".o_nps_caller .o_nps_card")


def test_every_way_to_be_found_is_on_one_screen_without_barriers(agent, server):
    for found, number in PLACES.items():
        agent.goto(f"{server.url}/odoo")
        agent.goto(f"{server.url}/nps/call?number={number.replace('+', '%2B')}")
        agent.wait_for_selector(f".o_nps_caller[data-found={found}]")
        assert barriers(agent, ".o_nps_call") == [], found
        width = "document.documentElement.scrollWidth <= innerWidth"
        assert agent.evaluate(width), found
    assert agent.errors == []


def test_a_reload_shows_the_same_caller(agent, server):
    agent.goto(f"{server.url}/nps/call?number=030 5555555")
    agent.wait_for_selector(".o_nps_caller[data-found=several]")
    agent.reload()
    agent.wait_for_selector(".o_nps_caller[data-found=several]")
    choices = agent.locator(".o_nps_caller_choice").all_text_contents()
    assert sorted(choices) == ["Ann", "Bob"]
    agent.click(".o_nps_caller_choices button:has-text('Bob')")
    agent.wait_for_selector(".o_nps_caller[data-found=person]")
    agent.reload()
    agent.wait_for_selector(".o_nps_caller[data-found=person]")
    assert agent.text_content(".o_nps_caller_name") == "Bob"


def test_a_ring_pops_up_over_the_work_and_takes_no_focus(agent, server):
    agent.goto(f"{server.url}/odoo/res.partner/new")
    name = ".o_form_view .o_field_widget[name=name] :is(input, textarea)"
    agent.fill(name, "Half a na")
    # Until the websocket is open.
    agent.wait_for_timeout(2000)
    for number in ("030 1234567", "030 5555555", "anonymous"):
        answer = server.call("res.partner", "nps_ring", number)
        agent.wait_for_selector(f".o_nps_caller[data-found={answer['found']}]")
        assert barriers(agent, ".o_nps_rings") == [], number
    agent.keyboard.type("me")
    assert agent.input_value(name) == "Half a name"
    assert agent.locator(".o_nps_ring").count() == 3
    assert agent.errors == []


def test_a_call_that_is_closed_in_one_tab_goes_in_all(agent, server):
    agent.goto(f"{server.url}/odoo/res.partner/new")
    other = agent.context.new_page()
    other.goto(f"{server.url}/odoo/res.partner/new")
    other.wait_for_timeout(2000)
    server.call("res.partner", "nps_ring", "030 1234567")
    for tab in (agent, other):
        tab.wait_for_selector(".o_nps_ring")
    while other.locator(".o_nps_ring").count():
        # One that went away meanwhile need not be pressed.
        other.evaluate("document.querySelector('.o_nps_ring .btn-close')?.click()")
        other.wait_for_timeout(200)
    agent.wait_for_selector(".o_nps_ring", state="detached")
    other.close()


def test_no_number_of_a_caller_stands_in_the_log(agent, server):
    agent.goto(f"{server.url}/nps/call?number=030 5555555")
    agent.wait_for_selector(".o_nps_caller[data-found=several]")
    server.call("res.partner", "nps_ring", "030 1234567")
    log = server.log.read_text(errors="replace")
    assert "/nps/call?number=…" in log
    for digits in ("5555555", "1234567", "7654321"):
        assert digits not in log
