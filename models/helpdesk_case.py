from odoo import api, fields, models
from odoo.fields import Domain


class NpsCaseRule(models.Model):
    """Owners from the team of a ticket."""

    _inherit = "nps.case.rule"

    owner_kind = fields.Selection(
        selection_add=[
            ("team_leader", "Leader of the ticket's team"),
            ("team_in_turn", "Members of the ticket's team, in turn"),
        ],
        ondelete={
            "team_leader": "set default",
            "team_in_turn": "set default",
        },
    )

    @api.model
    def _owners_team_leader(self, case_sudo):
        return case_sudo.team_id.user_id

    @api.model
    def _owners_team_in_turn(self, case_sudo):
        return self._longest_waiting(case_sudo.team_id.user_ids)


class NpsCase(models.Model):
    """The tickets of a case: the one that it is about, and those made from it."""

    _inherit = "nps.case"

    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="About Ticket",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    team_id = fields.Many2one(
        "helpdesk.ticket.team", readonly=True, index="btree_not_null"
    )
    category_id = fields.Many2one(
        "helpdesk.ticket.category", string="Ticket Category", readonly=True
    )
    followup_ids = fields.One2many(
        "helpdesk.ticket", "nps_case_id", string="Follow-up Tickets"
    )
    followup_count = fields.Integer(compute="_compute_followup_count")

    @api.depends("followup_ids")
    def _compute_followup_count(self):
        for case in self:
            case.followup_count = len(case.followup_ids)

    def action_create_ticket(self):
        """Open a new ticket for what the case needs, filled in."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Ticket"),
            "res_model": "helpdesk.ticket",
            "view_mode": "form",
            "context": {
                "default_nps_case_id": self.id,
                "default_name": self.subject or self.display_name,
                "default_partner_id": self.partner_id.id,
                "default_team_id": self.team_id.id,
                "default_category_id": self.category_id.id,
                "default_description": self.promise
                or self.comment
                or self.display_name,
            },
        }

    def action_open_followups(self):
        """Open the tickets that were made from the case."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Follow-up Tickets"),
            "res_model": "helpdesk.ticket",
            "view_mode": "list,form",
            "domain": [("nps_case_id", "=", self.id)],
            "context": {"default_nps_case_id": self.id},
        }


class NpsInvitation(models.Model):
    """What a case keeps of the ticket."""

    _inherit = "nps.invitation"

    def _case_values(self, response=None):
        ticket = self.res_id if self.res_model == "helpdesk.ticket" else False
        exists = self.env["helpdesk.ticket"].browse(ticket or ()).exists()
        return dict(
            super()._case_values(response),
            ticket_id=exists.id,
            team_id=self.team_id.id,
            category_id=self.category_id.id,
        )


class HelpdeskTicket(models.Model):
    """The cases of a ticket, and a case made from it."""

    _inherit = "helpdesk.ticket"

    nps_case_id = fields.Many2one(
        "nps.case",
        string="From Case",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="nps.nps_group_user",
        help="The case of an unhappy customer for which this ticket was made.",
    )
    nps_case_count = fields.Integer(
        string="Cases",
        compute="_compute_nps_case_count",
        groups="nps.nps_group_user",
    )

    def _compute_nps_case_count(self):
        cases = self.env["nps.case"].search(self._nps_cases_domain())
        for ticket in self:
            about = cases.filtered(
                lambda case, own=ticket._origin: (
                    own in case.ticket_id | case.followup_ids
                )
            )
            ticket.nps_case_count = len(about)

    @api.model_create_multi
    def create(self, vals_list):
        tickets = super().create(vals_list)
        tickets._nps_check_case()
        return tickets

    def write(self, vals):
        result = super().write(vals)
        if vals.get("nps_case_id"):
            self._nps_check_case()
        return result

    def _nps_check_case(self):
        """Let only those tie a ticket to a case who work on the case."""
        # Reading the field takes a role that whoever opens a ticket need not have; so
        # does the check itself, also of no case.
        if not self.env.su and (cases_sudo := self.sudo().nps_case_id):
            cases_sudo.sudo(False).check_access("write")

    def _nps_cases_domain(self):
        """Return the domain of the cases about these tickets or behind them."""
        return Domain("ticket_id", "in", self.ids) | Domain(
            "followup_ids", "in", self.ids
        )

    def action_nps_open_cases(self):
        """Open the cases of the ticket."""
        self.ensure_one()
        return self.env["nps.case"].search(self._nps_cases_domain())._action_open_form()

    def _nps_open_cases_domain(self):
        return Domain("ticket_id", "in", self.ids)

    def _nps_rated_agent(self):
        return self.user_id or super()._nps_rated_agent()

    def _nps_case_values(self):
        return {"ticket_id": self.id, **super()._nps_case_values()}
