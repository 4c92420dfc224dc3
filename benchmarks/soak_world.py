"""The world of one soak check: an Odoo process, a mail server, people and tickets."""

import contextlib
import re
import time

from local import Problem
from real_parts import Mailbox, server_on_a_copy

TEMPLATE = "nps.mail_template_nps_invitation"
RUN = re.compile(r"Job 'NPS: hand invitations to the mail server' \(\d+\) starting")
AT_ONCE = 100
"""How many records one call makes; a call has to end within Odoo's own limits."""


class World:
    """One check's own Odoo, mail server and database.

    :ivar stage: a stage in which tickets are closed and the customer is asked
    """

    def __init__(self, server, mailbox):
        self.server = server
        self.mailbox = mailbox
        self.open_stage = server.ref("helpdesk_mgmt.helpdesk_ticket_stage_new")
        create = server.session().create
        # Odoo's own closed stages write to the customer too.
        self.stage = create("helpdesk.ticket.stage", {"name": "Over", "closed": True})
        self.outcome = create(
            "nps.outcome",
            {
                "name": "Over",
                "code": "over",
                "survey_id": server.ref("nps.nps_survey_support"),
                "auto_stage_ids": [[6, 0, [self.stage]]],
            },
        )

    # === PEOPLE AND TICKETS === #

    def tickets(self, names):
        """Make a customer with one ticket for each name; return the tickets."""
        found = []
        for start in range(0, len(names), AT_ONCE):
            found += self._tickets(names[start : start + AT_ONCE])
        return found

    def _tickets(self, names):
        values = [{"name": name, "email": address(name)} for name in names]
        customers = self.server.call("res.partner", "create", values)
        return self.tickets_of(customers)

    def tickets_of(self, customers):
        """Make a ticket for each customer (an id may occur more than once)."""
        values = [
            {"name": "It hums", "description": "<p>Loudly</p>", "partner_id": customer}
            for customer in customers
        ]
        return self.server.call("helpdesk.ticket", "create", values)

    def move(self, tickets, stage, session=None):
        """Move tickets to a stage."""
        session = session or self.server.session()
        for start in range(0, len(tickets), AT_ONCE):
            some = tickets[start : start + AT_ONCE]
            session.call("helpdesk.ticket", "write", some, {"stage_id": stage})

    def close(self, tickets, session=None):
        """Close tickets, which asks their customers."""
        self.move(tickets, self.stage, session)

    def queue(self, tickets):
        """Close tickets while nothing is sent; start sending with :meth:`wake`."""
        self.server.cron_threads = 0
        self.server.restart()
        self.close(tickets)
        self.server.cron_threads = 1

    def wake(self, spare):
        """Close one more ticket of a list, if there is one.

        A process that has just started looks for due work after a minute, or as soon
        as somebody makes some.
        """
        if spare:
            self.close([spare.pop()])

    # === MAILS === #

    @property
    def reached(self):
        """The addresses that got a mail."""
        return {to for mail in list(self.mailbox.messages) for to in mail.envelope_to}

    def wait_for(self, people, seconds):
        """Wait until so many people got a mail; return whether they did."""
        self._watch(lambda: len(self.reached) >= people, seconds)
        return len(self.reached) >= people

    def rest(self, seconds):
        """Let time go by."""
        self._watch(lambda: False, seconds)

    def _watch(self, condition, seconds):
        """Wait for a condition, but not longer than the process of Odoo lives."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit and not condition():
            if self.server.process.poll() is not None:
                raise Problem("Odoo ended by itself, or the soak was stopped.")
            time.sleep(0.1)

    def settle(self, seconds=60):
        """Wait until nothing is queued and no further mail comes."""
        self._watch(lambda: not self.states().get("queued"), seconds)
        before = -1
        while before != len(self.mailbox.messages):
            before = len(self.mailbox.messages)
            time.sleep(2)

    def states(self):
        """Return how many invitations are in which state."""
        return self._counts("state")

    def reasons(self):
        """Return how many invitations were suppressed for which reason."""
        return self._counts("suppression_reason", "state = 'suppressed'")

    def _counts(self, column, where="true"):
        query = (
            f"SELECT {column}, count(*) FROM nps_invitation WHERE {where} GROUP BY 1"
        )
        rows = (line.rpartition("|") for line in self.server.sql(query))
        return {key: int(count) for key, _bar, count in rows}

    def failure(self):
        """Return a reason that an invitation shows for not being sent."""
        query = "SELECT failure_reason FROM nps_invitation "
        query += "WHERE failure_reason IS NOT NULL LIMIT 1"
        return " ".join(self.server.sql(query))

    # === THE TEMPLATE === #

    def break_template(self, condition="True"):
        """Make the mail fail to render where a condition holds; return a way back."""
        template = self.server.ref(TEMPLATE)
        (row,) = self.server.call("mail.template", "read", [template], ["body_html"])
        broken = f'<p t-if="{condition}" t-out="object.no_such_field"></p>'

        def write(body):
            self.server.call("mail.template", "write", [template], {"body_html": body})

        write(broken + row["body_html"])
        return lambda: write(row["body_html"])

    # === RUNS OF THE CRON === #

    def log_size(self):
        """Return where Odoo's log ends now."""
        return self.server.log.stat().st_size

    def runs_since(self, size):
        """Count the runs of the send cron in Odoo's log from a place on."""
        with self.server.log.open(errors="replace") as log:
            log.seek(size)
            return len(RUN.findall(log.read()))


def address(name):
    """Return the address of a person."""
    return f"{name.lower().replace(' ', '.')}@customer.example"


@contextlib.contextmanager
def new_world(template, name, slowness=0):
    """Build a world on a copy of a database; it goes when the check is over."""
    mailbox = Mailbox(slowness)
    mailbox.start()
    try:
        with server_on_a_copy(template, name, mailbox.port) as server:
            yield World(server, mailbox)
    finally:
        mailbox.stop()
