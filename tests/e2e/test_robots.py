"""What mail scanners do with the links of a mail, by plain HTTP."""

import re
import time

import pytest
import requests
from forms import PATIENCE, answer_patiently, open_form, press
from real_parts import invite, wait_until

AGENTS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/124.0.0.0 Safari/537.36 Edg/124.0.0.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko)",
    "Microsoft Office Existence Discovery",
    "Barracuda Sentinel (EE)",
    "GoogleImageProxy",
    "curl/8.5.0",
    "",
]


def links_of(link):
    """Return every address that a mail may carry for one customer."""
    scores = [f"{link}?s={score}" for score in range(11)]
    pages = [link, f"{link}/opt-out", f"{link}/answer", f"{link}/clicked"]
    return [*scores, *pages, f"{link}/go?to=/", f"{link}/go?to=/contactus&ask=0"]


def visit(method, address, agent):
    """Open an address as a robot; the website counts visitors, so go no further."""
    headers = {"User-Agent": agent}
    return requests.request(
        method, address, headers=headers, allow_redirects=False, timeout=30
    )


def written(server):
    """Return how many rows were ever written in the database.

    A connection reports its figures at the latest when it ends, so all are ended; Odoo
    opens new ones.
    """
    others = "FROM pg_stat_activity WHERE datname = current_database() "
    others += "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    server.sql(f"SELECT pg_terminate_backend(pid) {others}")
    wait_until(lambda: server.sql(f"SELECT count(*) {others}") == ["0"], what="quiet")
    query = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables"
    return int(server.sql(query)[0])


def answers(server, name):
    """Return (state, score, comment) of all that was stored for a customer."""
    query = (
        "SELECT r.state, r.score, coalesce(r.comment, '') FROM nps_response r "
        "JOIN nps_invitation i ON i.id = r.invitation_id "
        f"WHERE i.customer_name = '{name}' ORDER BY r.id"
    )
    return [tuple(line.split("|")) for line in server.sql(query)]


def invitation_id(server, name):
    """Return the id of a customer's invitation."""
    query = f"SELECT id FROM nps_invitation WHERE customer_name = '{name}'"
    return server.sql(query)[0]


@pytest.fixture
def customer(quiet_server, mailbox, request):
    """A customer whom nobody knows yet: (name, link)."""
    name = re.sub(r"\W", "", request.node.name.title())
    return name, invite(quiet_server, mailbox, name)


def test_the_counter_of_written_rows_moves_when_somebody_answers(
    quiet_server, customer
):
    _name, link = customer
    before = written(quiet_server)
    assert written(quiet_server) == before
    answer_patiently(link, score="9")
    assert written(quiet_server) > before


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_no_link_of_a_mail_writes_when_a_robot_opens_it(quiet_server, customer, method):
    name, link = customer
    placeholder = f"{quiet_server.url}/nps/personal/{invitation_id(quiet_server, name)}"
    addresses = [*links_of(link), placeholder, f"{placeholder}?s=3"]
    # The values of a form in the address must not be taken for a form.
    addresses += [f"{link}/answer?score=9&comment=x", f"{link}/opt-out?only_metric=1"]
    requests.get(link, timeout=30)
    before = written(quiet_server)
    for agent in AGENTS:
        for address in addresses:
            assert visit(method, address, agent).status_code < 500, address
    assert written(quiet_server) == before
    assert answers(quiet_server, name) == []


def test_options_with_the_body_of_an_answer_writes_nothing(quiet_server, customer):
    name, link = customer
    before = written(quiet_server)
    for tail in ("", "/answer", "/opt-out", "/clicked"):
        requests.options(link + tail, data={"score": "9"}, timeout=30)
    assert written(quiet_server) == before
    assert answers(quiet_server, name) == []


def test_a_scanner_that_repeats_an_answer_changes_nothing(quiet_server, customer):
    """Replay what was published as odoo/odoo issue 262262.

    The customer opened the link twice and answered; 35 seconds later the scanner of
    his mail program opened the same and other links and sent the form again.
    """
    name, link = customer
    requests.get(f"{link}?s=5", timeout=30)
    form = open_form(f"{link}?s=5")
    time.sleep(PATIENCE)
    press(form, comment="It was all right")
    assert answers(quiet_server, name) == [("counted", "5", "It was all right")]
    press(form)
    press(form, comment="")
    for address in links_of(link):
        requests.get(address, timeout=30)
    answer_patiently(f"{link}?s=5")
    answer_patiently(f"{link}?s=5", comment="")
    assert answers(quiet_server, name) == [("counted", "5", "It was all right")]


def test_a_scanner_that_sends_another_score_changes_nothing(quiet_server, customer):
    name, link = customer
    form = open_form(f"{link}?s=5")
    time.sleep(PATIENCE)
    press(form)
    for score in ("1", "3"):
        press(form, score=score)
        requests.post(f"{link}/answer", {"score": score}, timeout=30)
    found = answers(quiet_server, name)
    assert [row for row in found if row[0] == "counted"] == [("counted", "5", "")]
    assert "superseded" not in [row[0] for row in found]


def test_a_scanner_that_sends_all_forms_before_the_customer_is_not_counted(
    quiet_server, customer
):
    name, link = customer
    forms = [open_form(f"{link}?s={score}") for score in range(11)]
    time.sleep(PATIENCE)
    for form in forms:
        press(form)
    found = answers(quiet_server, name)
    assert found
    assert {state for state, _score, _comment in found} == {"suspect"}


def test_a_scanner_does_not_opt_a_customer_out_by_opening_links(quiet_server, customer):
    _name, link = customer
    for address in links_of(link):
        requests.get(address, timeout=30)
    assert quiet_server.sql("SELECT count(*) FROM nps_opt_out") == ["0"]
