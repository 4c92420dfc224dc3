from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import shrinkage

BACK = relativedelta(months=24)
"""How old answers may be that tell who is good."""

FEWEST = 5
"""Nobody is compared by fewer answers; and in such steps do results move that a viewer
may not read one by one."""

COUNTS = ("promoters", "passives", "detractors")


class Result(NamedTuple):
    """What is known of one agent, by as much as the viewer may know.

    :param counts: promoters, passives, detractors of what is compared
    :param with_customer: the same of the ticket's customer alone; all 0 when unknown
    :param is_readable: whether the viewer may read the answers one by one
    :param expected: a :class:`~.tools.shrinkage.Shrunken`
    :param is_expert: whether he may be suggested
    """

    counts: tuple
    with_customer: tuple
    is_readable: bool
    expected: shrinkage.Shrunken = None
    is_expert: bool = False


class HelpdeskTicket(models.Model):
    """The results by which agents are suggested."""

    _inherit = "helpdesk.ticket"

    def _nps_expert_results(self):
        """Return user id -> :class:`Result` of everybody with answers to compare."""
        metric, all_known = self._nps_known_to_everybody()
        about = self._nps_read_results(metric, self._nps_expert_matter())
        customer = self._nps_customer_results(metric)
        found = {}
        for user_id, (answers, known) in all_known.items():
            if sum(about.get(user_id, ())) == answers:
                found[user_id] = self._nps_read_result(user_id, about, customer)
            else:
                found[user_id] = Result(known, (0, 0, 0), False)
        for user_id in customer.keys() - found.keys():
            found[user_id] = self._nps_read_result(user_id, about, customer)
        return self._nps_expect({u: r for u, r in found.items() if any(r.counts)})

    @api.model
    def _nps_read_result(self, user_id, about, customer):
        with_customer, beside = customer.get(user_id, ((0, 0, 0), (0, 0, 0)))
        parts = (about.get(user_id, (0, 0, 0)), beside)
        return Result(tuple(map(sum, zip(*parts, strict=True))), with_customer, True)

    @api.model
    def _nps_expect(self, results):
        """Add what may be expected of each, all drawn towards their mean."""
        mean, groups = shrinkage.shrink(result.counts for result in results.values())
        return {
            user_id: result._replace(
                expected=expected,
                is_expert=sum(result.counts) >= FEWEST and expected.score > mean,
            )
            for (user_id, result), expected in zip(results.items(), groups, strict=True)
        }

    # === WHAT EVERYBODY MAY KNOW === #

    def _nps_known_to_everybody(self):
        """Return the metric most answered, and what everybody may know of each agent.

        That is results of whole fives of answers up to the end of last month. One
        answer more would tell whoever watches the customer's score whose work it was.

        :return: metric, and user id -> (how many answers there are in all, (promoters,
            passives, detractors) that may be known)
        """
        found = {}
        for metric, user_id, answers, *known in self.env.execute_query(
            self._nps_known_query()
        ):
            found.setdefault(metric, {})[user_id] = (answers, tuple(known))
        totals = {
            metric: sum(answers for answers, _known in agents.values())
            for metric, agents in found.items()
        }
        metric = max(sorted(totals), key=totals.get, default="nps")
        return metric, found.get(metric, {})

    def _nps_known_query(self):
        # Aggregates of everybody, as coarse as the docstring above says.
        report_sudo = self.env["nps.report"].sudo()
        query = report_sudo._search(self._nps_expert_domain(self._nps_expert_matter()))
        columns = {
            name: report_sudo._field_to_sql(query.table, name, query)
            for name in ("id", "metric", "user_id", "local_date", *COUNTS)
        }
        past = SQL("%s < %s", columns["local_date"], self._nps_today().replace(day=1))
        rows = query.select(
            *(SQL("%s AS %s", columns[n], SQL.identifier(n)) for n in columns),
            SQL(
                """
                ROW_NUMBER() OVER (PARTITION BY %(user)s, %(metric)s
                                       ORDER BY %(date)s, %(id)s)
                <= COUNT(*) FILTER (WHERE %(past)s)
                       OVER (PARTITION BY %(user)s, %(metric)s)
                   / %(fewest)s * %(fewest)s AS is_known
                """,
                user=columns["user_id"],
                metric=columns["metric"],
                date=columns["local_date"],
                id=columns["id"],
                past=past,
                fewest=FEWEST,
            ),
        )
        sums = SQL(", ").join(
            SQL("COUNT(*) FILTER (WHERE is_known AND %s = 1)", SQL.identifier(name))
            for name in COUNTS
        )
        return SQL(
            "SELECT metric, user_id, COUNT(*), %s FROM (%s) found"
            " GROUP BY metric, user_id",
            sums,
            rows,
        )

    # === WHAT THE VIEWER MAY READ === #

    def _nps_read_results(self, metric, domain):
        """Return user id -> counts of the answers that the viewer may read."""
        groups = self.env["nps.report"]._read_group(
            self._nps_expert_domain(domain) & Domain("metric", "=", metric),
            ["user_id"],
            [f"{name}:sum" for name in COUNTS],
        )
        return {user.id: tuple(counts) for user, *counts in groups}

    def _nps_customer_results(self, metric):
        """Return user id -> counts of the customer's answers: all, beside the matter.

        Of those that the viewer may read.
        """
        matter = self._nps_expert_matter()
        customer = Domain(
            "commercial_partner_id", "=", self.partner_id.commercial_partner_id.id
        )
        every = self._nps_read_results(metric, customer)
        beside = self._nps_read_results(metric, customer & ~matter)
        return {
            user_id: (counts, beside.get(user_id, (0, 0, 0)))
            for user_id, counts in every.items()
        }

    # === DOMAINS === #

    def _nps_expert_domain(self, domain):
        """Return the domain of ``nps.report`` of what is compared within a domain."""
        return Domain(domain) & Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("category", "!=", False),
                ("user_id", "!=", False),
                # Only unhappy customers are asked again after a case.
                ("is_reask", "=", False),
                ("local_date", ">=", self._nps_today() - BACK),
            ]
        )

    def _nps_expert_matter(self):
        """Return the domain of the answers about the ticket's matter."""
        if self.category_id:
            return Domain("category_id", "=", self.category_id.id)
        return Domain.TRUE

    def _nps_today(self):
        return fields.Date.context_today(self)
