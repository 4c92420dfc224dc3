"""HTTP as a robot speaks it: any bytes go out, and the answer is read as it is."""

import socket
from email.parser import BytesHeaderParser
from urllib.parse import urlsplit

PRIVATE = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": "frame-ancestors 'none'",
}


class Answer:
    """What came back."""

    def __init__(self, raw):
        while raw.startswith(b"HTTP/1.1 100"):
            raw = raw.partition(b"\r\n\r\n")[2]
        head, _blank, self.body = raw.partition(b"\r\n\r\n")
        first, _end, fields = head.partition(b"\r\n")
        assert first.startswith(b"HTTP/1."), f"no answer: {raw[:200]!r}"
        self.status = int(first.split(b" ")[1])
        self.headers = BytesHeaderParser().parsebytes(fields)

    def not_private(self):
        """Return the names of the headers that keep a secret link private and fail."""
        return [
            name
            for name, value in PRIVATE.items()
            if value not in ", ".join(self.headers.get_all(name, []))
        ]


def request(method, path, headers=(), body=b""):
    """Return the bytes of a request; all parts are bytes, headers are lines."""
    lines = [b"%s %s HTTP/1.1" % (method, path), *headers]
    known = {line.partition(b":")[0].lower() for line in headers}
    if b"host" not in known:
        lines.append(b"Host: 127.0.0.1")
    if not known & {b"content-length", b"transfer-encoding"}:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join([*lines, b"", body])


def exchange(url, raw):
    """Send the bytes of a request to a server; return the answer."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), 60) as connection:
        try:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            # A server may answer and hang up before it has read all.
            pass
        return Answer(_read(connection))


def _read(connection):
    received = b""
    try:
        while piece := connection.recv(65536):
            received += piece
    except ConnectionResetError:
        pass
    return received
