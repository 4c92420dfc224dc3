"""Targets and benchmarks for tests."""

from odoo.tests import new_test_user

from .common import NpsCommon

SOURCE = {
    "name": "Hotels, Europe",
    "value": 32,
    "answers": 1200,
    "source": "Trade association, hotel survey 2026",
    "date_from": "2026-01-01",
    "date_to": "2026-12-31",
}


class TargetCase(NpsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "target_manager", groups="nps.nps_group_team_manager"
        )
        cls.admin = new_test_user(
            cls.env, "target_admin", groups="nps.nps_group_manager"
        )

    @classmethod
    def make_target(cls, value=40, start="2026-01-01", end="2026-12-31", **values):
        return cls.env["nps.target"].create(
            {"value": value, "date_from": start, "date_to": end, **values}
        )

    @classmethod
    def make_benchmark(cls, **values):
        return cls.env["nps.benchmark"].create({**SOURCE, **values})

    def lines(self, department=None, start="2026-03-01", end="2026-03-31", user=None):
        """Return (name, value, kind) of the lines of a period."""
        lines = (
            self.env["nps.target"]
            .with_user(user or self.manager)
            ._lines("nps", self.company, department, start=start, end=end)
        )
        return [(line["name"], line["value"], line["kind"]) for line in lines]
