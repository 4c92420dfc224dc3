from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

MOVES = {"stage_id", "team_id", "user_id"}
"""What moves a ticket to another stage: a new team may not have the old one."""

TIMES = ("hours_to_first_change", "hours_to_close")
"""Columns of an invitation that may become known after it was made."""

AT_ONCE = timedelta(minutes=1)
"""So long after its beginning a ticket is set up still."""


class HelpdeskTicket(models.Model):
    """Tells invitations how much work a ticket was."""

    _inherit = "helpdesk.ticket"

    nps_first_stage_change_at = fields.Datetime(
        string="First Stage Change",
        readonly=True,
        copy=False,
        help="When the ticket left its first stage.",
    )

    # === CRUD METHODS === #

    def write(self, vals):
        if not MOVES & vals.keys():
            return super().write(vals)
        # Whoever moves a ticket need not have the right to write these columns.
        before = {ticket: ticket.stage_id for ticket in self.sudo()}
        unmoved_sudo = self.sudo().filtered(lambda t: t._nps_never_moved())
        result = super().write(vals)
        moved_sudo = self.sudo().filtered(lambda t: t.stage_id != before[t])
        first_sudo = moved_sudo & unmoved_sudo
        first_sudo.nps_first_stage_change_at = fields.Datetime.now()
        if moved_sudo:
            moved_sudo._nps_note_times()
        return result

    # === BUSINESS METHODS === #

    def _nps_never_moved(self):
        """Tell whether the ticket is in its first stage still.

        What moved before this addon looked has a later date of its last move.
        """
        if self.nps_first_stage_change_at:
            return False
        moved_at = self.last_stage_update
        return not moved_at or moved_at <= self.create_date + AT_ONCE

    def _nps_note_times(self):
        """Tell the invitations what they could not know when they were made."""
        unknown = Domain.OR(Domain(name, "=", False) for name in TIMES)
        invitations_sudo = self.env["nps.invitation"].sudo()
        for invitation_sudo in invitations_sudo.search(
            Domain(self._nps_invitations_domain()) & unknown
        ):
            ticket = self.browse(invitation_sudo.res_id)
            for name, hours in ticket._nps_times().items():
                if invitation_sudo[name] is False:
                    invitation_sudo[name] = hours

    def _nps_snapshots(self, agent):
        counts = self.sudo()._nps_count_messages()
        return {
            ticket: dict(snapshot, message_count=counts[ticket])
            for ticket, snapshot in super()._nps_snapshots(agent).items()
        }

    def _nps_snapshot(self, agent):
        # Whoever picks need not see all messages of the ticket.
        ticket_sudo = self.sudo()
        return dict(
            super()._nps_snapshot(agent),
            **ticket_sudo._nps_times(),
            priority=ticket_sudo.priority,
        )

    def _nps_times(self):
        """Return the columns of an invitation that are known by now."""
        moments = (self.nps_first_stage_change_at, self.closed and self.closed_date)
        return {
            name: max(0, (moment - self.create_date) / timedelta(hours=1))
            for name, moment in zip(TIMES, moments, strict=True)
            if moment
        }

    def _nps_count_messages(self):
        """Return dict of ticket -> how many messages the customer and we exchanged."""
        rows = self.env["mail.message"]._read_group(
            Domain("model", "=", self._name)
            & Domain("res_id", "in", self.ids)
            & self._nps_messages_domain(),
            ["res_id"],
            ["__count"],
        )
        counts = dict(rows)
        return {ticket: counts.get(ticket.id, 0) for ticket in self}

    def _nps_messages_domain(self):
        """Return the domain of the messages that a customer wrote or could read."""
        # Not by ``ref``, which asks the database each time whether it is there.
        comment = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        return Domain("message_type", "in", ["email", "email_outgoing"]) | (
            Domain("message_type", "=", "comment") & Domain("subtype_id", "=", comment)
        )
