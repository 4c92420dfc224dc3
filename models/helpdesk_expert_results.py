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

    :param counts: promoters, passives, detractors about the ticket's matter
    :param with_customer: the same of the ticket's customer alone; all 0 when unknown
    :param is_readable: whether the viewer may read the answers one by one
    :param expected: a :class:`~.tools.shrinkage.Shrunken`
    """

    counts: tuple
    with_customer: tuple
    is_readable: bool
    expected: shrinkage.Shrunken = None

    @property
    def is_enough(self):
        """Whether there are enough answers to compare."""
        return sum(self.counts) >= FEWEST


class HelpdeskTicket(models.Model):
    """The results by which agents are suggested."""

    _inherit = "helpdesk.ticket"

    def _nps_expert_results(self):
        """Return user id -> :class:`Result`, and the mean of all of them or None."""
        metric, all_known = self._nps_known_to_everybody()
        read = self._nps_read_results(metric, self._nps_expert_matter())
        customer = self._nps_read_results(metric, self._nps_customer_domain())
        found = {}
        for user_id, (answers, known) in all_known.items():
            if sum(read.get(user_id, ())) == answers:
                own = customer.get(user_id, (0, 0, 0))
                found[user_id] = Result(read[user_id], own, True)
            else:
                found[user_id] = Result(known, (0, 0, 0), False)
        return self._nps_expect({u: r for u, r in found.items() if any(r.counts)})

    @api.model
    def _nps_expect(self, results):
        """Add what to expect of each: drawn to the mean, then to the customer."""
        mean, variance, groups = shrinkage.shrink(r.counts for r in results.values())
        return {
            user_id: result._replace(
                expected=expected.with_own(result.with_customer, variance)
            )
            for (user_id, result), expected in zip(results.items(), groups, strict=True)
        }, mean

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

    def _nps_customer_domain(self):
        """Return the domain of the answers of the ticket's customer: of his company."""
        company = self.partner_id.commercial_partner_id
        return Domain("commercial_partner_id", "=", company.id)

    def _nps_today(self):
        return fields.Date.context_today(self)
