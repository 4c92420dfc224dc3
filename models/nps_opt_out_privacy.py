from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import hmac

from .nps_personal_mixin import ERASED, KEPT

SCOPE = "nps.opt.out"


class NpsOptOut(models.Model):
    """A "no" that holds when nobody knows any more who said it.

    Of an erased person only a keyed hash of the address is kept. It recognises the
    address when somebody enters it again, and cannot be read; without this database's
    own secret it cannot be guessed either.
    """

    _name = "nps.opt.out"
    _inherit = ["nps.opt.out", "nps.personal.mixin"]

    email_hash = fields.Char(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        index="btree_not_null",
        export_string_translation=False,
    )
    is_erased = fields.Boolean(
        string="Personal Data Erased",
        compute="_compute_is_erased",
        help="Only a keyed hash of the address is kept: the wish still holds when the "
        "address is entered again, and nobody can read whose it is.",
    )

    @api.depends("email_hash")
    def _compute_is_erased(self):
        for wish in self:
            # That it is a hash is no secret; the hash is nobody's business.
            wish.is_erased = bool(wish.sudo().email_hash)

    @api.depends("email", "email_hash")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for wish in self:
            wish.display_name = wish.email or self.env._("Somebody who was erased")

    @api.model
    def _hash(self, email):
        """Return the keyed hash (HMAC-SHA-256) of a normalised address."""
        # The key is the database's own secret, which only the superuser reads.
        return hmac(self.env(su=True), SCOPE, email)

    @api.model
    def _domain_of(self, partners, emails):
        hashes = [self._hash(email) for email in emails if email]
        known = Domain("email_hash", "in", hashes)
        return super()._domain_of(partners, emails) | known

    @api.model
    def _marks_of(self, partner, email):
        marks = super()._marks_of(partner, email)
        return marks | {("email_hash", self._hash(email))} if email else marks

    def _marks(self):
        # Whether it is his is decided by whoever may see every wish.
        return super()._marks() | {("email_hash", self.sudo().email_hash)}

    # === ERASING === #

    @api.model
    def _nps_personal_fields(self):
        return {
            **super()._nps_personal_fields(),
            "email": ERASED,
            "partner_id": ERASED,
            "email_hash": KEPT,
        }

    @api.model
    def _nps_of_person(self, person):
        his = Domain("partner_id", "in", person.partners_sudo.ids)
        return self.sudo().search(his | Domain("email", "in", person.addresses))

    def _nps_own_invitations(self):
        return self.env["nps.invitation"].sudo()

    def _nps_erase(self, person):
        """Keep each wish as a hash of each address of the person, and nothing else."""
        for wish in self:
            addresses = {*person.addresses, wish.email} - {False}
            for email in sorted(addresses):
                self.sudo()._keep_as_hash(email, wish.metric, wish.by)
        self.unlink()

    @api.model
    def _keep_as_hash(self, email, metric=False, by="customer"):
        """Store a wish of whoever has an address; twice is once.

        No day is kept: it would tell the wish from others.
        """
        digest = self._hash(email)
        known = [("email_hash", "=", digest), ("metric", "in", [False, metric])]
        if not self.search_count(known, limit=1):
            self.create({"email_hash": digest, "metric": metric, "by": by})
