from odoo import fields, models

from .measure_field import Measure


class NpsInvitation(models.Model):
    """How much work a ticket was; frozen like the rest.

    What had not happened yet when the outcome was picked is noted when it happens for
    the first time, and never changes then.
    """

    _inherit = "nps.invitation"

    hours_to_first_change = Measure(
        string="Hours to First Stage",
        readonly=True,
        help="Hours from the beginning of the ticket to its first change of stage. "
        "Empty when nobody knows.",
    )
    hours_to_close = Measure(
        readonly=True,
        help="Hours from the beginning of the ticket until it was closed: as it stood "
        "at the outcome, or when it was closed first after it. Empty when it never "
        "was, or nobody knows.",
    )
    message_count = Measure(
        string="Messages Exchanged",
        readonly=True,
        digits=(16, 0),
        help="E-mails and messages between the customer and you, in both directions, "
        "up to the outcome. Empty when there was no ticket.",
    )
    priority = fields.Selection(
        selection=lambda self: (
            self.env["helpdesk.ticket"]
            ._fields["priority"]
            ._description_selection(self.env)
        ),
        readonly=True,
        help="The priority of the ticket when the outcome was picked.",
    )
