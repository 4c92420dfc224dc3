from odoo import api, fields, models
from odoo.exceptions import UserError


class NpsAdvice(models.Model):
    _inherit = "nps.advice"

    @api.model
    def _advised_models(self):
        return [*super()._advised_models(), "helpdesk.ticket"]


class HelpdeskTicket(models.Model):
    """Shows what is best done next for the customer, until somebody decided on it.

    The first advice that holds is shown. When it was followed, nothing more is said
    unless one that stands above it comes to hold; when it was put away, the next is.
    """

    _inherit = "helpdesk.ticket"

    nps_advice_id = fields.Many2one(
        "nps.advice",
        string="Next Best Action",
        compute="_compute_nps_advice",
        groups="nps.nps_group_user",
    )
    nps_advice_name = fields.Char(
        string="Action", compute="_compute_nps_advice", groups="nps.nps_group_user"
    )
    nps_advice_text = fields.Text(
        string="Why", compute="_compute_nps_advice", groups="nps.nps_group_user"
    )
    nps_advice_plan_text = fields.Char(
        string="What It Does",
        compute="_compute_nps_advice",
        groups="nps.nps_group_user",
    )

    # === COMPUTE METHODS === #

    @api.depends("partner_id", "user_id", "stage_id", "company_id")
    @api.depends_context("lang", "uid", "tz")
    def _compute_nps_advice(self):
        # Who may read the ticket gets the advice; what it follows from he need not see.
        for company, tickets in self.grouped("company_id").items():
            found = tickets.sudo()._nps_find_advice(company)
            for ticket in tickets:
                advice_sudo = found[ticket.sudo()]
                doer = ticket.user_id or self.env.user
                ticket.nps_advice_id = advice_sudo
                ticket.nps_advice_name = advice_sudo.name
                ticket.nps_advice_text = advice_sudo.text
                ticket.nps_advice_plan_text = advice_sudo._plan_text(doer)

    def _nps_find_advice(self, company):
        """Return dict of ticket -> its advice or none, for tickets of one company."""
        advice = self.env["nps.advice"]
        rules = advice._of_company(company)
        decided = self.env["nps.advice.decision"]._of(self._origin)
        customers = self.partner_id._origin
        facts = customers.with_context(allowed_company_ids=company.ids)._nps_facts()
        return {
            ticket: advice
            if ticket.closed or not ticket.partner_id
            else ticket._nps_choose_advice(
                rules, facts[ticket.partner_id._origin.id], decided
            )
            for ticket in self
        }

    def _nps_choose_advice(self, rules, facts, decided):
        """Return the advice to show.

        :param dict decided: see ``nps.advice.decision._of()``
        """
        for rule in rules:
            decision = decided.get((self._origin.id, rule.id))
            if decision != "dismissed" and rule._holds(facts):
                return rules.browse() if decision else rule
        return rules.browse()

    # === CRUD METHODS === #

    @api.ondelete(at_uninstall=False)
    def _unlink_nps_decisions(self):
        # They are about the ticket, and nobody else may delete them.
        decisions_sudo = self.env["nps.advice.decision"].sudo()
        decisions_sudo.search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()

    # === ACTION METHODS === #

    def action_nps_follow_advice(self):
        """Do what the advice says: plan its activity, open its mail."""
        advice = self._nps_decide("followed")
        self._message_log(body=self.env._("Advice followed: %s", advice.name))
        if advice.activity_type_id:
            self.activity_schedule(
                activity_type_id=advice.activity_type_id.id,
                summary=advice.activity_summary or advice.name,
                date_deadline=advice._day(),
                user_id=(self.user_id or self.env.user).id,
            )
        if advice.template_id:
            return self._nps_action_write(self.partner_id, advice.template_id)
        return True

    def action_nps_dismiss_advice(self):
        """Put the advice away on this ticket, for everybody."""
        self._nps_decide("dismissed")
        return True

    def _nps_decide(self, decision):
        """Note a decision on the advice that the user has seen; return the advice.

        :raise UserError: the advice holds no more, or a colleague was faster
        """
        self.ensure_one()
        self.check_access("write")
        # Of two who press at once the second begins again and sees what the first did.
        self.env["nps.person.lock"].sudo()._take([f"advice:{self._name}:{self.id}"])
        self.invalidate_recordset(["nps_advice_id"])
        # Agents follow an advice; what is in it an administrator chose.
        advice_sudo = self.nps_advice_id.sudo()
        if not advice_sudo or advice_sudo.id != self._nps_seen_advice_id():
            raise UserError(
                self.env._(
                    "This advice does not hold any more. Look at the ticket anew."
                )
            )
        self.env["nps.advice.decision"].sudo().create(
            {
                "advice_id": advice_sudo.id,
                "res_model": self._name,
                "res_id": self.id,
                "decision": decision,
            }
        )
        self.invalidate_recordset(["nps_advice_id"])
        return advice_sudo

    def _nps_seen_advice_id(self):
        """Return the id of the advice that the user has on his screen."""
        return self.env.context.get("nps_advice_id", self.nps_advice_id.id)
