import logging
from contextlib import contextmanager

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Command
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import format_list

_logger = logging.getLogger(__name__)


class HelpdeskTicket(models.Model):
    """A new ticket is sorted by what is known of its customer, once.

    What a rule did can be undone by hand: no rule looks at the ticket again.
    """

    _inherit = "helpdesk.ticket"

    nps_queue_rule_ids = fields.Many2many(
        "nps.queue.rule",
        "nps_ticket_queue_rule_rel",
        "ticket_id",
        "rule_id",
        string="Queue Rules",
        readonly=True,
        copy=False,
        groups="nps.nps_group_manager",
        help="The queue rules that changed the ticket when it came in.",
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        tickets = super().create(vals_list)
        tickets._nps_sort_safely()
        return tickets

    def write(self, vals):
        customer_id = vals.get("partner_id")
        # Whoever tells who the customer is need not be able to read rules.
        told = self.sudo().filtered(
            lambda t: customer_id and t.partner_id.id != customer_id
        )
        result = super().write(vals)
        told.sudo(self.env.su)._nps_sort_safely()
        return result

    # === BUSINESS METHODS === #

    def _nps_sort_safely(self):
        """Apply the queue rules; a ticket comes in whatever becomes of them.

        Tickets come from agents, from customers on the website and by mail: in
        superuser mode, as none of them need know the rules or the customer's answers.
        """
        new_sudo = self.sudo().filtered(
            lambda t: t.partner_id and not t.closed and not t.nps_queue_rule_ids
        )
        for company, tickets_sudo in new_sudo.grouped("company_id").items():
            with self._nps_never_failing(tickets_sudo):
                tickets_sudo._nps_sort(company)

    def _nps_sort(self, company):
        """Apply the rules of a company to its tickets, in superuser mode."""
        rules = self.env["nps.queue.rule"]._of_company(company)
        if not rules:
            return
        customers = self.partner_id.with_context(allowed_company_ids=company.ids)
        facts = customers._nps_facts()
        for ticket in self:
            known = facts[ticket.partner_id.id]
            holding = rules.filtered(
                lambda rule, ticket=ticket, known=known: (
                    rule._holds_for_team(ticket.team_id) and rule._holds(known)
                )
            )
            # One that fails leaves the others as they are.
            with self._nps_never_failing(ticket):
                ticket._nps_sort_by(holding)

    def _nps_sort_by(self, rules):
        """Apply rules in their order: each sets what none before has set."""
        values, tags, lines = {}, self.tag_ids.browse(), []
        for rule in rules:
            changes = rule._changes_for(self, values)
            added = changes.pop("tag_ids", tags.browse()) - tags
            if not (changes or added):
                continue
            tags |= added
            values.update(changes)
            lines.append((rule, self._nps_sort_note(rule, added, changes)))
        if not lines:
            return
        values |= {"tag_ids": [Command.link(tag.id) for tag in tags]}
        if team := values.get("team_id"):
            values["team_id"] = team.id
        used = [Command.link(rule.id) for rule, _note in lines]
        self.write({**values, "nps_queue_rule_ids": used})
        self._message_log(
            body=Markup("<br/>").join(note for _rule, note in lines),
            author_id=self.env.ref("base.partner_root").id,
        )

    def _nps_sort_note(self, rule, tags, changes):
        """Return what one rule does to the ticket, in words."""
        team = changes.get("team_id", self.env["helpdesk.ticket.team"])
        words = rule._effect_words(tags, changes.get("priority"), team)
        return self.env._(
            "Queue rule “%(rule)s”: %(what)s.",
            rule=rule.name,
            what=format_list(self.env, words),
        )

    @contextmanager
    def _nps_never_failing(self, tickets):
        """Undo and log what fails inside; only the database may stop everything."""
        try:
            with self.env.cr.savepoint():
                yield
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            # Odoo repeats the whole request.
            raise
        except Exception:
            _logger.exception("Queue rules failed on the tickets %s", tickets.ids)
