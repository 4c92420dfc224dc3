from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import OrderedSet

from ..models.nps_survey import METRICS

METRIC_KEYS = [key for key, _label in METRICS]
COUNTINGS = ("all", "latest")


class Question(NamedTuple):
    """What is asked of the report.

    :param domain: the rows, without the period
    :param metric: ``nps``, ``ces`` or ``csat``; always exactly one
    :param axis: a key of ``_axes()``
    :param start: first day, included, or None
    :param end: last day, included, or None
    :param before: (start, end) of the period compared with, or None
    :param counting: ``all`` answers, or the ``latest`` of each customer in the period
    :param compare: ``previous`` or ``year`` where there is a period before, else False
    :param by: the :class:`~.nps_insight_axes.Axis` itself, looked up once
    """

    domain: Domain
    metric: str
    axis: str
    start: object
    end: object
    before: object
    counting: str
    compare: object = False
    by: object = None

    @property
    def period(self):
        """The (start, end)."""
        return self.start, self.end


class NpsInsight(models.AbstractModel):
    """Answers questions that go beyond pivot and graph, all from ``nps.report``.

    Everything is read with the rights of the user. Each public method takes the domain
    of the search bar and ``options``; what an option leaves out has a default.
    """

    _name = "nps.insight"
    _description = "NPS Insight"

    # === OPTIONS === #

    @api.model
    def _options_allowed(self):
        """Return option -> what it may be, the default first; extend it to add one.

        ``period`` may also be a dict of two dates, ``start`` and ``end``.
        """
        return {
            "metric": METRIC_KEYS,
            "axis": list(self._axes()),
            "period": self._period_keys(),
            "compare": ["previous", "year", False],
            "counting": list(COUNTINGS),
        }

    @api.model
    def _options(self, options):
        """Return the options with every default filled in.

        :raise UserError: an option has a value that does not exist, or there are none
        """
        options = options or {}
        if not isinstance(options, dict):
            raise UserError(
                self.env._(
                    "The options have to be names with values, such as a metric and a "
                    "period. Open the screen from its menu again."
                )
            )
        chosen = {}
        for name, allowed in self._options_allowed().items():
            value = options.get(name, allowed[0])
            is_own = name == "period" and isinstance(value, dict)
            if not is_own and value not in allowed:
                raise UserError(
                    self.env._(
                        "“%(value)s” is not possible for “%(option)s”. Choose another "
                        "value, or open the screen from its menu again.",
                        value=value,
                        option=name,
                    )
                )
            chosen[name] = value
        return chosen

    @api.model
    @api.readonly
    def get_choices(self):
        """Return option -> [(value, label)] for the toolbar of the screen."""
        metrics = self.env["nps.survey"]._fields["metric"]
        return {
            "metric": metrics._description_selection(self.env),
            "axis": [(key, axis.label) for key, axis in self._axes().items()],
            "period": self._period_labels(),
            "compare": self._compare_labels(),
            "counting": list(self._counting_labels().items()),
        }

    @api.model
    def _counting_labels(self):
        return {
            "all": self.env._("All answers"),
            "latest": self.env._("Latest answer of each customer"),
        }

    # === QUESTION === #

    @api.model
    def _question(self, domain, options):
        """Return the :class:`Question` that a domain and options make.

        Where the search bar asks for one metric, it decides.
        """
        return self._ask(Domain(domain or []), self._options(options))

    @api.model
    def _ask(self, domain, chosen):
        metric = self._metric_of(domain) or chosen["metric"]
        start, end = self._period_days(chosen["period"])
        before = self._days_before(domain, chosen["compare"], start, end)
        return Question(
            domain=domain & Domain("metric", "=", metric),
            metric=metric,
            axis=chosen["axis"],
            start=start,
            end=end,
            before=before,
            counting=chosen["counting"],
            compare=before is not None and chosen["compare"],
            by=self._axis(chosen["axis"]),
        )

    @api.model
    def _metric_of(self, domain):
        """Return the one metric that a domain asks for, or None.

        What only one side of an "or" asks for, or a "not", is not asked of all rows.
        """
        is_and = getattr(domain, "OPERATOR", None) == "&"
        parts = domain.children if is_and else [domain]
        asked = {
            value
            for part in parts
            if getattr(part, "field_expr", None) == "metric"
            and part.operator in ("=", "in")
            for value in _values(part.value)
        }
        return asked.pop() if len(asked) == 1 and asked <= set(METRIC_KEYS) else None

    @api.model
    def _answer(self, domain, options):
        """Return what every answer begins with: options, periods and method in words.

        :return: (question, dict); methods add their own keys to the dict
        """
        domain, chosen = Domain(domain or []), self._options(options)
        question = self._ask(domain, chosen)
        return question, {
            "options": {**chosen, "metric": question.metric},
            "axis_label": question.by.label,
            "period": self._period_in_words(question.period),
            "before": question.before and self._period_in_words(question.before),
            "note": self._why_not_compared(domain, chosen, question),
            "method": self._method_lines(question),
        }


def _values(value):
    is_several = isinstance(value, (list, tuple, set, OrderedSet))
    return list(value) if is_several else [value]
