"""What must hold of cases however bad the day is."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

from forms import PATIENCE, open_form, press
from real_parts import personal_link, wait_until
from soak_checks import check

PEOPLE = 50
START = re.compile(r"Job 'NPS: open and withdraw cases' \(\d+\) starting")
BRAKE = """
CREATE FUNCTION nps_soak_brake() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_sleep(0.15); RETURN NEW; END $$;
CREATE TRIGGER nps_soak_brake BEFORE INSERT ON nps_case
FOR EACH ROW EXECUTE FUNCTION nps_soak_brake();
"""
"""Makes opening a case slow, so that a kill finds the cron at work."""


@check("50 unhappy answers in one minute, the cron killed three times")
def unhappy(world, _outage):
    """Answer all at once by HTTP, and kill the process while it opens the cases."""
    company = world.server.ref("base.main_company")
    world.server.call("res.company", "write", [company], {"nps_case_grace_minutes": 0})
    _make_owner(world)
    world.close(world.tickets([f"Person {number}" for number in range(PEOPLE)]))
    world.wait_for(PEOPLE, 120)
    spare = world.tickets([f"Spare {number}" for number in range(20)])
    world.server.cron_threads = 0
    world.server.restart()
    took = _answer_all(world)
    world.server.sql(BRAKE)
    world.server.cron_threads = 1
    amid = sum(_kill_at_work(world, spare, wait) for wait in (0.8, 1.2, 1.6))
    world.wake(spare)
    cases = "SELECT count(*) FROM nps_case"
    wait_until(lambda: _number(world, cases) >= PEOPLE, 400, "the cases")
    world.rest(5)
    seen = [
        _number(world, cases),
        _number(world, "SELECT count(DISTINCT invitation_id) FROM nps_case"),
        _number(
            world,
            "SELECT count(*) FROM mail_activity WHERE active AND res_model='nps.case'",
        ),
        _number(
            world, "SELECT count(*) FROM nps_invitation WHERE case_check_at IS NOT NULL"
        ),
    ]
    return (
        f"{PEOPLE} answers within 60 s, {PEOPLE} cases of {PEOPLE} invitations, "
        f"{PEOPLE} activities, nothing left to look at",
        f"answered within {took:.0f} s, {{}} cases of {{}} invitations, {{}} "
        f"activities, {{}} left; {amid} of 3 kills amid the work".format(*seen),
        seen == [PEOPLE, PEOPLE, PEOPLE, 0] and amid == 3 and took < 60,
    )


def _make_owner(world):
    """Make a colleague: who was rated himself owns no case."""
    group = world.server.ref("nps.nps_group_manager")
    values = {"name": "Olga Owner", "login": "olga", "group_ids": [[4, group]]}
    world.server.session().create("res.users", values)


def _answer_all(world):
    """Let everybody give a low score; return the seconds it took."""
    begin = time.monotonic()
    links = [personal_link(mail) for mail in world.mailbox.messages]
    with ThreadPoolExecutor(10) as pool:
        forms = list(pool.map(open_form, [f"{link}?s=2" for link in links]))
        time.sleep(PATIENCE)
        answers = list(pool.map(press, forms))
    assert all(answer.ok for answer in answers), "An answer was refused"
    return time.monotonic() - begin


def _kill_at_work(world, spare, seconds):
    """Kill the process some seconds after its cron began; tell whether it was at work.

    :return: whether it had begun and was not done
    """
    world.server.restart()
    size = world.log_size()
    world.wake(spare)
    began = _wait_for_start(world, size)
    time.sleep(seconds)
    left = _number(
        world, "SELECT count(*) FROM nps_invitation WHERE case_check_at IS NOT NULL"
    )
    world.server.kill()
    world.server.start()
    return began and left > 0


def _wait_for_start(world, size):
    def started():
        with world.server.log.open(errors="replace") as log:
            log.seek(size)
            return START.search(log.read())

    wait_until(started, 90, "the cron")
    return True


def _number(world, query):
    return int(world.server.sql(query)[0])
