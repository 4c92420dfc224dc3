from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools import trends

LOOKED_AT = 20
"""Among so many answers the last words and the last of each metric are looked for."""

NOT_ASKED = (
    "no_address",
    "invalid_address",
    "customer_archived",
    "opted_out",
    "no_consent",
    "blacklisted",
    "bounce_limit",
    "own_company",
    "open_case",
    "reopened",
)
"""Why a person is asked by no survey, whatever the date."""


class ResPartner(models.Model):
    """The score card: what an agent should know of a customer before he says hello."""

    _inherit = "res.partner"

    @api.readonly
    def nps_score_card(self):
        """Return what the score card shows of one customer.

        Which colleague received a score stands there only for those whom the record
        rules let read the answer.

        :return: dict of ``partner_id``, ``name``, ``badge`` (see :meth:`_nps_badges`),
            ``answers`` (the last five, the oldest first), ``lasts`` (the last of each
            metric, the newest first), ``comment`` (the answer with the last words, or
            False), ``case`` (the open one that is due first, or False), ``risk``,
            ``say_first``, ``next_ask`` (a sentence), ``opt_out``, and what other parts
            of the addon add
        :raise AccessError: the user is no agent or may not read the contact
        """
        self.ensure_one()
        self._nps_check_may_pick()
        answers = self._nps_card_answers()
        return {
            "partner_id": self.id,
            "name": self.display_name,
            "badge": self._nps_badges()[self.id],
            "answers": answers[: trends.SHOWN][::-1],
            "lasts": _last_of_each_metric(answers),
            "comment": next((a for a in answers if a["comment"]), False),
            "case": self._nps_card_case(),
            "risk": self.nps_risk_text,
            "say_first": self._nps_card_say_first(),
            "next_ask": self._nps_card_next_ask(),
            "opt_out": self.nps_opt_out_text,
        }

    def _nps_card_answers(self):
        """Return the last answers of the customer, or else of his company."""
        # Who may read the contact may know what he answered, not to whom.
        responses_sudo = self.env["nps.response"].sudo()
        for partner in (self, self.sudo().commercial_partner_id):
            his = partner._nps_counted_domain()
            if found_sudo := responses_sudo.search(his, limit=LOOKED_AT):
                break
        readable = found_sudo.sudo(False)._filtered_access("read")
        return [
            answer_sudo._card_values(answer_sudo.sudo(False) in readable)
            for answer_sudo in found_sudo
        ]

    def _nps_card_case(self):
        """Return the open case of the customer that is due first, or False."""
        # That somebody takes care of him is for all to know who serve him.
        cases_sudo = self.env["nps.case"].sudo()
        is_open = Domain("is_open", "=", True) & Domain(
            "company_id", "in", self.env.companies.ids
        )
        his = Domain(self._nps_cases_domain())
        found_sudo = cases_sudo.search(is_open & his, order="due_at, id", limit=1)
        return found_sudo._card_values() if found_sudo else False

    def _nps_card_next_ask(self):
        """Return in one sentence whether and when the customer may be asked again."""
        # The rules are the same for whoever asks.
        draft_sudo = self.env["nps.invitation"].sudo().new(self._nps_draft_values())
        if reason := draft_sudo._suppression_reason_now(NOT_ASKED):
            return self.env._("Is not asked: %s", draft_sudo._reason_text(reason))
        if not draft_sudo._surveys_that_ask(self.env.company):
            return self.env._("No survey asks at present")
        moment = draft_sudo._next_ask_at(self.email_normalized, self.env.company)
        if not moment:
            return self.env._("May be asked now")
        return self.env._("May be asked from %s", format_date(self.env, moment))

    def _nps_draft_values(self):
        """Return what an invitation of the customer would say of him."""
        return {
            "partner_id": self.id,
            "commercial_partner_id": self.commercial_partner_id.id,
            "email": self.email,
            "email_normalized": self.email_normalized,
            "company_id": self.env.company.id,
        }

    # === HOOKS === #

    def _nps_card_say_first(self):
        """Return the line with which the agent should begin, or ""."""
        return ""


class NpsResponse(models.Model):
    """What the score card shows of an answer."""

    _inherit = "nps.response"

    def _card_values(self, may_read):
        """Return one answer for the card.

        :param bool may_read: whether the user may know to which colleague it was
        """
        return {
            "id": may_read and self.id,
            "metric": self.metric,
            "score": self.score,
            "category": self.category,
            "at": self.submitted_at,
            "is_old": self.submitted_at < self.partner_id._nps_old_before(),
            "comment": self.comment or False,
            "customer": self.customer_name,
            "colleague": may_read and self.user_id.name,
        }


class NpsCase(models.Model):
    """What the score card shows of a case."""

    _inherit = "nps.case"

    def _card_values(self):
        """Return one case for the card."""
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "id": self.sudo(False).has_access("read") and self.id,
            "state": states[self.state],
            "owner": self.user_id.name,
            "promise": self.promise,
            "promise_date": self.promise_date
            and format_date(self.env, self.promise_date),
            "due": self.due_at and format_date(self.env, self.due_at),
            "is_overdue": self.is_overdue,
        }


def _last_of_each_metric(answers):
    """Return the newest answer of each metric, the newest first."""
    found = {}
    for answer in answers:
        found.setdefault(answer["metric"], answer)
    return list(found.values())
