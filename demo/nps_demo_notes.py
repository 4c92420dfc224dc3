from datetime import timedelta

from odoo import api, models

WRITTEN = timedelta(days=7)
"""Tickets of these last days tell their story in the chatter; more would be slow."""


class NpsDemo(models.AbstractModel):
    """The notes on the newest tickets, as outcome and answer would have left them."""

    _inherit = "nps.demo"

    @api.model
    def _make_notes(self, invitations, now):
        newest = invitations.filtered(
            lambda i: i.res_model == "helpdesk.ticket" and i.picked_at > now - WRITTEN
        )
        notes = [note for invitation in newest for note in self._notes(invitation)]
        if notes:
            dates = [{"date": moment, "create_date": moment} for _id, moment in notes]
            self._date_rows("mail.message", [note[0] for note in notes], dates)

    @api.model
    def _notes(self, invitation):
        """Write the notes of one invitation.

        :return: (id of the message, moment at which it would have been written)
        """
        ticket = invitation._touchpoint()
        [body] = ticket._nps_outcome_notes(
            invitation.outcome_id, invitation, invitation.note
        )
        author = invitation.user_id.partner_id
        notes = [(body, author, invitation.picked_at)]
        for response in invitation.response_ids.sorted("submitted_at"):
            author = response._note_author()
            notes.append((response._note(), author, response.submitted_at))
        return [
            (ticket._message_log(body=body, author_id=author.id).id, moment)
            for body, author, moment in notes
        ]
