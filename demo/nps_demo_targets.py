from datetime import date, timedelta

from odoo import api, fields, models

EXAMPLE = "Example, not a real survey"


class NpsDemo(models.AbstractModel):
    """What the demo company aims at, and an invented number to compare with."""

    _inherit = "nps.demo"

    @api.model
    def _make_staff(self):
        result = super()._make_staff()
        self._make_targets(fields.Date.today())
        return result

    @api.model
    def _make_targets(self, today):
        """Set a target for last year and this, and one for a department."""
        company = self.env.ref("base.main_company")
        home = self.env.ref("nps.demo_department_home")
        year = date(today.year, 1, 1)
        before = {"date_from": year.replace(year=today.year - 1)}
        before["date_to"] = year - timedelta(days=1)
        self.env["nps.target"].create(
            [
                {"company_id": company.id, **values}
                for values in (
                    {"value": 35, **before},
                    {"value": 40, "date_from": year},
                    {"value": 30, "date_from": year, "department_id": home.id},
                )
            ]
        )
        self._make_example_benchmark(before["date_from"])

    @api.model
    def _make_example_benchmark(self, start):
        self._record(
            "nps.benchmark",
            "nps.demo_benchmark_example",
            {
                "name": EXAMPLE,
                "value": 28,
                "low": 24,
                "high": 32,
                "answers": 1200,
                "source": "Invented for the demo: nobody measured this",
                "licence": "None needed",
                "date_from": start,
            },
        )
