from odoo import api, fields, models
from odoo.fields import Command

RULES = (
    (
        "Overdue cases first",
        {"case_state": "overdue", "priority": "3"},
        ("Waits for us", 1),
    ),
    ("Unhappy customers", {"category": "detractor", "priority": "2"}, ("Unhappy", 3)),
    ("Customers at risk", {"needs_risk": True}, ("At risk", 2)),
)
"""Name, conditions and effect, and (name, color) of the tag of each queue rule."""
DECISIONS = {
    "overdue": (11, 3),
    "promised": (9, 5),
    "worse": (26, 7),
    "detractor": (34, 21),
    "closed": (6, 17),
}
"""How often each advice was followed, and put away."""


class NpsDemo(models.AbstractModel):
    """The queue of the demo company: its rules, and what agents made of advice."""

    _inherit = "nps.demo"

    @api.model
    def _make_answers(self, history, customers, tickets):
        invitations = super()._make_answers(history, customers, tickets)
        self._make_queue_rules()
        waiting = self.env["helpdesk.ticket"].search(
            [("closed", "=", False), ("partner_id", "!=", False)]
        )
        waiting._nps_sort_safely()
        self._date_queue_notes(waiting)
        self._make_decisions(self.env["helpdesk.ticket"].concat(*tickets.values()))
        return invitations

    @api.model
    def _make_queue_rules(self):
        for name, values, (tag, color) in RULES:
            made = self.env["helpdesk.ticket.tag"].create({"name": tag, "color": color})
            tags = [Command.set(made.ids)]
            self.env["nps.queue.rule"].create({"name": name, "tag_ids": tags, **values})

    @api.model
    def _date_queue_notes(self, tickets):
        """Let the rules have looked at the tickets when they came in."""
        today = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        for ticket in tickets:
            notes = ticket.message_ids.filtered(lambda m: m.date >= today)
            notes.date = ticket.create_date

    @api.model
    def _make_decisions(self, tickets):
        """Let agents have followed advice on tickets, or put it away."""
        for key, counts in DECISIONS.items():
            advice = self.env.ref(f"nps.nps_advice_{key}")
            decisions = ["followed"] * counts[0] + ["dismissed"] * counts[1]
            self.env["nps.advice.decision"].create(
                [
                    {
                        "advice_id": advice.id,
                        "res_model": ticket._name,
                        "res_id": ticket.id,
                        "decision": decision,
                    }
                    for ticket, decision in zip(
                        tickets.filtered("closed"), decisions, strict=False
                    )
                ]
            )
