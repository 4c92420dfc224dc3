from odoo import fields, models
from odoo.fields import Domain

from ..tools import trends


class ResPartner(models.Model):
    """The answers of a customer on his form: how many, and the last five as a line."""

    _inherit = "res.partner"

    nps_answer_count = fields.Integer(
        string="Answers",
        compute="_compute_nps_recent_answers",
        groups="nps.nps_group_user",
    )
    nps_recent_answers = fields.Json(
        compute="_compute_nps_recent_answers",
        groups="nps.nps_group_user",
        export_string_translation=False,
    )

    def _compute_nps_recent_answers(self):
        # Who may read the contact may know what he answered, not to whom.
        responses_sudo = self.env["nps.response"].sudo()
        for partner in self:
            # A new contact has no answers; those of nobody are not his.
            his = partner._nps_counted_domain()
            last_sudo = responses_sudo.search(his, limit=trends.SHOWN)
            partner.nps_answer_count = responses_sudo.search_count(his)
            partner.nps_recent_answers = [
                {"metric": r.metric, "score": r.score, "category": r.category}
                for r in last_sudo[::-1]
            ]

    def _nps_counted_domain(self):
        """Return the domain of the answers of a customer that count, here and now."""
        return (
            Domain("state", "=", "counted")
            & Domain("company_id", "in", self.env.companies.ids)
            & (
                Domain(self._origin._nps_answers_domain())
                if self._origin
                else Domain.FALSE
            )
        )

    def action_nps_open_answers(self):
        """Open the answers of the customer that the user may read."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "nps.nps_response_action"
        )
        return {
            **action,
            "domain": self._nps_answers_domain(),
            "context": {"search_default_counted": 1},
            "help": self.env._(
                "<p class='o_view_nocontent_smiling_face'>No answer for you to read</p>"
                "<p>You see the answers to you, and to those you manage. What the "
                "customer said last stands on his score card.</p>"
            ),
        }
