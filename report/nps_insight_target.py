from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import targets
from .nps_report_departments import LEVELS

NEUTRAL = ("metric", "is_reask")
"""What may be asked for without making the score another one than a target is for."""
TREES = ("department_id", "department_now_id")
"""Columns that hold the agent's own department: another one may be below it."""
WITH_ALL_BELOW = tuple(
    f"{name}_{number}_id"
    for name in ("department", "department_now")
    for number in LEVELS
)
"""Columns whose groups hold a department with all those below it."""


class Scope(NamedTuple):
    """Whose score it is: ids of a company, or of a department or group in it.

    0 is none; a company of 0 is several companies together.
    """

    company: int
    department: int = 0
    group: int = 0


class NpsInsight(models.AbstractModel):
    """Targets and benchmarks beside the scores of the insight screen.

    A target stands only beside the score that it is for: where the search bar asks for
    anything else than its company, department or group, there is none.
    """

    _inherit = "nps.insight"

    # === TREND === #

    @api.model
    def _trend_lines(self, question):
        found = [
            {
                **line,
                "name": self._line_name(line),
                "from": fields.Date.to_string(line["from"]),
                "to": line["to"] and fields.Date.to_string(line["to"]),
            }
            for line in self._lines_of(question)
        ]
        return [*super()._trend_lines(question), *found]

    @api.model
    def _lines_of(self, question):
        scope = self._target_scope(question)
        if scope is None or not scope.company:
            return [line._line() for line in self._benchmarks_of(question)]
        return self.env["nps.target"]._lines(
            question.metric,
            self.env["res.company"].browse(scope.company),
            self.env["hr.department"].browse(scope.department or ()),
            self.env["nps.group"].browse(scope.group or ()),
            *question.period,
        )

    @api.model
    def _benchmarks_of(self, question):
        return self.env["nps.benchmark"]._shown(
            question.metric, self.env.company, *question.period
        )

    @api.model
    def _line_name(self, line):
        if line["kind"] == "target":
            return line["name"]
        return self.env._("%(name)s (n = %(n)s)", name=line["name"], n=line["n"])

    @api.model
    def _trend_method(self, question):
        return [*super()._trend_method(question), *self._benchmark_sources(question)]

    @api.model
    def _benchmark_sources(self, question):
        """Return a sentence for each benchmark shown: what it is and who says so."""
        return [
            self.env._(
                "%(name)s: a net score of %(value)s from %(n)s answers. Source: "
                "%(where)s.",
                name=benchmark.name,
                value=benchmark._say(benchmark.value),
                n=benchmark.answers,
                where=", ".join(
                    part
                    for part in (benchmark.source, benchmark.url, benchmark.licence)
                    if part
                ),
            )
            for benchmark in self._benchmarks_of(question)
        ]

    # === SCORECARD === #

    @api.model
    @api.readonly
    def get_scorecard(self, domain, options=None):
        """Return a scorecard whose rows know their targets; see the extended method."""
        card = super().get_scorecard(domain, options)
        sources = []
        if any(row.get("target") for row in (*card["rows"], card["total"])):
            sources.append(
                self.env._(
                    "A target is reached when the whole interval lies at or above it, "
                    "and missed when the whole interval lies below."
                )
            )
        if card["total"]["marks"]:
            sources += self._benchmark_sources(self._question(domain, options))
        return {**card, "method": [*card["method"], *sources]}

    @api.model
    def _decorate_rows(self, question, rows):
        result = super()._decorate_rows(question, rows)
        scope = self._target_scope(question)
        held = self._targets_held(question) if scope else {}
        for row in rows:
            target = self._target_of_row(held, scope, row)
            if target:
                row["target"] = self._say_target(target, row)
                row["marks"].append(
                    {"value": target.value, "label": row["target"]["text"]}
                )
        self._mark_benchmarks(question, rows[-1])
        return result

    @api.model
    def _mark_benchmarks(self, question, total):
        for benchmark in self._benchmarks_of(question):
            name = self._line_name(benchmark._line())
            total["marks"].append({"value": benchmark.value, "label": name})

    @api.model
    def _targets_held(self, question):
        """Return scope -> targets that hold in the period, the last one first."""
        Target = self.env["nps.target"]
        if not Target.has_access("read"):
            return {}
        domain = Target._period_domain(*question.period)
        domain &= Domain("metric", "=", question.metric)
        found = Target.search(domain, order="date_from desc, id")
        return found.grouped(_scope_of_target)

    @api.model
    def _target_of_row(self, held, scope, row):
        """Return the target of a row: the last of the period, or that of its month."""
        found = held.get(self._row_scope(scope, row)) if held else None
        day = row["groups"] and _first_day(*row["groups"][-1])
        if found and day:
            found = found.filtered_domain(found._period_domain(day, day))
        return found and found[0]

    @api.model
    def _say_target(self, target, row):
        interval = None if row["low"] is None else (row["low"], row["high"])
        verdict = targets.verdict(target.value, interval)
        words = {
            targets.REACHED: self.env._("Target %s: reached"),
            targets.MISSED: self.env._("Target %s: missed"),
            targets.OPEN: self.env._("Target %s: cannot be told yet"),
            None: self.env._("Target %s: too few answers"),
        }
        text = words[verdict] % target._say(target.value)
        return {"value": target.value, "verdict": verdict, "text": text}

    # === WHOSE SCORE === #

    @api.model
    def _target_scope(self, question):
        """Return the :class:`Scope` that a question asks for, or None for any other."""
        if {"|", "!"} & {part for part in question.domain if isinstance(part, str)}:
            return None
        asked = {}
        for condition in question.domain.iter_conditions():
            if condition.field_expr not in NEUTRAL:
                kind, value = self._scope_of(condition)
                if not kind or kind in asked:
                    return None
                asked[kind] = value
        if "department" in asked and "group" in asked:
            return None
        return self._whole_scope(*map(asked.get, Scope._fields))

    @api.model
    def _scope_of(self, condition):
        """Return (kind, id) of a condition that asks for one whole scope."""
        name, is_equal = condition.field_expr, condition.operator in ("=", "in")
        value = _only_id(condition.value)
        is_tree = condition.operator == "child_of"
        if not value or not (is_equal or is_tree):
            return None, None
        if name == "company_id" and is_equal:
            return "company", value
        if name == "group_ids":
            return "group", value
        if name == "department_path_id" and is_tree:
            # Whose path it is is no secret to whoever may read its score.
            path_sudo = self.env["nps.department.path"].sudo().browse(value)
            return "department", path_sudo.department_id.id
        if self._is_department(name, value) or (is_tree and name in TREES):
            return "department", value
        return None, None

    @api.model
    def _is_department(self, name, value):
        """Tell whether the rows of a value are a department with all below it."""
        if name in WITH_ALL_BELOW:
            return True
        if name not in TREES:
            return False
        # Whether something is below is no secret to whoever may read its score.
        departments_sudo = self.env["hr.department"].sudo()
        below = departments_sudo.with_context(active_test=False)
        return not below.search_count([("parent_id", "=", value)], limit=1)

    @api.model
    def _whole_scope(self, company, department, group):
        if not company and department:
            # Whose department it is is no secret to whoever may read its score.
            department_sudo = self.env["hr.department"].sudo().browse(department)
            company = department_sudo.company_id.id
        if not company and len(self.env.companies) == 1:
            company = self.env.companies.id
        return Scope(company or 0, department or 0, group or 0)

    @api.model
    def _row_scope(self, scope, row):
        """Return the :class:`Scope` of a row, or None where no target can be for it."""
        spec, value = row["groups"][-1] if row["groups"] else ("", None)
        if not spec or spec.startswith("local_date"):
            return scope
        if scope.group or not value:
            return None
        name = spec.split(":")[0]
        if name == "company_id":
            return None if scope.department else Scope(value)
        if self._is_department(name, value):
            return self._whole_scope(None, value, None)
        if name == "group_ids" and not scope.department:
            return scope._replace(group=value)
        return None


def _scope_of_target(target):
    department, group = target.department_id.id, target.group_id.id
    return Scope(target.company_id.id, department or 0, group or 0)


def _first_day(spec, value):
    """Return the first day of a month or week, as text; empty for any other group."""
    return value if spec.startswith("local_date") else ""


def _only_id(value):
    """Return the one id of a condition, or None for anything else."""
    values = [value] if isinstance(value, int) else value
    if isinstance(values, str) or not values:
        return None
    values = list(values)
    is_id = len(values) == 1 and type(values[0]) is int
    return values[0] if is_id else None
