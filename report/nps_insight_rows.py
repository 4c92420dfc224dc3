from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, OrderedSet

from ..tools.counts import Counts

BANDS = ("promoters:sum", "passives:sum", "detractors:sum")
ASKED = ("invited:sum", "responded:sum", "withheld:sum")
SCORES = ("score:sum", "score_squares:sum")


class NpsInsight(models.AbstractModel):
    """Counts the rows of a question, grouped in SQL."""

    _inherit = "nps.insight"

    @api.model
    def _rows(self, question, groupby, period=None, extra=Domain.TRUE):
        """Return the counts of each group.

        The response rate counts all answers, whatever the counting policy: who answered
        twice was asked twice.

        :param question: see ``_question``
        :param groupby: specifications as for ``_read_group``; of none, one total
        :param tuple period: (start, end); the one of the question if left out
        :param extra: a further domain. It does not change which answer is the latest
        :return: a list of (tuple of group values, :class:`~.tools.counts.Counts`)
        """
        rows = self._rows_domain(question, period)
        if question.counting == "all":
            return self._count(rows & Domain(extra), groupby)
        latest = rows & Domain("id", "in", self._latest_answers(rows)) & Domain(extra)
        counted = dict(self._count(latest, groupby))
        return [
            (values, self._with_bands(counts, counted.get(values, Counts())))
            for values, counts in self._count(rows & Domain(extra), groupby)
        ]

    @api.model
    def _rows_domain(self, question, period=None):
        """Return the domain of all rows of a question in a period."""
        start, end = period or question.period
        domain = question.domain
        if start:
            domain &= Domain("local_date", ">=", start)
        if end:
            domain &= Domain("local_date", "<=", end)
        return domain

    @api.model
    def _latest_answers(self, domain):
        """Return the query of the ids of the latest answer of each customer."""
        report = self.env["nps.report"]
        query = report._search(domain & Domain("category", "!=", False))
        names = ("customer_key", "submitted_at", "id")
        customer, submitted, row = (
            report._field_to_sql(query.table, name, query) for name in names
        )
        query.order = SQL("%s, %s DESC, %s DESC", customer, submitted, row)
        return SQL("(%s)", query.select(SQL("DISTINCT ON (%s) %s", customer, row)))

    @api.model
    @api.readonly
    def get_counted_domain(self, domain, options, rows):
        """Return the domain of those answers of some rows that count under the policy.

        :param domain: what the search bar asks for
        :param dict options: see ``_options_allowed``
        :param rows: the domain of the rows, as a result has it
        """
        question = self._question(domain, options)
        if question.counting == "all":
            return rows
        latest = Domain("id", "in", self._latest_answers(self._rows_domain(question)))
        return [("id", "in", self.env["nps.report"].search(Domain(rows) & latest).ids)]

    @api.model
    def _count(self, domain, groupby):
        groups = self.env["nps.report"]._read_group(
            domain, groupby, [*BANDS, *ASKED, *SCORES]
        )
        size = len(groupby)
        return [
            (group[:size], _counts_of(*(number or 0 for number in group[size:])))
            for group in groups
        ]

    @api.model
    def _with_bands(self, asked, counted):
        """Return counts that know who was asked from one, and the rest from another."""
        return counted._replace(
            invited=asked.invited, responded=asked.responded, withheld=asked.withheld
        )

    @api.model
    def _for_client(self, domain):
        """Return a domain as the web client takes it: lists, with days as texts."""
        return [
            leaf if isinstance(leaf, str) else [*leaf[:2], _plain(leaf[2])]
            for leaf in domain
        ]


def _counts_of(promoters, passives, detractors, invited, responded, withheld, *scores):
    asked = (invited, responded)
    return Counts(promoters, passives, detractors, *asked, *scores, withheld=withheld)


def _plain(value):
    if isinstance(value, date):
        return fields.Date.to_string(value)
    if isinstance(value, (list, tuple, set, OrderedSet)):
        return [_plain(part) for part in value]
    return value
