from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_list


class NpsQueueRule(models.Model):
    """What happens to a new ticket of some customers before anybody looks at it."""

    _name = "nps.queue.rule"
    _description = "Queue Rule"
    _inherit = ["nps.condition.mixin"]

    _scope_fields = ("reason_ids", "team_ids")
    _most_that_hold = None

    name = fields.Char(required=True, translate=True)
    team_ids = fields.Many2many(
        "helpdesk.ticket.team",
        string="Only Tickets of",
        domain="[('active', '=', True)]",
        context={"active_test": False},
        help="Only tickets that come in for these teams. Empty: all tickets, also "
        "those without a team.",
    )
    tag_ids = fields.Many2many(
        "helpdesk.ticket.tag", string="Add Tags", help="What the ticket has stays."
    )
    priority = fields.Selection(
        [("1", "Medium"), ("2", "High"), ("3", "Very High")],
        string="Raise Priority To",
        help="A higher one stays. Empty: the priority stays as it is.",
    )
    team_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Hand To",
        ondelete="set null",
        index="btree_not_null",
        help="Tickets without a team go to this one; tickets of another team only when "
        "the rule names that team. A ticket that somebody has taken stays with him.",
    )
    ticket_ids = fields.Many2many(
        "helpdesk.ticket", "nps_ticket_queue_rule_rel", "rule_id", "ticket_id"
    )
    ticket_count = fields.Integer(
        string="Tickets",
        compute="_compute_ticket_count",
        help="So many tickets it has changed.",
    )

    # === COMPUTE METHODS === #

    @api.depends("ticket_ids")
    def _compute_ticket_count(self):
        # How often a rule was used does not depend on who may read the tickets.
        tickets_sudo = self.env["helpdesk.ticket"].sudo()
        counts = dict(
            tickets_sudo.with_context(active_test=False)._read_group(
                [("nps_queue_rule_ids", "in", self.ids)],
                ["nps_queue_rule_ids"],
                ["__count"],
            )
        )
        for rule in self:
            rule.ticket_count = counts.get(rule._origin, 0)

    def _condition_words(self):
        words = super()._condition_words()
        if self.team_ids:
            names = ", ".join(self.team_ids.mapped("name"))
            words.append(self.env._("Tickets of: %s", names))
        return words

    @api.depends("tag_ids", "priority", "team_id")
    def _compute_effect_text(self):
        for rule in self:
            words = rule._effect_words(rule.tag_ids, rule.priority, rule.team_id)
            sentence = format_list(rule.env, words)
            rule.effect_text = sentence[:1].upper() + sentence[1:]

    @api.model
    def _effect_words(self, tags, priority, team):
        """Return what is done to a ticket, one phrase for each change."""
        labels = dict(self._fields["priority"]._description_selection(self.env))
        names = ", ".join(tag.name or "" for tag in tags)
        words = [
            tags and self.env._("adds the tag “%s”", names),
            priority and self.env._("raises the priority to “%s”", labels[priority]),
            team and self.env._("hands it to the team “%s”", team.name),
        ]
        return [word for word in words if word]

    @api.constrains("tag_ids", "priority", "team_id")
    def _check_does_something(self):
        if any(not rule._does_something() for rule in self):
            raise ValidationError(
                self.env._("Choose what the rule does: a tag, a priority or a team.")
            )

    def _does_something(self):
        return bool(self.tag_ids or self.priority or self.team_id)

    # === ACTION METHODS === #

    def action_open_tickets(self):
        """Open the tickets that the rule has changed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tickets"),
            "res_model": "helpdesk.ticket",
            "view_mode": "list,form",
            "domain": [("nps_queue_rule_ids", "in", self.ids)],
            "context": {"active_test": False},
        }

    # === BUSINESS METHODS === #

    def _holds_for_team(self, team):
        return not self.team_ids or team in self.team_ids

    def _changes_for(self, ticket, decided):
        """Return the values that the rule gives a ticket; nothing that is decided.

        :param ticket: the ``helpdesk.ticket``, not changed by any rule yet
        :param set decided: names of fields that a rule before has set
        """
        changes = {}
        if tags := self._usable(self.tag_ids, ticket) - ticket.tag_ids:
            changes["tag_ids"] = tags
        if self.priority and "priority" not in decided:
            if (ticket.priority or "0") < self.priority:
                changes["priority"] = self.priority
        if "team_id" not in decided and self._may_hand_over(ticket):
            changes["team_id"] = self.team_id
        return changes

    def _may_hand_over(self, ticket):
        is_free = not ticket.team_id or ticket.team_id in self.team_ids
        is_other = self._usable(self.team_id, ticket) and self.team_id != ticket.team_id
        return is_free and is_other and not self._is_taken(ticket)

    @api.model
    def _is_taken(self, ticket):
        """Tell whether a person has the ticket: a mail's belongs to the system."""
        user = ticket.user_id
        return bool(user) and user._is_internal() and user.id != SUPERUSER_ID

    @api.model
    def _usable(self, records, ticket):
        """Return those of some tags or teams that a ticket of this company can have."""
        return records.filtered(
            lambda r: r.active and r.company_id <= ticket.company_id
        )


class HelpdeskTicketTeam(models.Model):
    """A rule about the tickets of one team stops with that team."""

    _inherit = "helpdesk.ticket.team"

    @api.ondelete(at_uninstall=True)
    def _unlink_stop_nps_scopes(self):
        self.env["nps.scope.mixin"]._scope_gone(self)
