from odoo import api, fields, models
from odoo.tools import SQL, formatLang

from ..models.measure_field import Measure
from ..models.nps_survey import METRICS
from ..tools import intervals


class NpsGuessReport(models.Model):
    """How an agent's guesses compare with the answers, one row per metric.

    Below five pairs it only counts them: one answer would show through.
    """

    _name = "nps.guess.report"
    _description = "NPS Guess and Answer"
    _inherit = ["nps.department.access.mixin"]
    _auto = False
    _order = "pairs desc, id"
    _rec_name = "user_id"
    _depends = {
        "nps.invitation": ["guess", "survey_id", "user_id", "department_id"],
        "nps.response": ["invitation_id", "score", "state"],
    }

    user_id = fields.Many2one("res.users", string="Agent", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    metric = fields.Selection(METRICS, readonly=True)
    pairs = fields.Integer(
        readonly=True,
        aggregator="sum",
        help="Interactions with both a guess and an answer.",
    )
    mean_guess = Measure(readonly=True, digits=(16, 1))
    mean_score = Measure(string="Mean Answer", readonly=True, digits=(16, 1))
    mean_gap = Measure(
        string="Guess − Answer",
        readonly=True,
        digits=(16, 1),
        help="How much higher the guesses are than the answers, on average.",
    )
    deviation = Measure(
        string="Spread of the Gap",
        readonly=True,
        digits=(16, 1),
        help="Standard deviation of the gaps.",
    )
    gap_low = Measure(
        string="Gap From",
        compute="_compute_interval",
        digits=(16, 1),
        help="Lower end of the 95 % interval of the mean gap (Student's t).",
    )
    gap_high = Measure(
        string="Gap To",
        compute="_compute_interval",
        digits=(16, 1),
        help="Upper end of the 95 % interval of the mean gap (Student's t).",
    )
    sentence = fields.Text(string="In Words", compute="_compute_sentence")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT id, user_id, department_id, company_id, metric, pairs,
                   CASE WHEN pairs >= %(fewest)s THEN mean_guess END AS mean_guess,
                   CASE WHEN pairs >= %(fewest)s THEN mean_score END AS mean_score,
                   CASE WHEN pairs >= %(fewest)s THEN mean_gap END AS mean_gap,
                   CASE WHEN pairs >= %(fewest)s THEN deviation END AS deviation
              FROM (SELECT MIN(id) AS id, user_id, department_id, company_id, metric,
                           COUNT(*) AS pairs, AVG(guess) AS mean_guess,
                           AVG(score) AS mean_score, AVG(gap) AS mean_gap,
                           STDDEV_SAMP(gap) AS deviation
                      FROM (%(rows)s) every_row
                     WHERE gap IS NOT NULL AND user_id IS NOT NULL
                  GROUP BY user_id, department_id, company_id, metric) counted
            """,
            fewest=intervals.FEWEST_FOR_MEAN,
            rows=self.env["nps.report"]._table_query,
        )

    # === COMPUTE METHODS === #

    @api.depends("pairs", "mean_gap", "deviation")
    def _compute_interval(self):
        for row in self:
            ends = intervals.mean_interval(row.pairs, row.mean_gap, row.deviation)
            row.gap_low, row.gap_high = ends or (False, False)

    @api.depends("user_id", "pairs", "gap_low", "gap_high")
    @api.depends_context("uid", "lang")
    def _compute_sentence(self):
        for row in self:
            row.sentence = row._describe()

    # === ACTION METHODS === #

    def action_open_pairs(self):
        """Open the interactions behind a row."""
        self.ensure_one()
        return self.env["nps.report"]._action_interactions(
            self.env._("Guess and Answer: %s", self.user_id.name),
            [
                ("user_id", "=", self.user_id.id),
                ("department_id", "=", self.department_id.id),
                ("company_id", "=", self.company_id.id),
                ("metric", "=", self.metric),
                ("gap", "!=", False),
            ],
        )

    # === BUSINESS METHODS === #

    @api.model
    def _own_sentence(self, metric):
        """Return in words how the user's own guesses compare, or "".

        :param str metric: ``nps``, ``ces`` or ``csat``
        """
        domain = [("user_id", "=", self.env.uid), ("metric", "=", metric)]
        row = self.search(domain, limit=1)
        return row.sentence if row.pairs >= intervals.FEWEST_FOR_MEAN else ""

    def _describe(self):
        """Return in plain words how the guesses compare, with interval and number."""
        if self.pairs < intervals.FEWEST_FOR_MEAN:
            return self.env._(
                "%(pairs)s of %(fewest)s pairs: too few to say",
                pairs=self.pairs,
                fewest=intervals.FEWEST_FOR_MEAN,
            )
        numbers = {
            "gap": self._decimal(abs(self.mean_gap)),
            "low": self._decimal(self.gap_low),
            "high": self._decimal(self.gap_high),
            "pairs": self.pairs,
        }
        if self.gap_low <= 0 <= self.gap_high:
            return self._describe_even(numbers)
        return self._describe_bias(numbers)

    def _describe_even(self, numbers):
        """Tell that chance may explain the gap."""
        if self.user_id == self.env.user:
            return self.env._(
                "Your guesses show no clear bias (%(low)s…%(high)s, %(pairs)s pairs)",
                **numbers,
            )
        return self.env._(
            "No clear bias (%(low)s…%(high)s, %(pairs)s pairs)",
            **numbers,
        )

    def _describe_bias(self, numbers):
        own, high = self.user_id == self.env.user, self.mean_gap > 0
        texts = {
            (True, True): self.env._(
                "You guess %(gap)s too high on average (%(low)s…%(high)s, "
                "%(pairs)s pairs)",
                **numbers,
            ),
            (True, False): self.env._(
                "You guess %(gap)s too low on average (%(low)s…%(high)s, "
                "%(pairs)s pairs)",
                **numbers,
            ),
            (False, True): self.env._(
                "Guesses %(gap)s too high on average (%(low)s…%(high)s, "
                "%(pairs)s pairs)",
                **numbers,
            ),
            (False, False): self.env._(
                "Guesses %(gap)s too low on average (%(low)s…%(high)s, "
                "%(pairs)s pairs)",
                **numbers,
            ),
        }
        return texts[own, high]

    def _decimal(self, value):
        """Return a number with one decimal and a real minus sign."""
        return formatLang(self.env, value, digits=1).replace("-", "−")
