from odoo import fields, models
from odoo.tools import formatLang

from ..tools import intervals, showing

COUNTS = ("promoters", "passives", "detractors")


class DigestDigest(models.Model):
    """The Net Promoter Score in Odoo's regular digest mail."""

    _inherit = "digest.digest"

    kpi_nps = fields.Boolean("Net Promoter Score")
    kpi_nps_value = fields.Float(
        digits=(16, 1),
        compute="_compute_kpi_nps_value",
        export_string_translation=False,
    )
    kpi_nps_answers = fields.Boolean("Customers' Answers")
    kpi_nps_answers_value = fields.Integer(
        compute="_compute_kpi_nps_answers_value", export_string_translation=False
    )

    def _compute_kpi_nps_value(self):
        start, end, _companies = self._get_kpi_compute_parameters()
        for digest in self:
            counts = digest._nps_counts(start, end)
            digest.kpi_nps_value = intervals.net_score(*counts) or 0.0

    def _compute_kpi_nps_answers_value(self):
        start, end, _companies = self._get_kpi_compute_parameters()
        for digest in self:
            domain = digest._nps_domain(start, end)
            digest.kpi_nps_answers_value = self.env["nps.report"].search_count(domain)

    def _nps_domain(self, start, end):
        """Return the domain of the ``nps.report`` rows whose answer came in a time.

        Without those who were asked again after a case: all of them were unhappy.
        """
        company = self.company_id or self.env.company
        return [
            ("company_id", "=", company.id),
            ("is_reask", "=", False),
            ("counted_at", ">=", start),
            ("counted_at", "<", end),
        ]

    def _nps_counts(self, start, end):
        """Return (promoters, passives, detractors) of NPS answers, as the user sees."""
        domain = [*self._nps_domain(start, end), ("metric", "=", "nps")]
        [counts] = self.env["nps.report"]._read_group(
            domain, [], [f"{name}:sum" for name in COUNTS]
        )
        return tuple(count or 0 for count in counts)

    def _compute_kpis(self, company, user):
        kpis = super()._compute_kpis(company, user)
        for kpi in kpis:
            if kpi["kpi_name"] == "kpi_nps":
                kpi["nps_in_points"] = True
                kpi.update(self._nps_columns(company, user))
        return kpis

    def _nps_columns(self, company, user):
        """Return the three columns of the score: an interval, and points, no percent.

        Odoo's own margin divides by the old value, so that it calls −20 → −10 a fall,
        and its plain number would call three answers a score.
        """
        digest = self.with_user(user).with_company(company)
        spans = enumerate(self._compute_timeframes(company), 1)
        return {
            f"kpi_col{place}": digest._nps_column(name, *now, *before)
            for place, (name, (now, before)) in spans
        }

    def _nps_column(self, name, start, end, start_before, end_before):
        text = fields.Datetime.to_string
        now = self._nps_counts(text(start), text(end))
        before = self._nps_counts(text(start_before), text(end_before))
        if not showing.has_number(sum(now)):
            subtitle = self.env._(
                "%(period)s: %(answers)s answers, too few",
                period=name,
                answers=sum(now),
            )
            return {"value": "–", "margin": 0.0, "col_subtitle": subtitle}
        low, high = intervals.net_interval(*now)
        return {
            "value": self._nps_number(intervals.net_score(*now)),
            "margin": self._nps_points(now, before),
            "col_subtitle": self.env._(
                "%(period)s: %(answers)s answers, between %(low)s and %(high)s",
                period=name,
                answers=sum(now),
                low=self._nps_number(low),
                high=self._nps_number(high),
            ),
        }

    def _nps_points(self, now, before):
        """Return by how many points the score moved, 0 when it cannot be compared."""
        if not showing.has_number(sum(before)):
            return 0.0
        return round(intervals.net_score(*now) - intervals.net_score(*before), 1)

    def _nps_number(self, value):
        return formatLang(self.env, value, digits=1)

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        actions["kpi_nps"] = "nps.nps_report_action"
        actions["kpi_nps_answers"] = "nps.nps_response_action"
        return actions
