"""Whatever is sent to the public routes: no error of the server, nothing leaks.

The cases are the same in each run. For others, set ``NPS_FUZZ_RANDOM=1``; for more of
them, ``NPS_FUZZ_CASES=20000``.
"""

import json
import os
from urllib.parse import quote_from_bytes, urlsplit

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from raw_http import exchange, request
from real_parts import invite

CASES = int(os.environ.get("NPS_FUZZ_CASES", 2200))
RANDOM = bool(os.environ.get("NPS_FUZZ_RANDOM"))
LINKS = ("fresh", "asked", "answered", "expired", "cancelled")
HIDDEN = ("page", "score", "comment", "change", "only_metric", "ask", "to", "s", "done")

METHODS = [b"GET", b"HEAD", b"OPTIONS", b"POST", b"PUT", b"DELETE", b"PATCH", b"TRACE"]
TAILS = [
    b"",
    b"/answer",
    b"/opt-out",
    b"/go",
    b"/clicked",
    b"/",
    b"/other",
    b"/answer/",
]
SCORES = [b"9", b"0", b"-1", b"11", b"", b"5\0", b"\xd9\xa5", b"NaN", b"1e1", b" 5 "]
CONTENT_TYPES = [
    b"application/x-www-form-urlencoded",
    b"application/x-www-form-urlencoded; charset=utf-16",
    b"application/json",
    b"application/json; charset=no-such-charset",
    b"multipart/form-data",
    b"multipart/form-data; boundary=x",
    b"multipart/form-data; boundary=" + b"y" * 300,
    b"multipart/mixed; boundary=x",
    b"text/plain; charset=utf-7",
    b"text/xml",
    b"/",
    b"\xff\xfe",
    b"",
]
OTHER_HEADERS = [
    b"Accept-Language: xx-YY,\xff;q=2",
    b"Accept: application/json",
    b"Authorization: Bearer nothing",
    b"Content-Encoding: gzip",
    b"Content-Length: -1",
    b"Content-Length: 99999",
    b"Content-Length: five",
    b"Cookie: session_id=../../x; frontend_lang=zz_ZZ; tz=Mars/North",
    b"Cookie: session_id=" + b"a" * 84,
    b"Expect: 100-continue",
    # A host that is none breaks every page of Odoo, and passes no proxy.
    b"Host: elsewhere.example:8069",
    b"If-None-Match: *",
    b"Origin: null",
    b"Range: bytes=5-1",
    b"Referer: \xff",
    b"Transfer-Encoding: chunked",
    b"User-Agent:",
    b"X-Forwarded-For: \xe2\x80\xae, 1.2.3.4.5",
    b"X-HTTP-Method-Override: DELETE",
    b"X-Requested-With: XMLHttpRequest",
]

some_bytes = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=30).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(
        [b"\0", b"\xff\xfe", b"<script>", b"../..", b"{{7*7}}", b"%", b"'"]
    ),
)
quoted = some_bytes.map(lambda found: quote_from_bytes(found).encode())
huge = st.integers(10_000, 200_000).map(lambda size: b"x" * size)


def form_of(pairs):
    """Return pairs as a form; the ends of some lines are broken on purpose."""
    return b"&".join(name + b"=" + value for name, value in pairs)


names = st.one_of(st.sampled_from([name.encode() for name in HIDDEN]), quoted)
values = st.one_of(
    st.sampled_from(SCORES).map(lambda found: quote_from_bytes(found).encode()),
    quoted,
    some_bytes.filter(lambda found: b"&" not in found),
)
queries = st.lists(st.tuples(names, st.one_of(quoted, st.just(b"9"))), max_size=4).map(
    lambda pairs: b"?" + form_of(pairs) if pairs else b""
)
forms = st.lists(st.tuples(names, st.one_of(values, huge)), max_size=6).map(form_of)
answers = st.tuples(st.sampled_from(SCORES), some_bytes).map(
    lambda pair: form_of(
        [(b"score", quote_from_bytes(pair[0]).encode()), (b"comment", pair[1])]
    )
)
nested = st.integers(1, 20_000).map(lambda depth: b"[" * depth + b"]" * depth)
documents = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner)
    ),
    max_leaves=8,
).map(lambda found: json.dumps(found).encode())


def parts_of(entries):
    """Return entries as the parts of a multipart body with the boundary x."""
    parts = [
        b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % entry
        for entry in entries
    ]
    return b"".join([*parts, b"--x--\r\n"])


many_parts = st.integers(990, 1010).map(
    lambda count: parts_of([(b"a", b"", b"")] * count)
)
multiparts = st.lists(
    st.tuples(
        names,
        st.sampled_from([b"", b'; filename="a.txt"', b"; filename*=utf-8''%ff", b";;"]),
        st.one_of(values, huge),
    ),
    max_size=4,
).map(parts_of)
bodies = st.one_of(
    st.just(b""),
    answers,
    answers,
    forms,
    multiparts,
    many_parts,
    documents,
    nested,
    some_bytes,
)

tokens = st.one_of(
    st.sampled_from([b"{%s}" % name.encode() for name in LINKS]),
    st.sampled_from([b"{%s}" % name.encode() for name in LINKS]),
    st.sampled_from(
        [
            b"%00",
            b"%ff",
            b"\xff",
            b"%0a",
            b"a/b%0ac",
            b"..%2f..%0a",
            b"a" * 6000,
            b"a" * 43,
            b"..",
            b"%2e%2e%2fweb",
            b"%",
        ]
    ),
    st.sampled_from([b"{upper}", b"{fresh}%00", b"{fresh}%20", b"personal/1", b"."]),
    quoted,
)
paths = st.tuples(tokens, st.one_of(st.sampled_from(TAILS), quoted)).map(b"".join)
content_types = st.sampled_from(CONTENT_TYPES).map(
    lambda found: b"Content-Type: " + found
)
headers = st.tuples(
    st.lists(content_types, max_size=1),
    st.lists(st.sampled_from(OTHER_HEADERS), max_size=3, unique=True),
).map(lambda pair: pair[0] + pair[1])
requests_of_all_kinds = st.builds(
    request,
    method=st.sampled_from([b"POST"] * 6 + METHODS),
    path=st.tuples(st.just(b"/nps/"), paths, queries).map(b"".join),
    headers=headers,
    body=bodies,
)


@pytest.fixture(scope="module")
def links(quiet_server, mailbox_of_module):
    """Five customers' links: one is answered, one expired, one withdrawn."""
    found = {
        name: urlsplit(invite(quiet_server, mailbox_of_module, name)).path.encode()[5:]
        for name in LINKS
    }
    answer = b"/nps/%s/answer" % found["answered"]
    exchange(quiet_server.url, request(b"POST", answer, FORM, b"score=5&comment=x"))
    change = "UPDATE nps_invitation SET {} WHERE customer_name = '{}'"
    past = "expires_at = '2020-01-01', state = 'expired'"
    quiet_server.sql(change.format(past, "expired"))
    quiet_server.sql(change.format("state = 'cancelled'", "cancelled"))
    return {**found, "upper": found["fresh"].swapcase()}


FORM = [b"Content-Type: application/x-www-form-urlencoded"]


def with_links(raw, links):
    """Put the links that are known only when the server runs into a request."""
    head, blank, body = raw.partition(b"\r\n\r\n")
    for name, token in links.items():
        head = head.replace(b"{%s}" % name.encode(), token)
    return head + blank + body


class Findings:
    """The shortest request for each kind of fault."""

    def __init__(self):
        self.cases = 0
        self.shortest = {}

    def note(self, raw, answer):
        """Look at one exchange."""
        self.cases += 1
        fault = (raw.split(b" ")[0], answer.status, *answer.not_private())
        if answer.status < 500 and not answer.not_private():
            return
        known = self.shortest.get(fault)
        if known is None or len(raw) < len(known):
            self.shortest[fault] = raw

    def __str__(self):
        return "\n".join(
            f"{' '.join(map(str, fault))}\n    {raw[:1500]!r}"
            for fault, raw in sorted(self.shortest.items(), key=str)
        )


def test_no_request_breaks_the_public_routes_or_makes_them_talk(quiet_server, links):
    findings = Findings()

    @settings(
        max_examples=CASES,
        derandomize=not RANDOM,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(requests_of_all_kinds)
    def send(raw):
        findings.note(raw, exchange(quiet_server.url, with_links(raw, links)))

    send()
    assert findings.cases >= min(CASES, 2000)
    assert not findings.shortest, f"\n{findings}"
