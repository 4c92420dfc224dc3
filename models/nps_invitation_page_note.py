import secrets
import time

from odoo import models
from odoo.tools import hash_sign, verify_hash_signed

from ..tools.robots import PageNote

SCOPE = "nps.page"


class NpsInvitation(models.Model):
    """The signed note in each form: whose page it is, what for, and since when.

    Signed and not stored, because opening a page writes nothing.
    """

    _inherit = "nps.invitation"

    def _sign_page(self, purpose, made_at=None):
        """Return the note for the form of a new page.

        :param str purpose: one of those in :mod:`~.tools.robots`
        :param float made_at: when the person saw the page first; None: now
        """
        values = [self.id, purpose, secrets.token_urlsafe(9), made_at or time.time()]
        return hash_sign(self.env(su=True), SCOPE, values)

    def _read_page(self, text):
        """Return the :class:`~.tools.robots.PageNote` that a form sent, or None.

        None also for what was altered or belongs to another invitation.
        """
        try:
            values = verify_hash_signed(self.env(su=True), SCOPE, text or "")
            note = PageNote(*values) if values else None
        except (ValueError, TypeError):
            return None
        return note if note and note.invitation_id == self.id else None
