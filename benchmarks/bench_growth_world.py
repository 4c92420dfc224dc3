"""Reports among ten, a hundred, a thousand thousand interactions, four ways.

The same question each time: plain SQL as a specialist writes it, our report from the
interactions, our report from counted days, and Odoo's ratings, as many as there are
interactions.
"""

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bench_reports_sql import (
    COLUMNS,
    DOMAIN,
    MEASURES,
    MONTH,
    PATHS,
    TABLES,
    WHERE,
    best,
    specialist,
)
from bench_reports_world import fill_answers
from steps import say, step

SIZES = (10_000, 100_000, 1_000_000)
GROWTH = Path(__file__).with_name("growth.json")
SQL, INTERACTIONS, DAYS, RATINGS = "plain SQL", "interactions", "days", "ratings"
ZONE = {"tz": "Europe/Brussels"}

NEW_RATINGS = """
SET session_replication_role = replica;
INSERT INTO rating_rating
       (res_model_id, res_model, res_id, rated_partner_id, partner_id, rating,
        rating_text, consumed, access_token, create_uid, create_date, write_uid,
        write_date)
SELECT (SELECT id FROM ir_model WHERE model = 'res.partner'), 'res.partner', i.res_id,
       u.partner_id, i.partner_id, i.id % 5 + 1,
       CASE WHEN i.id % 5 >= 3 THEN 'top' WHEN i.id % 5 = 2 THEN 'ok' ELSE 'ko' END,
       TRUE, md5(i.id::text), 1, i.picked_at, 1, i.picked_at
  FROM nps_invitation i JOIN res_users u ON u.id = i.user_id
 WHERE i.id > COALESCE((SELECT MAX(id) FROM bench_rated), 0);
CREATE TABLE IF NOT EXISTS bench_rated (id int);
INSERT INTO bench_rated SELECT MAX(id) FROM nps_invitation;
"""


class Question(NamedTuple):
    """A grouping: ours, the specialist's, and that of Odoo's ratings if it has one."""

    title: str
    groupby: list
    keys: list
    joins: str = ""
    rating: str = ""


LEVELS = [f"department_{n}_id" for n in (1, 2, 3)]
AGENT = Question("by agent", ["user_id"], ["i.user_id"], rating="rated_partner_id")
BY_MONTH = Question(
    "by month", ["local_date:month"], [MONTH], rating="create_date:month"
)
LEVELS_MONTH = Question(
    "by department levels and month",
    [*LEVELS, "local_date:month"],
    [*(f"p.level_{n}_id" for n in (1, 2, 3)), MONTH],
    PATHS,
)
QUESTIONS = (AGENT, BY_MONTH, LEVELS_MONTH)


def measured(world):
    """Return (interactions, title of a question, way) -> ms, measured once."""
    if not hasattr(world, "growth"):
        measure(world, SIZES)
    return world.growth


def measure(world, sizes):
    """Measure all ways at some sizes, note them in growth.json and draw them."""
    world.growth = {}
    # Interactions only become more, so whoever wants them all comes later.
    assert getattr(world, "filled", 0) <= sizes[0], "too many interactions already"
    for size in sizes:
        fill_answers(world, size)
        fill_ratings(world)
        for way, ask in ((SQL, ask_sql), (INTERACTIONS, ask_us), (RATINGS, ask_odoo)):
            _ask_all(world, size, way, ask)
        count_days(world)
        _ask_all(world, size, DAYS, ask_us)
        forget_days(world)
    note(world.growth)


def _ask_all(world, size, way, ask):
    for question in QUESTIONS:
        if way != RATINGS or question.rating:
            time = ask(world, question)
            world.growth[size, question.title, way] = time
            say(f"   {size:,} {question.title}, {way}: {time:.1f} ms")


def ask_sql(world, question):
    """Return the specialist's time, in ms."""
    group = ", ".join(question.keys)
    statement = (
        f"SELECT {group}, {COLUMNS} FROM {TABLES} {question.joins} WHERE {WHERE}"
        f" GROUP BY {group}"
    )
    return specialist(world, statement)


def ask_us(world, question):
    """Return our time, in ms."""

    def read():
        world.server.call(
            "nps.report", "formatted_read_group", DOMAIN, question.groupby, MEASURES
        )

    return best(read)


def ask_odoo(world, question):
    """Return the time of Odoo's ratings, in ms."""

    def read():
        world.server.call(
            "rating.rating",
            "formatted_read_group",
            [["consumed", "=", True]],
            [question.rating],
            ["rating:avg", "__count"],
            context=ZONE,
        )

    return best(read)


def fill_ratings(world):
    """Make a rating of Odoo's for each interaction that has none yet."""
    with step("Make as many ratings of Odoo's"):
        world.server.sql("CREATE TABLE IF NOT EXISTS bench_rated (id int)")
        world.server.sql(NEW_RATINGS)
        world.server.sql("VACUUM ANALYZE rating_rating")


def count_days(world):
    """Count all days, as the scheduled action does where there are many."""
    with step("Count all days"):
        _use_days_from(world, 1)
        while world.server.sql("SELECT 1 FROM nps_report_day_changed LIMIT 1"):
            world.server.run_cron("nps.ir_cron_nps_report_day")
        world.server.sql("VACUUM ANALYZE nps_report_day")
    [rows] = world.server.sql("SELECT COUNT(*) FROM nps_report_day")
    say(f"   {int(rows):,} rows")


def forget_days(world):
    """Let reports read interactions again."""
    _use_days_from(world, 0)


def _use_days_from(world, number):
    key = "nps.rollup_from"
    world.server.call("ir.config_parameter", "set_param", key, str(number))
    world.server.run_cron("nps.ir_cron_nps_report_day")


def note(growth):
    """Note what was measured; what was measured earlier at other sizes stays."""
    sizes = {size for size, _question, _way in growth}
    earlier = json.loads(GROWTH.read_text()) if GROWTH.exists() else []
    rows = [row for row in earlier if row["interactions"] not in sizes]
    for (size, question, way), ms in growth.items():
        row = {"interactions": size, "question": question, "way": way}
        rows.append({**row, "ms": round(ms, 1), "date": str(date.today())})
    rows.sort(key=lambda row: (row["question"], row["way"], row["interactions"]))
    GROWTH.write_text(json.dumps(rows, indent=2) + "\n")
