"""Every page and state of the customer's door, as people with other senses meet it."""

import pytest
from axe import violations
from forms import PATIENCE
from real_parts import invite

PHONE = {"width": 320, "height": 700}
SMALLEST_TARGET = 44
"""CSS pixels of what a finger has to hit."""


def press(page, button):
    """Press a button of a page after reading it."""
    page.wait_for_timeout(PATIENCE * 1000)
    page.click(f"button:has-text('{button}')")
    page.wait_for_load_state()


@pytest.fixture(scope="module")
def survey(quiet_server):
    """Make the survey show everything that it can."""
    survey = quiet_server.ref("nps.nps_survey_support")
    values = {
        "asks_quote": True,
        "button_promoter": "Leave a review",
        "button_promoter_url": "https://reviews.example/acme",
        "thanks_promoter": "You made our day.",
    }
    quiet_server.call("nps.survey", "write", [survey], values)
    choices = [[0, 0, {"name": name}] for name in ("Shop", "Online", "Elsewhere")]
    values = {"name": "Where?", "kind": "choice", "survey_id": survey}
    quiet_server.session().create("nps.driver", {**values, "choice_ids": choices})
    return survey


@pytest.fixture(params=["light", "dark"])
def phone(browser, request):
    """A small phone, in the light and in the dark."""
    context = browser.new_context(viewport=PHONE, color_scheme=request.param)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def link(quiet_server, mailbox, survey, request):
    """The link of a customer of his own."""
    name = "".join(c for c in request.node.name.title() if c.isalnum())
    return invite(quiet_server, mailbox, name)


def states(page, link):
    """Walk through all states of the pages; yield the name of each."""
    page.goto(f"{link}?s=9")
    yield "question"
    page.click("button:has-text('Send')")
    yield "sent too fast"
    press(page, "Send")
    yield "after the score"
    page.check("input[name=quote]")
    page.check("input[name=contact]")
    page.fill("textarea", "Quick and kind")
    press(page, "Send")
    yield "thanks"
    page.click("summary")
    yield "change opened"
    page.goto(f"{link}?step=more")
    yield "more"
    page.goto(f"{link}?s=2")
    yield "another score"
    press(page, "Change it to 2")
    yield "after the change"
    page.goto(f"{link}/opt-out")
    yield "opt-out"
    page.goto(f"{link}x")
    yield "unknown link"


def test_axe_finds_nothing_in_any_state(phone, link):
    seen = []
    for state in states(phone, link):
        assert violations(phone) == [], state
        seen.append(state)
    assert len(seen) == 10


def test_axe_finds_nothing_when_the_score_is_missing(phone, link):
    phone.goto(link)
    press(phone, "Send")
    assert "choose a number" in phone.text_content("#nps-error")
    assert violations(phone) == []


def test_axe_finds_nothing_when_answers_contradict_each_other(phone, browser, link):
    pages = [browser.new_context().new_page() for _index in range(2)]
    for page, score in zip(pages, (3, 9), strict=True):
        page.goto(f"{link}?s={score}")
    for page in pages:
        press(page, "Send")
    phone.goto(link)
    assert "Which answer is yours?" in phone.text_content("h1")
    assert violations(phone) == []


def test_axe_finds_nothing_from_right_to_left(phone, link, quiet_server):
    languages = ["res.lang", "search", [["code", "=", "ar_001"]]]
    found = quiet_server.call(*languages, context={"active_test": False})
    quiet_server.call("res.lang", "write", found, {"active": True})
    phone.goto(f"{link}?lang=ar_001")
    assert phone.get_attribute("html", "dir") == "rtl"
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_nothing_is_wider_than_a_small_phone(phone, link):
    for state in states(phone, link):
        width = phone.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], state


def test_everything_to_press_is_large_enough_for_a_finger(phone, link):
    targets = "button, .button, summary, .chip, .tick, .scale label, .values label"
    for state in states(phone, link):
        for target in phone.query_selector_all(targets):
            box = target.bounding_box()
            if box and target.is_visible():
                size = (state, target.text_content().strip(), box)
                assert box["height"] >= SMALLEST_TARGET, size


def test_arrow_keys_choose_and_do_not_send(page, link):
    page.goto(link)
    page.focus("#score-0")
    page.keyboard.press("Space")
    for _index in range(3):
        page.keyboard.press("ArrowRight")
    assert page.is_checked("#score-3")
    assert page.url == link


def test_the_page_is_used_with_the_keyboard_alone(page, link, quiet_server):
    page.goto(link)
    page.focus("#score-0")
    page.keyboard.press("Space")
    page.wait_for_timeout(PATIENCE * 1000)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Send"
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Your answer is stored")


def test_focus_is_seen(page, link):
    page.goto(link)
    page.focus("#score-0")
    page.keyboard.press("Space")
    label = "getComputedStyle(document.querySelector('#score-0 + label')).outlineStyle"
    assert page.evaluate(label) == "solid"


def test_it_works_without_script_and_asks_no_third_party(browser, link, quiet_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{link}?s=10")
    press(page, "Send")
    page.wait_for_selector("text=Your answer is stored")
    assert asked
    assert [url for url in asked if not url.startswith(quiet_server.url)] == []
    assert context.cookies() == []
    context.close()


def test_a_page_is_light(page, link):
    for state in states(page, link):
        # Style included, and not compressed: a proxy only makes it lighter.
        assert len(page.content().encode()) < 60_000, state
