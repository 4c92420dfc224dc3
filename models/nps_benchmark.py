from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .measure_field import Measure
from .nps_survey import METRICS
from .score_field import Score

TEMPLATE = "/nps/static/csv/nps_benchmark.csv"


class NpsBenchmark(models.Model):
    """A net score that somebody else measured, and where it comes from.

    None is shipped: who publishes such numbers says under which licence they may be
    shown. Without source and number of answers none can be stored.
    """

    _name = "nps.benchmark"
    _description = "NPS Benchmark"
    _inherit = ["nps.valid.period.mixin"]
    _order = "metric, date_from desc, name, id"

    name = fields.Char(
        required=True, help="As it is to stand at its line, such as “Hotels, Europe”."
    )
    metric = fields.Selection(METRICS, required=True, default="nps")
    value = Measure(
        string="Net Score",
        required=True,
        digits=(16, 1),
        help="From −100 to 100: 100 × (promoters − detractors) / answers. For CES and "
        "CSAT the share of easy or satisfied answers less the share of difficult or "
        "dissatisfied ones. A mean or a share of satisfied answers is something else.",
    )
    low = Measure(
        string="Interval From",
        digits=(16, 1),
        help="Lower end of the interval, if the source gives one.",
    )
    high = Measure(
        string="Interval To",
        digits=(16, 1),
        help="Upper end of the interval, if the source gives one.",
    )
    answers = Score(
        required=True, help="How many answers the number is of, as the source says it."
    )
    source = fields.Char(required=True, help="Who published it, and in what.")
    url = fields.Char(string="Address", help="Where it can be read.")
    licence = fields.Char(
        string="License", help="Under which terms it may be shown, such as CC BY 4.0."
    )
    industry_id = fields.Many2one("res.partner.industry", index="btree_not_null")
    country_id = fields.Many2one("res.country", index="btree_not_null")
    is_shown = fields.Boolean(
        string="Show in Reports",
        default=True,
        help="Draw it as a line beside your own score.",
    )
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: for all companies."
    )

    _value_range = models.Constraint(
        "CHECK(value BETWEEN -100 AND 100)",
        "A benchmark is a net score: a number from −100 to 100.",
    )
    _interval_order = models.Constraint(
        "CHECK(low BETWEEN -100 AND value AND high BETWEEN value AND 100)",
        "The interval of a benchmark goes from a lower end, at or below its net score, "
        "to an upper end at or above it. Leave both empty if the source gives none.",
    )
    _answers_positive = models.Constraint(
        "CHECK(answers > 0)",
        "Say of how many answers a benchmark is. A number that nobody says this of "
        "cannot be compared with.",
    )
    _once_uniq = models.UniqueIndex(
        "(name, metric, source, date_from, COALESCE(company_id, 0))",
        "This benchmark is there already: same name, metric, source and first day. "
        "Change that one, or give this another name.",
    )

    # === COMPUTE METHODS === #

    @api.depends("name", "metric", "value", "answers")
    def _compute_display_name(self):
        for benchmark in self:
            benchmark.display_name = benchmark.value is not False and self.env._(
                "%(name)s: %(metric)s %(value)s (n = %(answers)s)",
                name=benchmark.name or "",
                metric=(benchmark.metric or "").upper(),
                value=benchmark._say(benchmark.value),
                answers=benchmark.answers or 0,
            )

    # === CONSTRAINT METHODS === #

    @api.constrains("source", "name")
    def _check_says_where_from(self):
        for benchmark in self:
            if not benchmark.source.strip():
                raise ValidationError(
                    self.env._(
                        "Say where the benchmark “%s” comes from: who published it, "
                        "and in what.",
                        benchmark.name,
                    )
                )

    @api.constrains("url")
    def _check_url(self):
        for benchmark in self.filtered("url"):
            if not benchmark.url.startswith(("https://", "http://")):
                raise ValidationError(
                    self.env._(
                        "“%s” is no address of a web page: it has to begin with "
                        "https:// or http://.",
                        benchmark.url,
                    )
                )

    # === BUSINESS METHODS === #

    @api.model
    def get_import_templates(self):
        """Return the file that Odoo's import offers to begin with."""
        label = self.env._("Import Template for Benchmarks")
        return [{"label": label, "template": TEMPLATE}]
