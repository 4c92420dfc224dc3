from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import metrics, risk

OF_COMPANIES = SQL(
    """
    nps_response r
    JOIN nps_invitation i ON i.id = r.invitation_id
    JOIN res_partner p
      ON p.id = i.commercial_partner_id AND p.active AND p.is_company
    """
)


class NpsRisk(models.Model):
    """Finds the facts: one query for all customers, then the rules of tools/risk.py."""

    _inherit = "nps.risk"

    @api.model
    def _find(self, partner_ids):
        """Return the values of all risks of some customers.

        Other models extend it to add what they know.

        :param list partner_ids: ids of people and companies; archived ones are at no
            risk any more
        :return: list of dict of ``partner_id``, ``company_id``, ``scope``, ``rule``,
            ``since``, ``facts`` and ``facts_key``
        """
        return [
            *self._find_in_answers(partner_ids),
            *self._find_in_company_answers(partner_ids),
            *self._find_changes(partner_ids),
            *self._find_silent(partner_ids, "person"),
            *self._find_silent(partner_ids, "company"),
        ]

    @api.model
    def _found(self, row, rule, since, facts, key, scope="person"):
        return {
            "partner_id": row["partner_id"],
            "company_id": row["company_id"],
            "scope": scope,
            "rule": rule,
            "since": since,
            "facts": facts,
            "facts_key": str(key),
        }

    @api.model
    def _days_ago(self, days):
        return fields.Datetime.subtract(fields.Datetime.now(), days=days)

    # === ANSWERS OF ONE PERSON === #

    @api.model
    def _find_in_answers(self, partner_ids):
        """Return who was unhappy twice, and whose answers fall."""
        people = defaultdict(list)
        for row in self._fetch_answers(partner_ids):
            people[row["partner_id"], row["company_id"]].append(row)
        return [risk for rows in people.values() for risk in self._judge_person(rows)]

    @api.model
    def _fetch_answers(self, partner_ids):
        """Return the last answers of each person and metric, the newest last.

        Only of those whose newest answer is no promoter's: no rule holds for others.
        And none that came by an import, from which nothing is to follow: what somebody
        answered years ago is part of his history, and no news.
        """
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT partner_id, company_id, metric,
                       ARRAY_AGG(score ORDER BY place DESC) AS scores,
                       ARRAY_AGG(submitted_at ORDER BY place DESC) AS moments,
                       ARRAY_AGG(id ORDER BY place DESC) AS ids
                  FROM (SELECT r.id, r.partner_id, r.company_id, r.metric, r.score,
                               r.submitted_at,
                               FIRST_VALUE(r.category) OVER newest AS last_category,
                               FIRST_VALUE(r.import_id) OVER newest AS last_import,
                               ROW_NUMBER() OVER newest AS place
                          FROM nps_response r
                          JOIN res_partner p ON p.id = r.partner_id AND p.active
                         WHERE r.partner_id = ANY(%(ids)s) AND r.state = 'counted'
                           AND r.submitted_at >= %(since)s
                        WINDOW newest AS (
                            PARTITION BY r.partner_id, r.company_id, r.metric
                            ORDER BY r.submitted_at DESC, r.id DESC)
                       ) answers
                 WHERE place <= %(most)s AND last_category != 'promoter'
                   AND last_import IS NULL
              GROUP BY partner_id, company_id, metric
                """,
                ids=list(partner_ids),
                since=self._days_ago(risk.LOOK_BACK_DAYS),
                most=risk.MOST_FOR_TREND,
            )
        )

    @api.model
    def _judge_person(self, rows):
        """Return the risks of one person.

        :param rows: of :meth:`_fetch_answers`, one for each metric
        """
        answers = sorted(
            (moment, answer_id, row["metric"], score)
            for row in rows
            for score, moment, answer_id in zip(
                row["scores"], row["moments"], row["ids"], strict=True
            )
        )
        found = self._judge_unhappy(rows[0], answers, "person")
        falling = [r for r in rows if risk.is_falling(r["metric"], r["scores"])]
        for row in falling[:1]:
            facts = {
                "metric": row["metric"],
                "scores": row["scores"],
                "from": fields.Datetime.to_string(row["moments"][0]),
                "to": fields.Datetime.to_string(row["moments"][-1]),
            }
            moment, key = row["moments"][-1], row["ids"][-1]
            found.append(self._found(row, "falling", moment, facts, key))
        return found

    @api.model
    def _judge_unhappy(self, row, answers, scope):
        """Return the risk of two unhappy answers in a row, in a list, or none.

        :param answers: (moment, id, metric, score), the newest last
        """
        bands = [metrics.category(metric, score) for _m, _i, metric, score in answers]
        if not risk.is_unhappy_twice(bands):
            return []
        facts = {
            "answers": [
                [metric, score, fields.Datetime.to_string(moment)]
                for moment, _id, metric, score in answers[-2:]
            ]
        }
        moment, key, *_rest = answers[-1]
        return [self._found(row, "unhappy_twice", moment, facts, key, scope)]

    # === ANSWERS OF A COMPANY === #

    @api.model
    def _find_in_company_answers(self, partner_ids):
        """Return companies whose last two answers, of two people, are unhappy.

        What one person says is his own risk, and the company shows it. Of companies
        with many answers the change of the net score says more: two unhappy ones among
        many are chance.
        """
        columns = ("moments", "ids", "metrics", "scores")
        return [
            found
            for row in self._fetch_company_answers(partner_ids)
            for found in self._judge_unhappy(
                row,
                list(zip(*(row[name] for name in columns), strict=True)),
                "company",
            )
        ]

    @api.model
    def _fetch_company_answers(self, partner_ids):
        """Return the last two answers of companies, if two people gave them."""
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT partner_id, company_id,
                       ARRAY_AGG(metric ORDER BY place DESC) AS metrics,
                       ARRAY_AGG(score ORDER BY place DESC) AS scores,
                       ARRAY_AGG(submitted_at ORDER BY place DESC) AS moments,
                       ARRAY_AGG(id ORDER BY place DESC) AS ids
                  FROM (SELECT r.id, i.commercial_partner_id AS partner_id,
                               r.company_id, r.metric, r.score, r.submitted_at,
                               r.partner_id AS person_id, r.import_id,
                               ROW_NUMBER() OVER newest AS place,
                               COUNT(*) FILTER (WHERE r.submitted_at >= %(recent)s)
                                   OVER (PARTITION BY i.commercial_partner_id,
                                         r.company_id) AS recent
                          FROM %(answers)s
                         WHERE i.commercial_partner_id = ANY(%(ids)s)
                           AND r.state = 'counted' AND r.submitted_at >= %(since)s
                        WINDOW newest AS (
                            PARTITION BY i.commercial_partner_id, r.company_id
                            ORDER BY r.submitted_at DESC, r.id DESC)
                       ) answers
                 WHERE place <= 2 AND recent < %(many)s
              GROUP BY partner_id, company_id
                HAVING COUNT(DISTINCT person_id) = 2
                   AND BOOL_OR(place = 1 AND import_id IS NULL)
                """,
                answers=OF_COMPANIES,
                ids=list(partner_ids),
                recent=self._days_ago(risk.RECENT_DAYS),
                since=self._days_ago(risk.LOOK_BACK_DAYS),
                many=risk.FEWEST_FOR_CHANGE,
            )
        )

    @api.model
    def _find_changes(self, partner_ids):
        """Return companies whose net score fell against the year before."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT partner_id, company_id, metric, last_at,
                       ARRAY[up_before, even_before, down_before] AS before,
                       ARRAY[up_now, even_now, down_now] AS now
                  FROM (SELECT i.commercial_partner_id AS partner_id, r.company_id,
                               r.metric, MAX(r.submitted_at) AS last_at, %(counts)s
                          FROM %(answers)s
                         WHERE i.commercial_partner_id = ANY(%(ids)s)
                           AND r.state = 'counted' AND r.submitted_at >= %(since)s
                      GROUP BY i.commercial_partner_id, r.company_id, r.metric
                        HAVING BOOL_OR(r.submitted_at >= %(recent)s
                                       AND r.import_id IS NULL)
                       ) counted
              ORDER BY partner_id, company_id, metric
                """,
                counts=self._counts_by_period(),
                recent=self._days_ago(risk.RECENT_DAYS),
                answers=OF_COMPANIES,
                ids=list(partner_ids),
                since=self._days_ago(risk.RECENT_DAYS + risk.BEFORE_DAYS),
            )
        )
        found = {}
        for row in rows:
            before, now = risk.Counts(*row["before"]), risk.Counts(*row["now"])
            if risk.has_fallen(before, now):
                facts = {name: row[name] for name in ("metric", "before", "now")}
                values = self._found(
                    row, "falling", row["last_at"], facts, "window", "company"
                )
                found.setdefault((row["partner_id"], row["company_id"]), values)
        return list(found.values())

    @api.model
    def _counts_by_period(self):
        """Return the columns that count answers by category, before and now."""
        recent = self._days_ago(risk.RECENT_DAYS)
        periods = {"before": SQL("<"), "now": SQL(">=")}
        names = {"up": "promoter", "even": "passive", "down": "detractor"}
        return SQL(", ").join(
            SQL(
                "COUNT(*) FILTER"
                " (WHERE r.category = %s AND r.submitted_at %s %s) AS %s",
                category,
                operator,
                recent,
                SQL.identifier(f"{name}_{period}"),
            )
            for period, operator in periods.items()
            for name, category in names.items()
        )
