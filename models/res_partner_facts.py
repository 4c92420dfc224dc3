from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

CLOSED_LATELY_DAYS = 90
GRAVITY = ("overdue", "promised", "open", "closed", "none")
"""The states of a customer's cases, the gravest first: that one counts."""


class ResPartner(models.Model):
    """What rules may know of a customer: his answers, his cases, nothing of colleagues.

    Where a person never answered, his company's answers speak for him. Of cases his own
    open one comes first, then one that is open in his company, then his own that was
    closed lately.
    """

    _inherit = "res.partner"

    def _nps_facts(self):
        """Return what is known of customers, for the rules about them.

        It looks nobody up whom the caller may not read, and only at the answers and
        cases of the companies that he works for. The number of queries does not grow
        with the number of customers.

        :return: partner id -> dict of

            * ``category``: ``promoter``, ``passive``, ``detractor`` or ``none``
            * ``trend``: ``up``, ``down``, ``steady`` or False
            * ``is_old``: whether the last answer is old
            * ``source``: ``own``, or ``company`` when only his company answered
            * ``reason_ids``: set of the reasons of that answer
            * ``case_state``: ``none``, ``open``, ``promised``, ``overdue``, ``closed``
            * ``is_at_risk``: whether he or his company may be leaving
        """
        badges, cases = self._nps_badges(), self._nps_case_states()
        reasons, risky = self._nps_last_reasons(badges), self._nps_risky()
        facts = {}
        for partner in self:
            badge = badges[partner.id]
            facts[partner.id] = {
                "category": badge["category"],
                "trend": badge.get("trend") or False,
                "is_old": bool(badge.get("is_old")),
                "source": badge.get("source") or "own",
                "reason_ids": reasons.get(partner.id, set()),
                "case_state": cases[partner.id],
                "is_at_risk": partner in risky,
            }
        return facts

    # === CASES === #

    def _nps_case_states(self):
        """Return partner id -> state of his cases, see :meth:`_nps_facts`."""
        # Whoever may read the customer may know that somebody takes care of him.
        cases_sudo = self.env["nps.case"].sudo()
        companies = self.sudo().commercial_partner_id
        about = Domain("partner_id", "in", self.ids) | Domain(
            "commercial_partner_id", "in", companies.ids
        )
        found = cases_sudo.search(self._nps_recent_cases_domain() & about)
        states = {}
        for case_sudo in found:
            state = case_sudo._state_for_rules()
            for partner in case_sudo.partner_id | case_sudo.commercial_partner_id:
                states.setdefault(partner.id, set()).add(state)
        return {partner.id: partner._nps_gravest(states) for partner in self}

    @api.model
    def _nps_recent_cases_domain(self):
        since = fields.Datetime.subtract(fields.Datetime.now(), days=CLOSED_LATELY_DAYS)
        lately = Domain("closed_at", ">=", since) & Domain("state", "!=", "withdrawn")
        return Domain("company_id", "in", self.env.companies.ids) & (
            Domain("is_open", "=", True) | lately
        )

    def _nps_gravest(self, states):
        """Return the state that counts for one customer.

        :param dict states: partner id -> set of states of his cases
        """
        company = self.commercial_partner_id
        known = [(state, "own") for state in states.get(self.id, ())]
        if company != self:
            # What was settled with a colleague says nothing to him.
            going_on = states.get(company.id, set()) - {"closed"}
            known += [(state, "company") for state in going_on]
        return min(known, key=_case_rank, default=("none", ""))[0]

    # === REASONS AND RISK === #

    def _nps_last_reasons(self, badges):
        """Return partner id -> set of the reasons of the answer that speaks for him."""
        whose = {
            partner.id: partner.commercial_partner_id.id
            if badges[partner.id].get("source") == "company"
            else partner.id
            for partner in self
            if badges[partner.id]["category"] != "none"
        }
        answers = self._nps_last_answers_sudo(set(whose.values()))
        return {
            partner_id: set(answers[speaker].reason_ids.ids)
            for partner_id, speaker in whose.items()
            if speaker in answers
        }

    @api.model
    def _nps_last_answers_sudo(self, partner_ids):
        """Return partner id -> his last answer; of a company, of any of its people."""
        self.env["nps.response"].flush_model()
        self.env["nps.invitation"].flush_model(["partner_id", "commercial_partner_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (asked.id) asked.id, r.id
                  FROM (
                       SELECT partner_id AS id, id AS invitation_id
                         FROM nps_invitation
                        WHERE partner_id = ANY(%(ids)s::int[])
                        UNION ALL
                       SELECT commercial_partner_id, id
                         FROM nps_invitation
                        WHERE commercial_partner_id = ANY(%(ids)s::int[])
                       ) AS asked
                  JOIN nps_response r ON r.invitation_id = asked.invitation_id
                   AND r.state = 'counted' AND r.company_id = ANY(%(companies)s)
                 ORDER BY asked.id, r.submitted_at DESC, r.id DESC
                """,
                ids=list(partner_ids),
                companies=self.env.companies.ids,
            )
        )
        # Reasons are compared with rules and never shown; archived ones stay given.
        answers_sudo = self.env["nps.response"].sudo().with_context(active_test=False)
        answers_sudo = answers_sudo.browse(answer_id for _partner_id, answer_id in rows)
        return dict(zip((row[0] for row in rows), answers_sudo, strict=True))

    def _nps_risky(self):
        """Return those who may be leaving, themselves or their companies.

        A company also for its people; a person not for his colleagues.
        """
        # Who may read the contact may know that he is at risk.
        risks_sudo = self.env["nps.risk"].sudo()
        companies = self.sudo().commercial_partner_id
        rows_sudo = risks_sudo.search(
            self._nps_risk_domain()
            & (
                Domain("partner_id", "in", (self | companies).ids)
                | Domain("commercial_partner_id", "in", self.ids)
            )
        )
        themselves = rows_sudo.partner_id
        return self.filtered(
            lambda partner: (
                partner in themselves | rows_sudo.commercial_partner_id
                or partner.commercial_partner_id in themselves
            )
        )


def _case_rank(case):
    """Order cases: open before closed, own before the company's, the gravest first."""
    state, whose = case
    return state == "closed", whose != "own", GRAVITY.index(state)
