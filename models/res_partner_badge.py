from collections import namedtuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import intervals, metrics, showing, trends

Answer = namedtuple("Answer", "response_id metric score category at")
"""An answer that counts. Of a company the id is None: it is no one's in particular."""


class ResPartner(models.Model):
    """What is shown of a customer at a glance: his last answer, its age, the trend.

    A company shows also the number over all its people; a person without answers shows
    what his company shows, and says so. All of it comes from the answers themselves,
    of the companies in which the user works; the stored columns serve sorting.
    """

    _inherit = "res.partner"

    nps_badge = fields.Json(
        string="Last Answer in Short",
        compute="_compute_nps_badge",
        groups="nps.nps_group_user",
        export_string_translation=False,
    )

    @api.depends("nps_category", "nps_answered_at", "parent_id", "is_company")
    @api.depends_context("allowed_company_ids")
    def _compute_nps_badge(self):
        badges = self._nps_badges()
        for partner in self:
            partner.nps_badge = badges.get(partner._origin.id) or _badge(partner)

    def _nps_badges(self):
        """Return what is shown of these customers; two queries for all of them.

        It checks no rights: whoever may read a contact may know its score.

        :return: dict of partner id -> dict of ``partner_id``, ``company_id`` (himself
            without a company), ``category`` (``none`` without an answer) and, with
            one, ``metric``, ``score``, ``at`` (UTC, as text), ``is_old``, ``trend``
            (``up``, ``steady``, ``down`` or False), ``source`` (``own``; ``company``:
            he has none, this is his company's), ``company`` (its name, where it is
            about one) and ``net`` (False or the company's number, see
            :meth:`_nps_nets`)
        """
        # The score of a person's company is told to whoever may read the person.
        partners_sudo = self._origin.sudo()
        people = partners_sudo.filtered(lambda partner: not partner.is_company)
        answers = people._nps_last_answers()
        silent = people.filtered(lambda partner: partner.id not in answers)
        theirs = silent.commercial_partner_id.filtered("is_company")
        nets = (partners_sudo - people | theirs)._nps_nets()
        return {
            partner.id: partner._nps_badge_of(answers.get(partner.id), nets)
            for partner in partners_sudo
        }

    def _nps_badge_of(self, answers, nets):
        """Return what is shown of one customer, from his answers or his company's."""
        if answers:
            return _badge(self, answers[0], trend=_trend(answers))
        company = self.commercial_partner_id
        if company.id not in nets:
            return _badge(self)
        last, net = nets[company.id]
        return _badge(self, last, company=company, net=net)

    @api.model
    def _nps_old_before(self):
        """Return the moment (UTC) before which an answer says little about now."""
        months = relativedelta(months=self.env.company.nps_old_after_months)
        return fields.Datetime.now() - months

    def _nps_last_answers(self, count=trends.SHOWN):
        """Return dict of partner id -> his own last answers that count, newest first.

        :param int count: at most so many of each
        """
        rows = self._nps_query_answers(
            SQL(
                """
                SELECT partner_id, id, metric, score, category, submitted_at
                  FROM (
                       SELECT *, row_number() OVER (
                              PARTITION BY partner_id
                                  ORDER BY submitted_at DESC, id DESC) AS place
                         FROM nps_response
                        WHERE partner_id = ANY(%(partners)s) AND state = 'counted'
                          AND company_id = ANY(%(companies)s)
                       ) AS answers
                 WHERE place <= %(count)s
                 ORDER BY partner_id, place
                """,
                partners=self.ids,
                companies=self.env.companies.ids,
                count=count,
            )
        )
        found = {}
        for partner_id, *answer in rows:
            found.setdefault(partner_id, []).append(Answer(*answer))
        return found

    def _nps_nets(self):
        """Return dict of company id -> (last answer of its people, its number).

        The number is a dict of ``n``, ``level`` (see :mod:`.tools.showing`),
        ``metric``, the counts by category, and ``net``, ``low``, ``high``, which are
        False with too few answers. It counts the answers that are not old, of the
        metric of the last one, without surveys that followed a case: as the analysis.
        """
        rows = self._nps_query_answers(
            SQL(
                """
                SELECT i.commercial_partner_id, r.metric, r.category,
                       max(r.submitted_at),
                       (array_agg(r.score ORDER BY r.submitted_at DESC, r.id DESC))[1],
                       count(*) FILTER (WHERE r.submitted_at >= %(since)s
                                          AND i.is_reask IS NOT TRUE)
                  FROM nps_invitation i
                  JOIN nps_response r ON r.invitation_id = i.id AND r.state = 'counted'
                 WHERE i.commercial_partner_id = ANY(%(customers)s)
                   AND i.company_id = ANY(%(companies)s)
                 GROUP BY 1, 2, 3
                """,
                customers=self.ids,
                companies=self.env.companies.ids,
                since=self._nps_old_before(),
            )
        )
        found = {}
        for customer_id, *row in rows:
            found.setdefault(customer_id, []).append(row)
        return {customer_id: _last_and_net(of) for customer_id, of in found.items()}

    def _nps_query_answers(self, query):
        """Return the rows of a query about the answers of these customers."""
        if not self:
            return []
        self.env["nps.response"].flush_model()
        self.env["nps.invitation"].flush_model()
        return self.env.execute_query(query)


def _badge(partner, last=None, trend=False, company=None, net=False):
    """Return what is shown of a partner; nothing known when there is no answer.

    :param Answer last: his last answer, or that of his company's people
    :param company: the ``res.partner`` it is about, if it is about a company
    """
    whose = {
        "partner_id": partner._origin.id,
        "company_id": partner.commercial_partner_id._origin.id,
    }
    if not last:
        return {**whose, "category": "none"}
    return {
        **whose,
        "category": last.category,
        "metric": last.metric,
        "score": last.score,
        "at": fields.Datetime.to_string(last.at),
        "is_old": last.at < partner._nps_old_before(),
        "trend": trend,
        "source": "company" if company and company != partner else "own",
        "company": company.name if company else False,
        "net": net,
    }


def _trend(answers):
    """Return where the answers of a person point, newest first, or False."""
    metric = answers[0].metric
    scores = [answer.score for answer in answers if answer.metric == metric]
    return trends.direction(metric, scores[::-1]) or False


def _last_and_net(rows):
    """Return the last answer of a company and its number.

    :param rows: a list of [metric, category, when last, last score, how many]
    """
    metric, category, at, score, _count = max(rows, key=lambda row: row[2])
    counts = {row[1]: row[4] for row in rows if row[0] == metric}
    found = [counts.get(key, 0) for key in metrics.CATEGORIES]
    n = sum(found)
    enough = showing.has_number(n)
    low, high = intervals.net_interval(*found) if enough else (False, False)
    number = {
        "n": n,
        "level": showing.level(n),
        "metric": metric,
        **dict(zip(metrics.CATEGORIES, found, strict=True)),
        "net": intervals.net_score(*found) if enough else False,
        "low": low,
        "high": high,
    }
    return Answer(None, metric, score, category, at), number
