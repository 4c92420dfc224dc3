from odoo import api, models

COMMON = (
    "local_date",
    "company_id",
    "survey_id",
    "is_reask",
    "state",
    "invited",
    "answered",
)
AGENT = ("user_id", "employee_id", "department_id", "department_path_id")


class NpsReportDay(models.Model):
    """By what the numbers of a day are counted.

    Few axes in each part, and those of one part go together: an agent is in one
    department. All axes in one part would make about as many rows as there are
    interactions.
    """

    _inherit = "nps.report.day"

    @api.model
    def _parts(self):
        """Return part -> columns of the report; extend it for a part of your own.

        A column comes from the invitation and its answers, so that a change of it is
        noticed. What it leads to, as the metric of a survey or the tree of departments,
        is joined by who reads.
        """
        return {
            "agent": [*COMMON, *AGENT],
            "place": [*COMMON, "country_id", "state_id"],
            "outcome": [*COMMON, "outcome_id"],
        }
