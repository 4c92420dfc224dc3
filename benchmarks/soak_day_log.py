"""What Odoo complained about on the bad day, sorted by kind."""

from collections import Counter

from databases import bad_lines
from soak_day_rows import row

KINDS = {
    "database is away": (
        "psycopg2",
        "Connection to the database failed",
        "server closed the connection",
        "the database system is",
        "terminating connection",
        "cursor already closed",
        "connection already closed",
        "Unable to connect",
        # Odoo closes a cursor that it could not open.
        "in __del__",
        # The database broke off while Odoo checked a key.
        "odoo.http: Access Denied",
    ),
    "somebody wrote at the same moment": ("could not serialize", "Serialization"),
    "mail server": (
        "smtplib",
        "SMTP",
        "MailDeliveryException",
        "Mail Delivery Failed",
        "Mail delivery failed",
        "failed to send mail",
    ),
    "connection of a client": (
        "BrokenPipe",
        "ConnectionReset",
        "ConnectionAborted",
        "Connection reset by peer",
        "ClientDisconnected",
        "TimeoutError",
        "socket.timeout",
    ),
    "worker was killed or stopped": (
        "timeout after",
        "real time limit",
        "process watchdog",
        "timed out",
        "Exit on parent",
        "Parent changed",
    ),
    "Odoo's own cleaning was cut short": ("Base: Auto-vacuum internal data",),
}
"""What faults like these leave in a log, by signs."""


def kind_of(record):
    """Return the kind of a record of the log, or its own last line if it is unknown.

    >>> kind_of("2026 ERROR x: psycopg2.OperationalError: gone")
    'database is away'
    """
    for kind, signs in KINDS.items():
        if any(sign in record for sign in signs):
            return kind
    return record.strip().splitlines()[-1][:160]


def check_log(path):
    """Return the row about the log of the day."""
    text = path.read_text(errors="replace")
    kinds = Counter(map(kind_of, bad_lines(text)))
    strange = [kind for kind in kinds if kind not in KINDS]
    shown = ", ".join(f"{count} × {kind}" for kind, count in kinds.most_common(12))
    yield row(
        "Odoo's log",
        "only what such faults leave: " + ", ".join(KINDS),
        shown or "nothing",
        not strange,
    )
