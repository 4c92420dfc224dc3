"""What must hold however bad the day is; each check has a world of its own."""

import select
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from real_parts import Session, wait_until
from soak_world import address

COOLDOWN = "nps_cooldown_asked_days"
KILLS = 8
CHECKS = []


def check(title, **world):
    """Note a check.

    It gets its world and the minutes of an outage, and returns what is expected, what
    was seen and whether this is well.

    :param world: options of its world
    """

    def note(function):
        CHECKS.append((title, function, world))
        return function

    return note


@check("20 tickets of one person closed at once")
def closed_at_once(world, _outage):
    """Close them in parallel transactions of as many sessions."""
    call = world.server.call
    if COOLDOWN in call("res.company", "fields_get", [COOLDOWN]):
        company = world.server.ref("base.main_company")
        call("res.company", "write", [company], {COOLDOWN: 14})
    values = {"name": "Many", "email": address("Many")}
    customer = world.server.session().create("res.partner", values)
    tickets = world.tickets_of([customer] * 20)
    errors = _all_at_once(world, tickets)
    world.settle()
    rows = sum(world.states().values())
    seen = [len(world.mailbox.messages), rows, world.reasons(), errors]
    return (
        "1 mail, 20 rows, 19 of them for the cool-down, 0 errors",
        "{} mails, {} rows, not asked: {}, {} errors".format(*seen),
        seen == [1, 20, {"cooldown": 19}, 0],
    )


def _all_at_once(world, tickets):
    """Close each ticket by a session of its own; return how many calls failed."""
    sessions = [Session(world.server, "admin", "admin") for _ticket in tickets]
    ready = threading.Barrier(len(tickets))

    def close(session, ticket):
        ready.wait()
        world.close([ticket], session)

    with ThreadPoolExecutor(len(tickets)) as pool:
        calls = [
            pool.submit(close, *pair) for pair in zip(sessions, tickets, strict=True)
        ]
    return sum(call.exception() is not None for call in calls)


@check("A ticket closed and reopened ten times")
def reopened(world, _outage):
    """Do it once in a hurry, and once after the mail has left."""
    hurried, patient = world.tickets(["Hurried", "Patient"])
    world.close([patient])
    world.wait_for(1, 60)
    for _time in range(10):
        world.move([hurried, patient], world.open_stage)
        world.close([hurried, patient])
    world.settle()
    seen = [len(world.mailbox.to(address(n))) for n in ("Hurried", "Patient")]
    return "1 and 1 mail", "{} and {} mail".format(*seen), seen == [1, 1]


@check("Killed eight times during 400 sends", slowness=0.02)
def killed(world, _outage):
    """Kill the process while it hands mails over, and start it again."""
    people = 400
    tickets = world.tickets([f"Person {number}" for number in range(people)])
    spare = [tickets.pop() for _number in range(80)]
    world.queue(tickets)
    world.server.restart()
    amid = sum(_kill(world, spare, kill * people // 10) for kill in range(1, KILLS + 1))
    world.close(spare)
    world.wait_for(people, 400)
    world.settle()
    reached, states = len(world.reached), world.states()
    twice = len(world.mailbox.messages) - reached
    return (
        f"{people} people reached, at most {KILLS} mails twice, all noted as sent",
        f"{reached} people reached, {twice} mails twice, {states}; "
        f"{amid} of {KILLS} kills amid the sending",
        [reached, states, amid] == [people, {"sent": people}, KILLS] and twice <= KILLS,
    )


def _kill(world, spare, reached):
    """Kill the process the moment so many people are reached; tell whether it came."""
    for _attempt in range(10):
        # Tickets go on being closed; each wakes the cron.
        world.wake(spare)
        is_busy = world.wait_for(reached, 10)
        if is_busy:
            break
    world.server.kill()
    world.server.start()
    return is_busy


@check("The mail server is away")
def outage(world, minutes):
    """Queue invitations early, in the middle and late; nobody lends a hand."""
    world.mailbox.stop()
    for part in range(4):
        world.close(world.tickets([f"Person {part} {n}" for n in range(5)]))
        if part < 3:
            world.rest(minutes * 60 / 3)
    early = len(world.mailbox.messages)
    world.mailbox.start()
    back = time.monotonic()
    # Whoever was tried for long is tried less often: up to a quarter of an hour apart.
    world.wait_for(20, (minutes + 10) * 60)
    took = time.monotonic() - back
    world.settle()
    seen = [early, len(world.reached), len(world.mailbox.messages)]
    return (
        f"20 people reached by 20 mails after {minutes:g} minutes without server",
        f"{seen[1]} people by {seen[2]} mails, the last {took:.0f} s after its return",
        seen == [0, 20, 20],
    )


@check("2,500 invitations are queued")
def backlog(world, _outage):
    """Count the runs by the lines that Odoo logs when a run of the cron starts."""
    people = 2500
    tickets = world.tickets([f"Person {number}" for number in range(people)])
    spare = [tickets.pop()]
    world.queue(tickets)
    world.server.restart()
    size, begin = world.log_size(), time.monotonic()
    world.wake(spare)
    world.wait_for(people, 600)
    took = time.monotonic() - begin
    runs = world.runs_since(size)
    world.settle()
    reached, mails = len(world.reached), len(world.mailbox.messages)
    return (
        f"{people} people reached by {people} mails in at most 3 runs of the cron",
        f"{reached} people by {mails} mails in {runs} runs, {took:.0f} s",
        reached == mails == people and runs <= 3,
    )


@check("One poisoned record among 100")
def poisoned(world, _outage):
    """Let the mail of one customer fail to render."""
    world.break_template("object.customer_name == 'Person 50'")
    world.close(world.tickets([f"Person {number}" for number in range(100)]))
    world.wait_for(99, 120)
    world.settle()
    states, reason = world.states(), world.failure()
    return (
        "99 sent, 1 failed with its reason",
        f"{states}, reason: {reason or 'none'}",
        states == {"sent": 99, "failed": 1} and bool(reason),
    )


@check("The mail template is broken")
def broken_template(world, _outage):
    """Close tickets meanwhile, then mend it."""
    mend = world.break_template()
    tickets = world.tickets([f"Person {number}" for number in range(10)])
    world.close(tickets)
    query = f"SELECT count(*) FROM helpdesk_ticket WHERE stage_id = {world.stage}"
    closed = int(world.server.sql(query)[0])
    wait_until(world.failure, what="a first try")
    world.rest(5)
    waiting, reason = world.states(), world.failure()
    early = len(world.mailbox.messages)
    mend()
    world.wait_for(10, 300)
    world.settle()
    seen = [closed, early, world.states(), len(world.mailbox.messages)]
    return (
        "10 closed, none lost, a reason is shown, 10 sent after it was mended",
        f"{closed} closed, then {waiting} ({reason}), {seen[3]} sent afterwards",
        seen == [10, 0, {"sent": 10}, 10] and bool(reason),
    )


@check("The mail server accepts connections and never answers")
def hanging(world, _outage):
    """Pick outcomes as two colleagues while the cron waits for the mail server."""
    tickets = world.tickets([f"Person {number}" for number in range(21)])
    with world.mailbox.hanging() as listener:
        _pick(world, tickets[0])
        wait_until(lambda: select.select([listener], [], [], 0)[0], what="the cron")
        with ThreadPoolExecutor(2) as pool:
            took = list(pool.map(lambda ticket: _pick(world, ticket), tickets[1:]))
        early = len(world.mailbox.messages)
    world.wait_for(21, 400)
    world.settle()
    reached, mails = len(world.reached), len(world.mailbox.messages)
    return (
        "20 picks, each below 2 s; afterwards 21 people reached by 21 mails",
        f"{len(took)} picks, the slowest {max(took):.2f} s; {reached} people by "
        f"{mails} mails",
        max(took) < 2 and early == 0 and reached == mails == 21,
    )


def _pick(world, ticket):
    """Pick an outcome on a ticket; return the seconds it took."""
    begin = time.monotonic()
    world.server.call("helpdesk.ticket", "nps_pick_outcome", [ticket], "over")
    return time.monotonic() - begin
