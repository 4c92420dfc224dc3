from odoo import api, fields, models
from odoo.fields import Domain

NAMED = 3
"""So many people of a company are named; the others are counted."""


class ResPartner(models.Model):
    """Whether a customer may be leaving, and why; a company shows its people too."""

    _inherit = "res.partner"

    nps_is_at_risk = fields.Boolean(
        string="At Risk",
        compute="_compute_nps_risk",
        search="_search_nps_is_at_risk",
        groups="nps.nps_group_user",
        help="One of the rules for customers at risk holds: two unhappy answers in a "
        "row, falling answers, no answer from somebody who used to answer, a case that "
        "is overdue. For a company also when it holds for one of its people.",
    )
    nps_risk_text = fields.Text(
        string="Why at Risk", compute="_compute_nps_risk", groups="nps.nps_group_user"
    )

    # === COMPUTE METHODS === #

    @api.depends_context("lang", "tz", "allowed_company_ids", "uid")
    def _compute_nps_risk(self):
        # Who may read the contact may know that the customer is unhappy; which
        # colleague an answer was about is no part of a reason.
        risks_sudo = self.env["nps.risk"].sudo()
        rows_sudo = risks_sudo.search(
            self._nps_risk_domain() & self._nps_risks_of(self.ids)
        )
        for partner in self:
            of_partner = rows_sudo.filtered(
                lambda row, partner=partner: (
                    partner in (row.partner_id | row.commercial_partner_id)
                )
            )
            partner.nps_is_at_risk = bool(of_partner)
            partner.nps_risk_text = partner._nps_describe_risks(of_partner)

    def _search_nps_is_at_risk(self, operator, value):
        if operator != "in":
            return NotImplemented
        risks_sudo = self.env["nps.risk"].sudo()
        query = risks_sudo._search(self._nps_risk_domain())
        return Domain.OR(
            Domain("id", "in", query.subselect(query_column))
            for query_column in ("partner_id", "commercial_partner_id")
        )

    @api.model
    def _nps_risk_domain(self):
        """Return the domain of the risks that count for the user's companies."""
        return Domain("muted_at", "=", False) & Domain(
            "company_id", "in", self.env.companies.ids
        )

    @api.model
    def _nps_risks_of(self, partner_ids):
        """Return the domain of the risks of people, and of companies with theirs."""
        return Domain("partner_id", "in", partner_ids) | Domain(
            "commercial_partner_id", "in", partner_ids
        )

    def _nps_describe_risks(self, rows_sudo):
        """Return all reasons in words, or False."""
        own = rows_sudo.filtered(lambda row: row.partner_id == self)
        lines = own.sorted(type(rows_sudo)._gravity).mapped("reason")
        others = (rows_sudo - own).partner_id.sorted("name")
        names = [person.name or person.email or "" for person in others[:NAMED]]
        if len(others) > NAMED:
            words = {"names": ", ".join(names), "count": len(others) - NAMED}
            lines.append(
                self.env._("Its people at risk: %(names)s and %(count)s more", **words)
            )
        elif others:
            lines.append(self.env._("Its people at risk: %s", ", ".join(names)))
        return "\n".join(lines) or False

    # === CRUD METHODS === #

    def write(self, vals):
        moved = self.filtered(lambda p: "active" in vals and p.active != vals["active"])
        result = super().write(vals)
        moved._nps_refresh_risk()
        return result

    # === BUSINESS METHODS === #

    def _nps_refresh_risk(self, at=None):
        """Have the risk rules looked at soon for these customers and their companies.

        Cheap, and it never waits: it leaves a note for the risk cron, so also what the
        customer's own request does may call it.

        :param at: the moment (UTC) from which it matters, as a deadline; None: at once
        """
        # It follows from facts, whoever caused them.
        news_sudo = self.env["nps.risk.news"].sudo()
        news_sudo._note(self | self.sudo().commercial_partner_id, at)

    def _nps_action_open(self):
        """Return the action that opens the contact."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }
