from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools import differences, intervals, organogram, showing
from .hr_department_boxes import ROLE
from .measure_field import Measure
from .signed_number import signed

STANDINGS = [
    ("promoter", "More promoters than detractors"),
    ("passive", "Could be either way"),
    ("detractor", "More detractors than promoters"),
    ("none", "Too few answers to say"),
]


class HrDepartment(models.Model):
    """What stands on the box of a department in the organogram of scores."""

    _inherit = "hr.department"

    nps_standing = fields.Selection(
        STANDINGS, string="Standing", compute="_compute_nps_box", groups=ROLE
    )
    nps_answers = fields.Integer(
        string="Answers", compute="_compute_nps_box", groups=ROLE
    )
    nps_net_score = Measure(
        string="Net Score",
        compute="_compute_nps_box",
        groups=ROLE,
        help="Of the department and everything below it. Empty below ten answers.",
    )
    nps_net_text = fields.Char(
        string="Net Score in Words", compute="_compute_nps_box", groups=ROLE
    )
    nps_interval_text = fields.Char(
        string="How Sure", compute="_compute_nps_box", groups=ROLE
    )
    nps_rate_text = fields.Char(
        string="Response Rate", compute="_compute_nps_box", groups=ROLE
    )
    nps_trend_text = fields.Char(
        string="Trend", compute="_compute_nps_box", groups=ROLE
    )
    nps_withheld_text = fields.Char(
        string="Withheld", compute="_compute_nps_box", groups=ROLE
    )

    nps_box_caption = fields.Char(
        compute="_compute_nps_box_caption",
        groups=ROLE,
        export_string_translation=False,
    )

    # === COMPUTE METHODS === #

    @api.depends_context("lang", "nps_metric", "nps_months", "nps_as_now")
    def _compute_nps_box_caption(self):
        self.nps_box_caption = self._nps_say_view()

    @api.model
    def _nps_say_view(self):
        """Return in words what the organogram counts."""
        shown = self._nps_view()
        metrics = self.env["nps.survey"]._fields["metric"]
        values = {
            "metric": dict(metrics._description_selection(self.env))[shown.metric],
            "start": format_date(self.env, shown.start),
            "before": format_date(self.env, shown.before),
            "until": format_date(self.env, shown.start - timedelta(days=1)),
        }
        if shown.is_now:
            return self.env._(
                "%(metric)s: net score since %(start)s with its 95 %% interval, by "
                "where agents are today. Trend: against %(before)s to %(until)s.",
                **values,
            )
        return self.env._(
            "%(metric)s: net score since %(start)s with its 95 %% interval, by where "
            "agents were then. Trend: against %(before)s to %(until)s.",
            **values,
        )

    def _nps_write_box(self, now, before):
        bands, answers = now[:3], sum(now[:3])
        known = showing.has_number(answers)
        net = intervals.net_score(*bands) if known else None
        self.nps_standing = organogram.standing(*bands)
        self.nps_answers = answers
        self.nps_net_score = net
        self.nps_net_text = signed(self.env, net) if known else "–"
        self.nps_interval_text = self._nps_say_interval(bands)
        self.nps_rate_text = self._nps_say_rate(now)
        self.nps_trend_text = self._nps_say_trend(before[:3], bands)
        self.nps_withheld_text = self._nps_say_withheld(now)

    @api.model
    def _nps_say_interval(self, bands):
        """Return how sure a net score is, or that there are too few answers."""
        answers = sum(bands)
        level = showing.level(answers)
        if level == showing.COUNT:
            return self.env._("%s answers: too few", answers) if answers else ""
        if level == showing.FEW:
            counts = dict(zip(("up", "middle", "down"), bands, strict=True))
            return self.env._(
                "%(up)s promoters, %(middle)s passives, %(down)s detractors: too few",
                **counts,
            )
        low, high = intervals.net_interval(*bands)
        numbers = {
            "low": signed(self.env, low),
            "high": signed(self.env, high),
            "n": answers,
        }
        if level == showing.INDICATIVE:
            return self.env._("%(low)s to %(high)s, n = %(n)s, indicative", **numbers)
        return self.env._("%(low)s to %(high)s, n = %(n)s", **numbers)

    @api.model
    def _nps_say_rate(self, counts):
        """Return how many of those who were asked have answered."""
        invited, responded = counts[3:5]
        if not invited:
            return self.env._("Nobody was asked")
        return self.env._(
            "%(rate)s %% of %(asked)s answered",
            rate=round(100 * responded / invited),
            asked=invited,
        )

    @api.model
    def _nps_say_withheld(self, counts):
        """Return how many answers are in no number, as an agent has too few of them."""
        withheld = counts[-1]
        if not withheld:
            return ""
        return self.env._("%s answers withheld: too few of one agent", withheld)

    @api.model
    def _nps_say_trend(self, before, now):
        """Return how the net score moved, and whether that could be chance."""
        if not (showing.has_number(sum(before)) and showing.has_number(sum(now))):
            return ""
        moved = differences.net_difference(before, now)
        if not round(moved.points):
            return self.env._("→ as before")
        values = {
            "arrow": "↗" if moved.points > 0 else "↘",
            "points": signed(self.env, moved.points),
        }
        if moved.is_clear:
            return self.env._("%(arrow)s %(points)s: more than noise", **values)
        return self.env._("%(arrow)s %(points)s: could be noise", **values)

    # === ACTION METHODS === #

    def action_nps_open_box(self):
        """Open the answers that the box of a department counts.

        :raise AccessError: the viewer has no box of that department
        """
        self.ensure_one()
        shown = self._nps_view()
        scope = self._nps_box_scope()
        if scope is not None and self.id not in scope:
            raise AccessError(
                self.env._("You see the answers of the departments that you manage.")
            )
        domain = self._nps_places_domain(shown, self) & Domain(
            "local_date", ">=", fields.Date.to_string(shown.start)
        )
        # Without an address of its own: it would open all answers when reloaded.
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answers: %s", self.name),
            "res_model": "nps.report",
            "view_mode": "list,pivot,graph",
            "views": [
                (self.env.ref(f"nps.nps_report_view_{kind}").id, kind)
                for kind in ("list", "pivot", "graph")
            ],
            "search_view_id": [self.env.ref("nps.nps_report_view_search").id],
            "domain": list(domain),
            "context": {"search_default_answered": 1, "hierarchical_naming": False},
        }
