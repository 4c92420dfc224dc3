import statistics

from odoo import api, fields, models
from odoo.exceptions import AccessError

MOST_SUGGESTED = 3


class HelpdeskTicket(models.Model):
    """Suggests who is good for an unhappy customer's ticket. A person chooses.

    Leaving somebody out tells as much as naming him: whoever sees that the best agent
    of a matter is missing on one customer's ticket knows who disappointed that
    customer. So what is suggested to a viewer follows from two things alone: from
    answers that record rules let him read, and from results of many customers that are
    the same on every ticket of the category.
    """

    _inherit = "helpdesk.ticket"

    nps_wants_expert = fields.Boolean(
        compute="_compute_nps_wants_expert",
        groups="nps.nps_group_user",
        export_string_translation=False,
        help="Whether the ticket is open and its customer's last answer was unhappy.",
    )

    # === COMPUTE METHODS === #

    @api.depends("nps_customer_badge", "closed")
    @api.depends_context("allowed_company_ids")
    def _compute_nps_wants_expert(self):
        for ticket in self:
            badge = ticket.nps_customer_badge or {}
            unhappy = badge.get("category") == "detractor"
            ticket.nps_wants_expert = unhappy and not ticket.closed

    # === BUSINESS METHODS === #

    @api.readonly
    def nps_experts(self):
        """Return whom to suggest for the ticket, at most three, and why.

        :return: ``experts``: a list of dicts (see ``_nps_describe_expert``), the best
            first and equals by name; ``text``: what has to be said of all of them, or
            why there is none
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("nps.nps_group_user"):
            raise AccessError(
                self.env._("Results of agents are for agents of NPS. Ask for the role.")
            )
        if not self.nps_wants_expert:
            return {"experts": [], "text": self._nps_say_no_need()}
        team = self._nps_expert_team()
        results, mean = self._nps_expert_results()
        results = {user: results[user.id] for user in team if user.id in results}
        found = self._nps_pick_experts(results, mean)
        return {
            "experts": [self._nps_describe_expert(*pair) for pair in found],
            "text": self._nps_say_of_experts(team, results, found),
        }

    def _nps_pick_experts(self, results, mean):
        """Return (user, result) of those to suggest.

        Only those who stand above the mean of the team: a list that had to be filled
        would show who is at its end.

        :param results: user -> result, of all to whom the ticket may go
        :param mean: the mean of everybody, with whom one alone is compared
        """
        enough = {user: r for user, r in results.items() if r.is_enough}
        scores = [result.expected.score for result in enough.values()]
        bar = statistics.mean(scores) if len(scores) > 1 else mean
        left_out = self.user_id | self._nps_known_unhappy_with()
        best = sorted(
            (
                (user, result)
                for user, result in enough.items()
                if result.expected.score > bar and user not in left_out
            ),
            key=lambda pair: (-pair[1].expected.score, pair[0].name, pair[0].id),
        )[:MOST_SUGGESTED]
        return self._nps_order_experts(best)

    @api.model
    def _nps_order_experts(self, best):
        """Put whom chance alone may have put behind the first beside him, by name."""
        first = best[0][1].expected if best else None
        tied = [pair for pair in best if pair[1].expected.is_tied_with(first)]
        rest = [pair for pair in best if pair not in tied]
        return sorted(tied, key=lambda pair: (pair[0].name, pair[0].id)) + rest

    def _nps_expert_team(self):
        """Return the users to whom the ticket may go."""
        self.ensure_one()
        if self.team_id:
            users = self.team_id.user_ids
        else:
            role = self.env.ref("helpdesk_mgmt.group_helpdesk_user_own")
            users = self.env["res.users"].search([("all_group_ids", "in", role.ids)])
        return users.filtered(
            lambda user: (
                user.active
                and not user.share
                and self.company_id in user.sudo().company_ids
            )
        )

    def _nps_known_unhappy_with(self):
        """Return with whom the customer was unhappy last, if the viewer may read that.

        Otherwise nobody: the list must be the one of every other customer.
        """
        last = self._nps_last_response_sudo().sudo(False)
        readable = last._filtered_access("read")
        return readable.filtered(lambda r: r.category == "detractor").user_id

    def _nps_last_response_sudo(self):
        """Return the customer's last answer, or the last one of his company."""
        # Which answer is the last one does not depend on who looks.
        responses_sudo = self.env["nps.response"].sudo()
        company = self.partner_id.commercial_partner_id
        counted = [
            ("state", "=", "counted"),
            ("company_id", "in", self.env.companies.ids),
        ]
        for customer in (
            [("partner_id", "=", self.partner_id.id)],
            [("invitation_id.commercial_partner_id", "=", company.id)],
        ):
            last = responses_sudo.search(
                [*counted, *customer],
                order="submitted_at desc, id desc",
                limit=1,
            )
            if last:
                return last
        return responses_sudo
