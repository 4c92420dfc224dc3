from typing import NamedTuple

import psycopg2
from markupsafe import Markup

from odoo import api, models

from odoo.addons.base.models.ir_qweb import QWebError

from ..tools import page_gaps

TEMPLATE = "nps.outcome_note"
FEW = 3
"""So many notes are made as fast one by one as together."""


class Promised(NamedTuple):
    """Stands for an invitation of which a note says no more than this sentence."""

    sentence: str

    def _promise(self):
        return self.sentence


class NpsTouchpointMixin(models.AbstractModel):
    """What the chatter says when an outcome is picked."""

    _inherit = "nps.touchpoint.mixin"

    def _nps_note_outcome(self, outcome, invitations_sudo, note):
        """Note on each of the records what was picked, and who is asked what."""
        notes = self._nps_outcome_notes(outcome, invitations_sudo, note)
        ids = invitations_sudo.mapped("res_id")
        self.with_context(nps_sanitize_once=True)._message_log_batch(
            dict(zip(ids, notes, strict=True))
        )

    @api.model
    def _nps_outcome_notes(self, outcome, invitations_sudo, note):
        """Return the notes of some invitations, in their order."""

        def render(invitation):
            values = {"outcome": outcome, "invitation": invitation, "note": note}
            return self.env["ir.qweb"]._render(TEMPLATE, values)

        many = len(invitations_sudo) > FEW
        pieces = _pieces_of(render) if many else None
        if not pieces:
            return [render(invitation) for invitation in invitations_sudo]
        return [
            Markup(page_gaps.fill(pieces, {"promise": invitation._promise()}))
            for invitation in invitations_sudo
        ]


def _pieces_of(render):
    """Return a note in pieces, or None where a template says more of an invitation."""
    try:
        return page_gaps.pieces_of(lambda t: render(Promised(t("promise"))))
    except QWebError as error:
        if isinstance(error.__cause__, psycopg2.Error):
            raise
        return None
