"""The addon comes, is updated, goes without a trace, and comes again.

The tests of this file are one story: each goes on where the one before it ended.
"""

TICKET = """
team = env["helpdesk.ticket.team"].create({"name": "Lifecycle"})
ticket = env["helpdesk.ticket"].create(
    {"name": "Still works", "description": "x", "team_id": team.id}
)
closed = env["helpdesk.ticket.stage"].search([("closed", "=", True)], limit=1)
ticket.stage_id = closed
env.flush_all()
print("CLOSED" if ticket.closed and closed else "NOT CLOSED")
"""


def test_install_with_a_clean_log(database):
    database.odoo("install", "-i", "nps", *database.demo)


def test_first_update_with_a_clean_log(database):
    database.odoo("update", "-u", "nps")


def test_second_update_changes_nothing(database):
    before = database.traces()
    database.odoo("update-again", "-u", "nps")
    assert database.traces() == before


def test_uninstall_leaves_nothing(database):
    log = database.uninstall()
    assert "ERROR" not in log, log[-5000:]
    after = database.traces()
    left = {what: names - database.before[what] for what, names in after.items()}
    assert {what: sorted(names) for what, names in left.items() if names} == {}


def test_uninstall_takes_nothing_of_others(database):
    after = database.traces()
    gone = {what: names - after[what] for what, names in database.before.items()}
    assert {what: sorted(names) for what, names in gone.items() if names} == {}


def test_tickets_still_work_without_the_addon(database):
    assert "\nCLOSED" in "\n" + database.shell(TICKET)


def test_install_again_with_a_clean_log(database):
    database.odoo("install-again", "-i", "nps", *database.demo)
