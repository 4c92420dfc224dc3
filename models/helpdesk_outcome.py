from odoo import fields, models


class NpsOutcome(models.Model):
    """What an outcome does on helpdesk tickets."""

    _inherit = "nps.outcome"

    team_ids = fields.Many2many(
        comodel_name="helpdesk.ticket.team",
        string="Helpdesk Teams",
        help="Only tickets of these teams offer the outcome. Empty: all teams.",
    )
    stage_id = fields.Many2one(
        comodel_name="helpdesk.ticket.stage",
        string="Move Ticket To",
        help="The ticket moves to this stage when the outcome is picked.",
    )
    auto_stage_ids = fields.Many2many(
        comodel_name="helpdesk.ticket.stage",
        relation="nps_outcome_auto_stage_rel",
        string="Picked at Stages",
        help="The outcome is picked by itself when a ticket reaches one of these "
        "stages and nobody picked an outcome for it within the last hour.",
    )
