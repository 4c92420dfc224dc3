"""How fast customers are asked, beside Odoo's mass mailing and its survey invitations.

Asked means here: the outcome is picked, the interaction kept, it is decided whether the
customer may be asked, and his personal mail stands ready in the queue. The others make
their records and their mails in the queue. All of it in one process, in turn.
"""

from bench_invitations_world import ask, best, many, thousands
from bench_world import bench
from real_parts import Mailbox


def _beside(rows, other, figure="ms"):
    return best(rows["ask"], figure), best(rows[other], figure)


@bench(goal=1.5, relative=True, world="beside")
def asking(world):
    """Ask a customer, of 1,000; beside it: a mass mailing to as many."""
    return "ms each", *_beside(thousands(world), "mass_mail")


@bench(goal=1 / 3, relative=True, world="beside")
def asking_beside_survey(world):
    """Ask a customer, of 1,000; beside it: an invitation to an Odoo survey."""
    return "ms each", *_beside(thousands(world), "invite")


@bench(goal=1.5, relative=True, world="beside")
def asking_many(world):
    """Ask a customer, of 5,000; beside it: a mass mailing to as many."""
    return "ms each", many(world, "ask")["ms"], many(world, "mass_mail")["ms"]


@bench(goal=1 / 3, relative=True, world="beside")
def asking_many_beside_survey(world):
    """Ask a customer, of 5,000; beside it: an invitation to an Odoo survey."""
    return "ms each", many(world, "ask")["ms"], many(world, "invite")["ms"]


@bench(goal=1.25, relative=True, world="beside")
def asking_grows(world):
    """Ask a customer, of 5,000; beside it: of 1,000."""
    return "ms each", many(world, "ask")["ms"], best(thousands(world)["ask"])


@bench(goal=3, world="beside")
def asking_queries(world):
    """SQL queries to ask a customer, of 1,000; beside it: a mass mailing."""
    return "queries each", *_beside(thousands(world), "mass_mail", "queries")


@bench(goal=100, world="beside")
def asking_memory(world):
    """Memory to ask 5,000 customers at once; beside it: a mass mailing."""
    figures = (many(world, way)["megabytes"] for way in ("ask", "mass_mail"))
    return "MB more", *figures


@bench(goal=1.5, relative=True, world="beside")
def asking_by_one_change(world):
    """Close a ticket and ask, of 300 at once; beside it: only close it."""
    # Few, as the helpdesk's own mails to these customers take most of the time.
    rows = ask(world, ("close_and_ask", "close"), 300)
    return "ms each", best(rows["close_and_ask"]), best(rows["close"])


@bench(goal=1.5, relative=True, world="beside")
def asking_to_the_end(world):
    """Ask a customer, of 300, to the mail server; beside it: mass mailing."""
    mailbox = Mailbox()
    mailbox.start()
    ways = ("ask_and_send", "mass_mail_and_send")
    rows = ask(world, ways, 300, smtp_port=mailbox.port)
    mailbox.stop()
    sent = len(mailbox.messages)
    assert sent >= 600, f"only {sent} of 600 mails came"
    return "ms each", *(best(rows[way]) for way in ways)
