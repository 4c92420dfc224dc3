"""How many queries a customer's page costs, as Odoo itself counts them."""

import re
import time

import pytest
import requests
from forms import PATIENCE, answer_patiently, open_form, press
from real_parts import invite

LINE = re.compile(r'"(GET|POST) (/nps/\S+) HTTP/[\d.]+" (\d+) - (\d+) ')
MOST_FOR_GET = 3
MOST_FOR_POST = 14
MOST_FOR_CORRECTION = 16


def queries(server, method, token):
    """Return the numbers of queries of a customer's requests, oldest first."""
    lines = LINE.findall(server.log.read_text(errors="replace"))
    return [
        int(count)
        for verb, path, _status, count in lines
        if verb == method and token in path
    ]


def walk(link):
    """Open, answer, and say why, as a browser does it."""
    requests.get(f"{link}?s=9", timeout=30)
    answer_patiently(f"{link}?s=9")
    requests.get(link, timeout=30)
    answer_patiently(link, comment="Quick", contact="1")
    requests.get(link, timeout=30)
    requests.get(f"{link}?s=2", timeout=30)


@pytest.fixture(scope="module")
def token(quiet_server, mailbox_of_module):
    """The secret of a customer who walked all pages, on a server that is warm."""
    walk(invite(quiet_server, mailbox_of_module, "Warmer"))
    link = invite(quiet_server, mailbox_of_module, "Carla")
    walk(link)
    time.sleep(0.5)
    return link.rpartition("/")[2]


def test_opening_a_page_takes_few_queries(quiet_server, token):
    found = queries(quiet_server, "GET", token)
    assert len(found) >= 6
    assert max(found) <= MOST_FOR_GET, found


def test_storing_an_answer_takes_few_queries(quiet_server, token):
    found = queries(quiet_server, "POST", token)
    assert len(found) >= 2
    assert max(found) <= MOST_FOR_POST, found


def test_correcting_an_answer_takes_few_queries(quiet_server, mailbox_of_module):
    link = invite(quiet_server, mailbox_of_module, "Dora")
    answer_patiently(f"{link}?s=9")
    form = open_form(f"{link}?s=2")
    time.sleep(PATIENCE)
    press(form, change="1")
    time.sleep(0.5)
    found = queries(quiet_server, "POST", link.rpartition("/")[2])
    assert len(found) == 2
    assert max(found) <= MOST_FOR_CORRECTION, found
