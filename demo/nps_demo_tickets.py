from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from .catalog import OUTCOMES
from .simulation import ON_TICKET
from .staff import COMPANY, TEAMS
from .topics import TOPICS

LEFT_WAITING = timedelta(days=9)
"""For how long a ticket waits for a promised call before it is closed."""


class NpsDemo(models.AbstractModel):
    """The tickets behind the newest interactions, and those that are still open."""

    _inherit = "nps.demo"

    @api.model
    def _make_tickets(self, history, backlog, customers):
        """Make tickets in the order in which they came in.

        :return: position in the history -> ticket
        """
        known = self._ticket_parts()
        rows = [
            (position, *self._finished(interaction, known, customers, history[-1]))
            for position, interaction in enumerate(history)
            if interaction.place == ON_TICKET
        ] + [(None, *self._unfinished(ticket, known, customers)) for ticket in backlog]
        rows.sort(key=lambda row: row[2]["create_date"])
        tickets = self.env["helpdesk.ticket"].create(
            [values for _p, values, _d in rows]
        )
        self._date_tickets(tickets, [dates for _p, _v, dates in rows])
        pairs = zip(rows, tickets, strict=True)
        return {row[0]: ticket for row, ticket in pairs if row[0] is not None}

    @api.model
    def _ticket_parts(self):
        """Return what tickets are made of, each by its key."""
        stages = ("new", "in_progress", "awaiting", "done", "rejected")
        return {
            "agents": self._agents(),
            "teams": self._by_key("team", TEAMS),
            "categories": self._by_key("category", TOPICS),
            "channels": {
                key: self.env.ref(f"helpdesk_mgmt.helpdesk_ticket_channel_{key}")
                for key in ("phone", "email", "web", "other")
            },
            "stages": {
                key: self.env.ref(f"helpdesk_mgmt.helpdesk_ticket_stage_{key}")
                for key in stages
            },
        }

    @api.model
    def _ticket_values(self, ticket, stage, known, customers):
        """Return the values of a ticket of one interaction or of the backlog."""
        partner = customers.get(ticket.customer, self.env["res.partner"])
        return {
            "name": ticket.title,
            "description": f"<p>{ticket.text}</p>",
            "partner_id": partner.id,
            "partner_name": partner.name or COMPANY["name"],
            "partner_email": partner.email if partner else self._own_address(),
            "team_id": known["teams"][ticket.department].id,
            "user_id": ticket.agent and known["agents"][ticket.agent.login].id,
            "channel_id": known["channels"][ticket.channel].id,
            "category_id": known["categories"][ticket.topic].id,
            "stage_id": known["stages"][stage].id,
            "priority": getattr(ticket, "priority", "1"),
            "nps_reopen_count": int(getattr(ticket, "reopened", False)),
        }

    @api.model
    def _own_address(self):
        return self.env.ref("base.main_company").email

    @api.model
    def _finished(self, interaction, known, customers, newest):
        """Return (values, dates) of the ticket behind an interaction."""
        stage = OUTCOMES[interaction.outcome].stage
        young = newest.picked_at - interaction.picked_at < LEFT_WAITING
        if stage == "awaiting" and not young:
            stage = "done"
        created_at = interaction.picked_at - timedelta(hours=interaction.waited)
        dates = {
            "create_date": created_at,
            "assigned_date": created_at + timedelta(hours=interaction.waited * 0.4),
            "last_stage_update": interaction.picked_at,
            "closed_date": None if stage == "awaiting" else interaction.picked_at,
        }
        return self._ticket_values(interaction, stage, known, customers), dates

    @api.model
    def _unfinished(self, ticket, known, customers):
        """Return (values, dates) of an open ticket."""
        dates = {
            "create_date": ticket.created_at,
            "assigned_date": ticket.agent and ticket.created_at,
            "last_stage_update": ticket.created_at,
            "closed_date": None,
        }
        return self._ticket_values(ticket, ticket.stage, known, customers), dates

    @api.model
    def _date_tickets(self, tickets, dates):
        """Move tickets into the past; the ORM would date all of them now."""
        self._date_rows("helpdesk.ticket", tickets.ids, dates)

    @api.model
    def _date_rows(self, model, ids, dates):
        """Set dates of many records in one statement.

        :param dates: a dict of column -> moment for each id, all with the same columns
        """
        columns = list(dates[0])
        moments = [[row[column] for row in dates] for column in columns]
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s t SET %s FROM unnest(%s) v(id, %s) WHERE t.id = v.id",
                SQL.identifier(self.env[model]._table),
                SQL(", ").join(
                    SQL("%s = v.%s", SQL.identifier(name), SQL.identifier(name))
                    for name in columns
                ),
                SQL(", ").join(
                    [
                        SQL("%s::int[]", ids),
                        *(SQL("%s::timestamp[]", m) for m in moments),
                    ]
                ),
                SQL(", ").join(map(SQL.identifier, columns)),
            )
        )
        self.env.invalidate_all(flush=False)
