import logging
from datetime import timedelta

import psycopg2

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)


class HelpdeskTicket(models.Model):
    """A ticket: outcomes are picked on it, by people or by the stage it reaches."""

    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "nps.touchpoint.mixin", "nps.score.mixin"]

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        tickets = super().create(vals_list)
        tickets._nps_pick_by_stage()
        return tickets

    def write(self, vals):
        stage_id = vals.get("stage_id")
        moved = self.filtered(lambda t: stage_id and t.stage_id.id != stage_id)
        result = super().write(vals)
        moved._nps_pick_by_stage()
        return result

    # === BUSINESS METHODS === #

    def _nps_pick_by_stage(self):
        """Pick the outcomes that are set to follow from the stage just reached."""
        outcomes_sudo = self.env["nps.outcome"].sudo()
        if self.env.context.get("nps_no_auto_outcome") or not self:
            return
        automatic = outcomes_sudo.search([("auto_stage_ids", "in", self.stage_id.ids)])
        if automatic:
            self._nps_pick_safely(automatic)

    def _nps_pick_safely(self, outcomes_sudo):
        """Pick outcomes by rule; tickets move on whatever becomes of it."""
        try:
            with self.env.cr.savepoint():
                # A stage is reached by whoever moves it: a customer's mail, a rule.
                self.sudo()._nps_pick_first(outcomes_sudo)
            return
        except psycopg2.OperationalError:
            # Odoo repeats the whole request.
            raise
        except Exception:
            if len(self) == 1:
                _logger.exception(
                    "No outcome could be picked on ticket %s", self.number
                )
                return
        # One of them is poisoned: halves of halves show which.
        half = len(self) // 2
        self[:half]._nps_pick_safely(outcomes_sudo)
        self[half:]._nps_pick_safely(outcomes_sudo)

    def _nps_pick_first(self, outcomes_sudo):
        """Pick on each ticket the first outcome that its stage calls for."""
        mover = self._nps_mover()
        waiting = self - self._nps_picked_lately()
        # Most tickets offer the same: to look once for each such set is enough.
        alike = waiting.grouped(lambda t: repr(t._nps_automatic_domain()))
        for tickets in alike.values():
            domain = tickets[0]._nps_automatic_domain()
            offered = outcomes_sudo.filtered_domain(domain)[:1]
            for agent, mine in tickets.grouped(lambda t: t.user_id or mover).items():
                if offered:
                    mine._nps_pick(offered, agent=agent)

    def _nps_automatic_domain(self):
        """Return the domain of the outcomes that its stage calls for."""
        offered = self.env["nps.outcome"]._offered_domain(self)
        return offered & Domain("auto_stage_ids", "in", self.stage_id.ids)

    def _nps_mover(self):
        """Return the colleague who moved the ticket, or nobody: a rule, a customer."""
        user = self.env.user
        is_person = user._is_internal() and user.id != SUPERUSER_ID
        return user if is_person else user.browse()

    def _nps_picked_lately(self):
        """Return the tickets on which an outcome was picked within the last hour.

        One that was withdrawn, as the ticket was reopened, is picked anew.
        """
        recently = fields.Datetime.now() - timedelta(hours=1)
        rows = self.env["nps.invitation"]._read_group(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("picked_at", ">=", recently),
                ("cancel_reason", "!=", "ticket_reopened"),
            ],
            ["res_id"],
        )
        picked = {res_id for (res_id,) in rows}
        return self.filtered(lambda ticket: ticket.id in picked)

    def _nps_apply(self, outcome, agent):
        result = super()._nps_apply(outcome, agent)
        moving = self.filtered(lambda ticket: ticket.stage_id != outcome.stage_id)
        if outcome.stage_id and moving:
            moving.with_context(nps_no_auto_outcome=True).stage_id = outcome.stage_id
        return result

    def _nps_announce(self, outcome):
        lines = super()._nps_announce(outcome)
        if outcome.stage_id and outcome.stage_id != self.stage_id:
            lines.append(self.env._("The ticket moves to “%s”.", outcome.stage_id.name))
        return lines

    # === HOOKS === #

    def _nps_customer(self):
        partner = self.partner_id
        return (
            partner,
            partner.name or self.partner_name,
            self.partner_email or partner.email,
        )

    def _nps_company(self):
        return self.company_id

    def _nps_product(self):
        # The field comes with another addon.
        has_product = "product_id" in self._fields
        return self.sudo().product_id.name if has_product else ""

    def _nps_outcome_domain(self):
        return super()._nps_outcome_domain() & (
            Domain("team_ids", "=", False) | Domain("team_ids", "in", self.team_id.ids)
        )

    def _nps_snapshot(self, agent):
        return dict(
            super()._nps_snapshot(agent),
            subject=self.name,
            team_id=self.team_id.id,
            channel_id=self.channel_id.id,
            category_id=self.category_id.id,
        )
