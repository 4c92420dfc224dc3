"""Addresses and answers that nobody should send, by plain HTTP."""

import time

import pytest
import requests
from forms import PATIENCE, open_form, press
from raw_http import exchange, request
from real_parts import invite

NO_SCORES = ["abc", "-1", "11", "5.0", "5,0", "1e1", "999999999", "", "٥", " 5 ", "0x5"]
NO_SCORES += ["１", "NaN", "inf", "5\0", "null", "true", "[]", "<b>", "05"]

NO_LINKS = {
    "nothing": b"/nps",
    "a slash": b"/nps/",
    "NUL": b"/nps/%00",
    "NUL at the end": b"/nps/{token}%00",
    "no UTF-8": b"/nps/%ff",
    "no UTF-8, bare": b"/nps/\xff",
    "too long": b"/nps/" + b"a" * 6000,
    "another token": b"/nps/" + b"a" * 43,
    "other case of the token": b"/nps/{swapped}",
    "other case of the path": b"/NPS/{token}",
    "dots": b"/nps/../web",
    "quoted dots": b"/nps/%2e%2e%2fweb",
    "deep": b"/nps/a/b/c",
    "a new line": b"/nps/x%0a",
    "a new line, deep": b"/nps/a/b%0ac",
    "dots and a new line": b"/nps/..%2f..%0a/answer",
    "a placeholder": b"/nps/personal/1",
    "a placeholder off all scales": b"/nps/personal/99999999999999999999",
    "a placeholder that is none": b"/nps/personal/-1",
}
METHODS = (b"PUT", b"DELETE", b"PATCH", b"TRACE")
TAILS = (b"", b"/answer", b"/opt-out", b"/go", b"/clicked")
FORM = [b"Content-Type: application/x-www-form-urlencoded"]
PARTS = [b"Content-Type: multipart/form-data; boundary=x"]


def part(name, value, more=b""):
    """Return one part of a multipart body with the boundary x."""
    head = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n' % (name, more)
    return head + value + b"\r\n"


REFUSED = {
    "JSON": (400, [b"Content-Type: application/json"], b'{"score": 5}'),
    "too many parts": (413, PARTS, part(b"a", b"") * 1001 + b"--x--\r\n"),
    "a field of 11 MB": (413, PARTS, part(b"comment", b"x" * 11_000_000)),
    "a length of 200 MB": (413, [*FORM, b"Content-Length: 200000000"], b"score=5"),
    "a comment of 30 MB": (413, FORM, b"score=5&comment=" + b"%C3%A9" * 5_000_000),
    "less than announced": (400, [*FORM, b"Content-Length: 99"], b"score=5"),
    "a score as a file": (
        400,
        PARTS,
        part(b"score", b"5", b'; filename="a.txt"') + b"--x--\r\n",
    ),
}


@pytest.fixture(scope="module")
def token(quiet_server, mailbox_of_module):
    """The secret of a customer who has not answered."""
    return invite(quiet_server, mailbox_of_module, "Ines").rpartition("/")[2].encode()


def send(server, method, path, headers=(), body=b""):
    """Send a request; whatever the answer is, it must keep the link private."""
    answer = exchange(server.url, request(method, path, headers, body))
    assert answer.status < 500, path
    assert answer.not_private() == [], f"{method} {path[:100]}: {answer.status}"
    return answer


def stored(server):
    return server.sql("SELECT count(*) FROM nps_response")


@pytest.mark.parametrize("path", NO_LINKS.values(), ids=NO_LINKS)
def test_every_address_that_is_no_link_shows_the_same_page(quiet_server, token, path):
    known = send(quiet_server, b"GET", b"/nps/unknown").body
    path = path.replace(b"{token}", token).replace(b"{swapped}", token.swapcase())
    answer = send(quiet_server, b"GET", path)
    assert (answer.status, answer.body) == (404, known)


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("method", METHODS)
def test_methods_that_a_form_does_not_use_are_refused(
    quiet_server, token, method, tail
):
    answer = send(quiet_server, method, b"/nps/" + token + tail, FORM, b"score=5")
    assert 400 <= answer.status < 500
    assert stored(quiet_server) == ["0"]


def test_a_score_that_is_none_is_asked_for_again(quiet_server, token):
    address = f"{quiet_server.url}/nps/{token.decode()}"
    form = open_form(address)
    time.sleep(PATIENCE)
    for score in NO_SCORES:
        answer = press(form, score=score, comment="My own words")
        assert answer.status_code == 422, repr(score)
        assert "score-10" in answer.text, repr(score)
        assert "My own words" in answer.text, repr(score)
    assert stored(quiet_server) == ["0"]


@pytest.mark.parametrize("refused", REFUSED.values(), ids=REFUSED)
def test_a_body_that_is_no_form_stores_nothing(quiet_server, token, refused):
    lowest, headers, body = refused
    path = b"/nps/%s/answer" % token
    answer = send(quiet_server, b"POST", path, headers, body)
    assert lowest <= answer.status < 500
    assert stored(quiet_server) == ["0"]


@pytest.mark.parametrize("tail", ["", "/answer", "/opt-out", "/go", "/clicked"])
@pytest.mark.parametrize("name", ["self", "token", "_query", "args", "kwargs", "db"])
def test_a_parameter_cannot_take_the_place_of_an_own_one(
    quiet_server, token, name, tail
):
    path = f"/nps/{token.decode()}{tail}?{name}=1".encode()
    send(quiet_server, b"GET", path)
    send(quiet_server, b"POST", path, FORM, f"{name}=1".encode())


def test_a_link_that_a_proxy_or_a_person_bent_keeps_its_secret(quiet_server, token):
    for path in (
        b"/nps//%s",
        b"//nps/%s",
        b"/nps/%s/",
        b"/en_US/nps/%s",
        b"/en/nps/%s",
    ):
        send(quiet_server, b"GET", path % token)


@pytest.mark.parametrize("size", [60_000, 5_000_000])
def test_a_long_comment_is_cut_with_a_word(quiet_server, mailbox, size):
    link = invite(quiet_server, mailbox, f"Long{size}")
    form = open_form(link)
    time.sleep(PATIENCE)
    answer = press(form, score="7", comment="x" * size)
    assert answer.status_code == 200
    assert "characters fit" in answer.text
    query = "SELECT length(r.comment) FROM nps_response r JOIN nps_invitation i "
    query += f"ON i.id = r.invitation_id WHERE i.customer_name = 'Long{size}'"
    assert 0 < int(quiet_server.sql(query)[0]) < size


COMMENTS = {
    "NUL": ("before%00after", "beforeafter"),
    "no UTF-8": ("before%ff%feafter", "before"),
    "HTML": ("%3Cb+onclick=x%3Ebold%3C/b%3E", "&lt;b onclick=x&gt;bold&lt;/b&gt;"),
    "script": ("%3Cscript%3Ealert(1)%3C/script%3E", "&lt;script&gt;alert(1)"),
    "QWeb": ("%3Ct+t-out=%221/0%22/%3E+{{ 1/0 }}", "{{ 1/0 }}"),
    "right to left": ("%E2%80%AEtext", "text"),
    "emoji": ("%F0%9F%98%80", "\U0001f600"),
}


@pytest.mark.parametrize("comment", COMMENTS.values(), ids=COMMENTS)
def test_a_strange_comment_is_kept_and_shown_as_text(
    quiet_server, mailbox, request, comment
):
    sent, shown = comment
    name = "".join(filter(str.isalnum, request.node.name))
    address, values = open_form(invite(quiet_server, mailbox, name))
    time.sleep(PATIENCE)
    fields = [f"{key}={value}" for key, value in values.items()]
    body = "&".join([*fields, "score=7", f"comment={sent}"])
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = requests.post(address, body.encode(), headers=headers, timeout=30)
    assert answer.status_code == 200
    assert shown in answer.text.replace("&#34;", '"')
