"""The numbers by day of the bad day: counted while all went wrong, and still right."""

from local import pause
from real_parts import wait_until
from soak_day_rows import row

CRON = "ir_cron_nps_report_day"
NOTED = "SELECT count(*) FROM nps_report_day_changed"
COUNT_SOON = f"""
UPDATE ir_cron SET interval_number = 1, interval_type = 'minutes'
 WHERE id = (SELECT res_id FROM ir_model_data
              WHERE module = 'nps' AND name = '{CRON}')
"""
"""Days are counted each minute; that they are counted at all says a parameter."""
COUNTED = """
SELECT part, SUM(interactions_sum), SUM(answered_sum), SUM(promoters_sum),
       SUM(detractors_sum)
  FROM nps_report_day GROUP BY 1 ORDER BY 1
"""
STORED = """
SELECT count(*), count(r.id), count(*) FILTER (WHERE r.category = 'promoter'),
       count(*) FILTER (WHERE r.category = 'detractor')
  FROM nps_invitation i
  LEFT JOIN nps_response r ON r.invitation_id = i.id AND r.state = 'counted'
"""
WRONG = "NPS numbers by day were wrong"


def check_days(world):
    """What was counted by day agrees with the answers, as the nightly check finds."""
    server = world.server
    _wait(world)
    server.run_cron(f"nps.{CRON}_check")
    _wait(world)
    found = server.log.read_text(errors="replace").count(WRONG)
    [stored] = server.sql(STORED)
    counted = [line.partition("|")[::2] for line in server.sql(COUNTED)]
    other = [part for part, sums in counted if sums != stored]
    return row(
        "numbers by day agree with the answers",
        "the nightly check finds nothing; every part has all interactions, answers, "
        "promoters, detractors",
        f"{found} times something wrong; {len(counted)} parts, {stored}, "
        f"other sums: {', '.join(other) or 'none'}",
        counted and not found and not other,
    )


def _wait(world):
    """Wait until nothing is left to count."""

    def is_done():
        world.cluster.wake()
        pause(1)
        return world.server.sql(NOTED) == ["0"]

    wait_until(is_done, 180, "numbers by day")
