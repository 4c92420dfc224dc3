from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command

from .common_random import RandomCommon

MANAGER = "nps.nps_group_team_manager"
MEASURES = [
    "__count",
    "net_score:avg",
    "net_score:sum",
    "net_score:count",
    "net_low:avg",
    "net_high:avg",
    "net_shown:avg",
    "answered:sum",
    "promoters:sum",
    "passives:sum",
    "detractors:sum",
    "score:avg",
    "score:sum",
    "score_squares:sum",
    "promoter_share:avg",
    "invited:sum",
    "responded:sum",
    "response_rate:avg",
    "ask_rate:avg",
    "held_back:sum",
    "excluded:sum",
    "score_all:avg",
    "net_score_all:avg",
    "net_all_low:avg",
    "net_all_high:avg",
    "withheld:sum",
]


class ReportDayCommon(RandomCommon):
    """Random interactions whose days are counted, and who may see them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")
        cls.manager = cls.make_agent("manager", cls.support, groups=MANAGER)
        cls.support.manager_id = cls.manager.employee_id
        cls.exclude_some()
        cls.import_some()
        cls.move_some_to_another_company()
        cls.count()

    @classmethod
    def exclude_some(cls):
        answers = cls.env["nps.response"].search([("user_id", "in", cls.agent_ids())])
        answers[:6].with_user(cls.analyst).action_exclude("abusive", "Insults")

    @classmethod
    def import_some(cls):
        """Let some of the answers be such as came by a file."""
        answers = cls.env["nps.response"].search([("user_id", "in", cls.agent_ids())])
        record = cls.env["nps.import"].create(
            {"survey_id": cls.survey.id, "tz": "UTC", "file_name": "past.csv"}
        )
        some = answers[6:14]
        some.import_id = some.invitation_id.import_id = record
        for number, invitation in enumerate(some.invitation_id):
            invitation.write({"import_row": number, "sent_at": False})

    @classmethod
    def move_some_to_another_company(cls):
        cls.elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        only_there = {
            "company_id": cls.elsewhere.id,
            "company_ids": [Command.set(cls.elsewhere.ids)],
        }
        cls.abroad = cls.make_agent(
            "abroad", groups="nps.nps_group_analyst", **only_there
        )
        cls.env.flush_all()
        for table in ("nps_invitation", "nps_response"):
            cls.env.cr.execute(
                f"UPDATE {table} SET company_id = %s WHERE user_id = %s",
                [cls.elsewhere.id, cls.agents[3].id],
            )
        cls.env.invalidate_all()

    @classmethod
    def agent_ids(cls):
        return [agent.id for agent in cls.agents]

    @classmethod
    def count(cls):
        """Count all days that have changed, as the cron does."""
        cls.env["nps.report.day.changed"]._note_all()
        while cls.env["nps.report.day"]._refresh_some():
            pass

    @classmethod
    def changed(cls):
        """Return the days that have changed since they were counted."""
        cls.env.flush_all()
        return cls.env["nps.report.day.changed"]._next(1000)

    def report(self, user=None):
        return self.env["nps.report"].with_user(user or self.env.user)

    @contextmanager
    def noting_parts(self):
        """Give the list of the parts from which queries are built meanwhile."""
        used = []
        kind = type(self.env["nps.report"])
        build = kind._days_query

        def note(report, part):
            used.append(part)
            return build(report, part)

        with patch.object(kind, "_days_query", note):
            yield used

    @contextmanager
    def noting_success(self):
        """Give the list of which readings counted days were enough for meanwhile."""
        used = []
        kind = type(self.env["nps.report"])
        read_days = kind._read_days

        def note(report, read, domain):
            found = read_days(report, read, domain)
            used.append(found is not None)
            return found

        with patch.object(kind, "_read_days", note):
            yield used

    @contextmanager
    def without_days(self):
        """Let reports read the interactions themselves."""
        kind = type(self.env["nps.report"])
        with patch.object(kind, "_changed_days", lambda report: None):
            yield

    def assertSameNumbers(self, read):
        """Check that something is read from counted days, and is what it would be."""
        with self.noting_success() as used:
            seen = read()
        self.assertTrue(any(used), "not read from counted days")
        with self.without_days():
            expected = read()
        self.assertEqual(self.rounded(seen), self.rounded(expected))

    def rounded(self, found):
        """Return what was read, its numbers without what is lost in their last digits.

        Types stay as they are: False is not 0.
        """
        if isinstance(found, dict):
            return [self.rounded(pair) for pair in found.items()]
        if isinstance(found, (list, tuple)):
            return [self.rounded(part) for part in found]
        if isinstance(found, float):
            return round(found, 6)
        return (type(found).__name__, found) if isinstance(found, bool) else found
