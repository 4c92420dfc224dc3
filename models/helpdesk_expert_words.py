from odoo import models
from odoo.tools import format_date

from ..tools import intervals, showing
from .helpdesk_expert_results import FEWEST
from .signed_number import signed


class HelpdeskTicket(models.Model):
    """What is said of the agents who are suggested: why, of how much, how surely."""

    _inherit = "helpdesk.ticket"

    def _nps_describe_expert(self, user, result):
        """Return what the form shows of one agent."""
        expected = result.expected
        return {
            "id": user.id,
            "name": user.name,
            "answers": expected.answers,
            "score": signed(self.env, expected.score),
            "interval": self.env._(
                "%(low)s to %(high)s",
                low=signed(self.env, expected.low),
                high=signed(self.env, expected.high),
            ),
            "why": self._nps_say_why(result),
            "is_readable": result.is_readable,
        }

    def _nps_say_why(self, result):
        """Return why, in words: the results in the matter and with the customer."""
        reasons = [self._nps_say_results(result)]
        promoters, answers = result.with_customer[0], sum(result.with_customer)
        if answers:
            reasons.append(
                self.env._(
                    "Promoters among the answers of %(customer)s: %(promoters)s of "
                    "%(answers)s.",
                    promoters=promoters,
                    answers=answers,
                    customer=self.partner_id.commercial_partner_id.display_name,
                )
            )
        return " ".join(reasons)

    def _nps_say_results(self, result):
        answers = sum(result.counts)
        if showing.has_number(answers):
            return self.env._(
                "Net score %(score)s from %(answers)s answers %(matter)s.",
                score=signed(self.env, intervals.net_score(*result.counts)),
                answers=answers,
                matter=self._nps_say_matter(),
            )
        return self.env._(
            "%(answers)s answers %(matter)s: few, so read it with care.",
            answers=answers,
            matter=self._nps_say_matter(),
        )

    def _nps_say_matter(self):
        """Return what the compared answers are about."""
        if not self.category_id:
            return self.env._("about tickets of any category")
        return self.env._("about %s", self.category_id.display_name)

    # === OF ALL OF THEM === #

    def _nps_say_of_experts(self, team, results, found):
        """Return what has to be said of all suggestions, or why there is none."""
        if not found:
            return self._nps_say_why_none(team, results)
        texts = [self._nps_say_ties(found)]
        if not all(result.is_readable for _user, result in found):
            texts.append(self._nps_say_how_known())
        return " ".join(filter(None, texts))

    def _nps_say_ties(self, found):
        first = found[0][1].expected
        tied = [r for _user, r in found if r.expected.is_tied_with(first)]
        if len(tied) < 2:
            return ""
        if len(tied) == len(found):
            return self.env._(
                "They differ no more than chance makes: choose whom you like."
            )
        return self.env._("The first %s differ no more than chance makes.", len(tied))

    def _nps_say_how_known(self):
        until = self._nps_today().replace(day=1)
        return self.env._(
            "Results of colleagues are those before %(date)s, in steps of %(step)s "
            "answers.",
            date=format_date(self.env, until),
            step=FEWEST,
        )

    def _nps_say_why_none(self, team, results):
        if not team - self.user_id:
            return self.env._(
                "There is nobody else to suggest: add members to the team, or choose "
                "another team."
            )
        if not any(result.is_enough for result in results.values()):
            return self.env._(
                "Too few answers %(matter)s yet: whoever is suggested has at least "
                "%(fewest)s.",
                matter=self._nps_say_matter(),
                fewest=FEWEST,
            )
        return self.env._("Nobody who could take the ticket stands out here.")

    def _nps_say_no_need(self):
        return self.env._(
            "Agents are suggested on open tickets whose customer was unhappy last."
        )
