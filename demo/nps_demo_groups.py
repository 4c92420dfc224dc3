from odoo import api, models

AXES = {
    "Shift": {
        "description": "When customers were served, by the shifts of the service "
        "center.",
        "groups": {
            "Early shift (until 11)": "[('local_hour', '<', 11)]",
            "Day shift (11 to 15)": "['&', ('local_hour', '>=', 11), "
            "('local_hour', '<', 15)]",
            "Late shift (from 15)": "[('local_hour', '>=', 15)]",
        },
    },
    "Promises": {
        "description": "What we promise on our website: who is served as he should be?",
        "groups": {
            "Business customers": "[('commercial_partner_id.is_company', '=', True)]",
            "Closed within a day": "['&', ('hours_open', '!=', False), "
            "('hours_open', '<=', 24)]",
            "Had to write again": "[('was_reopened', '=', True)]",
            "Waited over three days": "[('hours_open', '>', 72)]",
        },
    },
}
"""Axis -> what it is for, and its groups with their rules."""


class NpsDemo(models.AbstractModel):
    """Groups of the demo company's own, with the year sorted into them."""

    _inherit = "nps.demo"

    @api.model
    def _make(self, now):
        result = super()._make(now)
        self._make_groups()
        self._sort_into_groups()
        return result

    @api.model
    def _make_groups(self):
        for place, (name, axis) in enumerate(AXES.items(), 1):
            values = {"name": name, "description": axis["description"]}
            made = self.env["nps.group"].create({**values, "sequence": place * 10})
            self.env["nps.group"].create(
                [
                    {
                        "name": group,
                        "domain": rule,
                        "parent_id": made.id,
                        "sequence": number * 10,
                    }
                    for number, (group, rule) in enumerate(axis["groups"].items(), 1)
                ]
            )

    @api.model
    def _sort_into_groups(self):
        """Do what the cron did in the course of the year."""
        company = self.env.ref("base.main_company")
        invitations = self.env["nps.invitation"].search(
            [("company_id", "=", company.id)]
        )
        news = self.env["nps.group.news"]
        news.search([("invitation_id", "in", invitations.ids)]).unlink()
        leaves = self.env["nps.group"]._sorting()
        for leaf in leaves:
            leaf._sort(invitations)
        leaves._note_all_sorted()

    @api.model
    def _place_snapshot(self, interaction, known, ticket):
        values = super()._place_snapshot(interaction, known, ticket)
        return dict(values, ticket_id=ticket.id if ticket else False)
