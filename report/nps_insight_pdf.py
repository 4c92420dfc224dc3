from odoo import api, fields, models
from odoo.tools import format_datetime

from ..models.signed_number import signed


class NpsScorecardDocument(models.AbstractModel):
    """What the printed scorecard shows: the same figures as the screen."""

    _name = "report.nps.scorecard_document"
    _description = "NPS Scorecard to Print"

    @api.model
    def _get_report_values(self, docids, data=None):
        data = data or {}
        insight = self.env["nps.insight"]
        card = insight.get_scorecard(data.get("domain"), data.get("options"))
        return {
            "card": card,
            "title": data.get("title") or self.env._("Scorecard"),
            "company": self.env.company,
            "metric_label": dict(insight.get_choices()["metric"])[
                card["options"]["metric"]
            ],
            "notes": insight._file_notes(card),
            "printed_at": format_datetime(self.env, fields.Datetime.now()),
            "say": self._say,
            "bar": _bar,
        }

    @api.model
    def _say(self, value, digits=0):
        """Return a number with its sign, or "" of none."""
        return "" if value is None else signed(self.env, value, digits)


def _bar(row):
    """Return where the bar and the whiskers begin and how long they are, in percent.

    The axis −100…100 is 0…100 percent of the width.
    """

    def at(value):
        return (value + 100) / 2

    start, end = sorted((at(0), at(row["net"])))
    kind = "passive"
    if row["low"] > 0 or row["high"] < 0:
        kind = "promoter" if row["low"] > 0 else "detractor"
    return {
        "start": start,
        "width": end - start,
        "low": at(row["low"]),
        "spread": at(row["high"]) - at(row["low"]),
        "marks": [(at(mark["value"]), mark["label"]) for mark in row["marks"]],
        "kind": kind,
    }
