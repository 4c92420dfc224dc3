import base64
import random
from datetime import timedelta

from odoo import api, models

FORMER_YEARS = ((730, 366), 240)
"""From and to how many days ago the other program asked, and how many answered."""
WORDS = ("", "", "Quick answer, thank you", "It took too long", "Very friendly")


class NpsDemo(models.AbstractModel):
    """What the demo company asked by another program, the year before it came here."""

    _inherit = "nps.demo"

    @api.model
    def _make(self, now):
        result = super()._make(now)
        self._import_former_year(now)
        return result

    @api.model
    def _import_former_year(self, now):
        """Import a file as an administrator does; some of its rows have errors."""
        record = self.env["nps.import"].create(
            {
                "file": base64.b64encode(self._former_file(now).encode()),
                "file_name": "answers-of-the-former-program.csv",
                "company_id": self.env.ref("base.main_company").id,
                "survey_id": self.env.ref("nps.nps_survey_support").id,
            }
        )
        record.action_check()
        record.action_import()
        record._run()

    @api.model
    def _former_file(self, now):
        """Return the file; by a fixed seed, so that every demo is the same."""
        draw = random.Random("former program")  # noqa: S311
        customers = self.env["res.partner"].search(
            [("email", "=like", "%.example"), ("is_company", "=", False)], order="id"
        )
        department = self.env.ref("nps.demo_department_phone").complete_name
        (first, last), count = FORMER_YEARS
        lines = ["Answered at;Score;E-mail;Name;Comment;Department;Ticket"]
        for number in range(count):
            moment = now - timedelta(
                days=draw.randint(last, first), minutes=draw.randint(0, 500)
            )
            customer = draw.choice(customers)
            score = draw.choice((0, 2, 4, 5, 6, 6, 7, 7, 8, 8, 8, 9, 9, 10, 10))
            lines.append(
                f"{moment:%Y-%m-%d %H:%M};{score};{customer.email};{customer.name};"
                f"{draw.choice(WORDS)};{department};F-{1000 + number}"
            )
        lines += [
            f"2024-02-31 10:00;8;;;;{department};F-2001",
            f"2024-03-04 11:12;11;someone@shop.example;;;{department};F-2002",
            f"2024-03-05 09:10;9;somebody at home;;;{department};F-2003",
            "2024-03-06 16:40;6;else@shop.example;;Nobody called;Night;F-2004",
        ]
        return "\n".join(lines)
