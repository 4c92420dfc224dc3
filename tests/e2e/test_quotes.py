"""A customer's words: to the agent, to the website, and off it at once."""

import contextlib

import pytest
from axe import violations
from forms import answer_patiently, open_form, press
from playwright.sync_api import TimeoutError
from real_parts import personal_link

WORDS = "Quick & <b>kind</b>"


@pytest.fixture(scope="module")
def story(odoo_server, mailbox_of_module):
    """Let a customer praise and agree to be quoted; approve his quote."""
    survey = odoo_server.ref("nps.nps_survey_support")
    odoo_server.call("nps.survey", "write", [survey], {"asks_quote": True})
    link = ask(odoo_server, mailbox_of_module)
    answer_patiently(f"{link}?s=10")
    sent = answer_patiently(link, comment=WORDS, quote="1")
    assert "You allowed us to quote your words" in sent.text
    session = odoo_server.session()
    [response] = session.search_read("nps.response", [["score", "=", 10]], ["id"])
    quote = session.create("nps.quote", {"response_id": response["id"]})
    session.call("nps.quote", "action_approve", [quote])
    return link


def ask(server, mailbox):
    """Pick an outcome; return the customer's link from his mail."""
    create = server.session().create
    groups = ("nps.nps_group_user", "base.group_partner_manager")
    create(
        "res.users",
        {
            "name": "Anna Berger",
            "login": "anna",
            "password": "anna",
            "email": "anna@acme.example",
            "notification_type": "email",
            "group_ids": [[6, 0, [server.ref(group) for group in groups]]],
        },
    )
    address = "carla@customer.example"
    customer = create("res.partner", {"name": "Carla Customer", "email": address})
    session = server.session("anna")
    session.call("res.partner", "nps_pick_outcome", [customer], "solved")
    return personal_link(mailbox.wait(to=address)[0])


def stay_local(page):
    """Answer for other servers, whose fonts the editor waits for."""
    page.context.route(
        lambda url: "localhost" not in url and "127.0.0.1" not in url,
        lambda route: route.fulfill(status=200, body="", content_type="text/css"),
    )


def wait_for_frame_with(page, selector):
    """Wait until one of the frames of the editor shows something."""
    for _try in range(60):
        if any(frame.query_selector(selector) for frame in page.frames[1:]):
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"no frame has {selector}")


def open_people_in_editor(page, server):
    """Open the homepage's editor and its blocks about people.

    On a busy machine Odoo sometimes shows the page without its editor.
    """
    address = "/odoo/action-website.website_preview?path=/&enable_editor=1"
    for _try in range(3):
        page.goto(server.url + address)
        with contextlib.suppress(TimeoutError):
            return page.click(
                ".o_snippet[name='People'] .o_snippet_thumbnail_area", timeout=60_000
            )
    raise AssertionError("the editor of the website does not open")


def put_block_on_homepage(page, server):
    """Put the block on the homepage as an editor of the website does."""
    stay_local(page)
    page.set_viewport_size({"width": 1500, "height": 950})
    page.goto(f"{server.url}/web/login")
    page.fill("#login", "admin")
    page.fill("#password", "admin")
    page.press("#password", "Enter")
    page.wait_for_selector(".o_main_navbar")
    open_people_in_editor(page, server)
    dialog = page.frame_locator(".o_add_snippet_iframe")
    dialog.locator(".o_snippet_preview_wrap:has([data-snippet='s_nps_quotes'])").click()
    wait_for_frame_with(page, "#wrapwrap .s_nps_quote blockquote")
    page.click("button[data-action='save']")
    page.wait_for_selector(".o_builder_sidebar_open", state="detached")


def test_praise_reaches_the_agent_by_mail_and_holds_no_link(story, mailbox_of_module):
    told = mailbox_of_module.wait(to="anna@acme.example")
    [mail] = [m for m in told if "Praise" in m["Subject"]]
    assert "Carla Customer" in mail["Subject"]
    body = mail.get_body(("html",)).get_content()
    assert "Quick &amp; &lt;b&gt;kind" in body
    assert story.rpartition("/")[2] not in body


def test_words_stand_on_the_website_until_the_customer_withdraws(
    story, odoo_server, browser, page
):
    put_block_on_homepage(page, odoo_server)
    saved = odoo_server.session().search_read(
        "ir.ui.view", [["arch_db", "ilike", "s_nps_quotes"]], ["arch_db", "key"]
    )
    homepage = [view for view in saved if view["key"] == "website.homepage"]
    assert homepage and "Quick" not in str(homepage), "a page keeps no quote"

    visitor = browser.new_context().new_page()
    stay_local(visitor)
    visitor.goto(odoo_server.url)
    visitor.wait_for_selector(".s_nps_quotes h2:visible")
    assert visitor.inner_text("#wrap .s_nps_quote blockquote").strip() == WORDS
    assert visitor.inner_text("#wrap .s_nps_quote figcaption").startswith("Carla, ")

    for dark in ("o_cc1", "o_cc5"):
        block = "document.querySelector('.s_nps_quotes')"
        visitor.evaluate(f"{block}.classList.add('o_cc', '{dark}')")
        assert violations(visitor, ".s_nps_quotes") == []

    press(open_form(f"{story}?step=thanks"))
    with visitor.expect_response("**/website/snippet/filters") as answered:
        visitor.reload()
    assert answered.value.json()["result"] == []
    visitor.wait_for_load_state("networkidle")
    assert "Quick" not in visitor.content()
    assert not visitor.is_visible(".s_nps_quotes"), "no empty box is left"
    visitor.context.close()
