from odoo import api, models
from odoo.fields import Domain


class NpsTarget(models.Model):
    """The lines that reports draw beside a score: own targets, outside benchmarks."""

    _inherit = "nps.target"

    @api.model
    def _lines(
        self, metric, company, department=None, group=None, start=None, end=None
    ):
        """Return what a score may be compared with in a period, targets first.

        A department without a target of its own has those of the nearest department
        above it that has one, or of its company; the name says whose they are. Who may
        read no targets gets none.

        :param str metric: ``nps``, ``ces`` or ``csat``
        :param company: whose score it is, a ``res.company``
        :param department: the ``hr.department`` it is of, or none for the company
        :param group: the ``nps.group`` it is of; no other target holds for it
        :param start: first day of the period, or None
        :param end: last day of the period, or None
        :return: dicts with ``name``, ``value`` (−100…100), ``kind`` (``target`` or
            ``benchmark``), ``n`` (None for a target), ``source`` (False for a target),
            ``from`` and ``to`` (dates; ``to`` is False when it is open)
        """
        if not self.has_access("read"):
            return []
        held = self._period_domain(start, end) & Domain("metric", "=", metric)
        targets = self._nearest(held, company, department, group)
        benchmarks = self.env["nps.benchmark"]._shown(metric, company, start, end)
        return [
            *(target._line() for target in targets.sorted("date_from")),
            *(benchmark._line() for benchmark in benchmarks),
        ]

    @api.model
    def _nearest(self, held, company, department, group):
        """Return the targets of what is asked for, or of the nearest above it."""
        own = held & Domain("company_id", "=", company.id)
        if group:
            return self.search(own & self._exact_domain(group=group))
        # Where a department stands is no secret to whoever may read targets.
        department_sudo = (department or self.env["hr.department"]).sudo()
        while department_sudo:
            targets = self.search(own & self._exact_domain(department=department_sudo))
            if targets:
                return targets
            department_sudo = department_sudo.parent_id
        return self.search(own & self._exact_domain())

    @api.model
    def _exact_domain(self, department=None, group=None):
        """Return the domain of targets for just this; none of it is the company.

        Extend it for whatever else can have a target.
        """
        return Domain("department_id", "=", department.id if department else False)

    def _line(self):
        """Return the target as a line; see :meth:`_lines`."""
        self.ensure_one()
        return {
            "name": self.env._("Target of %s", self._whose()),
            "value": self.value,
            "kind": "target",
            "n": None,
            "source": False,
            "from": self.date_from,
            "to": self.date_to,
        }


class NpsBenchmark(models.Model):
    """The lines of benchmarks."""

    _inherit = "nps.benchmark"

    @api.model
    def _shown(self, metric, company, start=None, end=None):
        """Return the benchmarks to show beside a company's score in a period.

        Who may read none gets none. The parameters are those of
        :meth:`.NpsTarget._lines`.
        """
        if not self.has_access("read"):
            return self.browse()
        return self.search(
            self._period_domain(start, end)
            & Domain("metric", "=", metric)
            & Domain("is_shown", "=", True)
            & Domain("company_id", "in", [False, company.id]),
            order="date_from, name, id",
        )

    def _line(self):
        """Return the benchmark as a line; see :meth:`.NpsTarget._lines`."""
        self.ensure_one()
        return {
            "name": self.name,
            "value": self.value,
            "kind": "benchmark",
            "n": self.answers,
            "source": self.source,
            "from": self.date_from,
            "to": self.date_to,
        }
