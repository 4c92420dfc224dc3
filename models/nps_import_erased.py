from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

SCOPE = "nps.import.erased"


class NpsImportErased(models.Model):
    """An imported answer whose customer was erased: a file does not bring it back.

    A keyed hash, as of the wishes of erased persons. It leads to no answer: nothing
    tells which of those that still count it was.
    """

    _name = "nps.import.erased"
    _description = "Imported Answer of an Erased Person"
    _log_access = False

    digest = fields.Char(
        required=True,
        readonly=True,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )

    _digest_uniq = models.UniqueIndex("(digest)")

    @api.model
    def _note(self, invitations):
        """Remember answers that came by an import and are about to be erased."""
        digests = {
            digest
            for invitation in invitations
            for digest in self._digests_of(invitation)
        }
        if digests:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO nps_import_erased (digest) SELECT UNNEST(%s)"
                    " ON CONFLICT DO NOTHING",
                    sorted(digests),
                )
            )

    @api.model
    def _digests_of(self, invitation):
        record, email = invitation.import_id, invitation.email_normalized
        found = [
            self._digest_of_row(record, invitation.import_row),
            self._digest_of_reference(record, invitation.import_ref),
        ]
        found += [
            self._digest_of_answer(record, email, r.submitted_at, r.score, r.survey_id)
            for r in invitation.response_ids
        ]
        return filter(None, found)

    @api.model
    def _digest_of_row(self, record, number):
        return number and self._digest(record, "row", record.checksum, number)

    @api.model
    def _digest_of_reference(self, record, reference):
        return reference and self._digest(record, "reference", reference)

    @api.model
    def _digest_of_answer(self, record, email, moment, score, survey):
        return email and self._digest(record, email, moment, score, survey.id)

    @api.model
    def _digest(self, record, *parts):
        """Return the keyed hash (HMAC-SHA-256) of what makes an answer itself."""
        # The key is the database's own secret, which only the superuser reads.
        words = repr((record.company_id.id, *map(str, parts)))
        return hmac(self.env(su=True), SCOPE, words)


class NpsImport(models.Model):
    """Knows answers that were here until their customer was erased."""

    _inherit = "nps.import"

    def _find_stored(self, rows):
        found = super()._find_stored(rows)
        if not rows or not self._knows_erased():
            return found
        digests = {row: set(self._digests_of(row)) for row in rows}
        known = self._known_digests(set().union(*digests.values()))
        return [row for row in rows if row in found or digests[row] & known]

    def _knows_erased(self):
        return bool(self.env["nps.import.erased"].sudo().search_count([], limit=1))

    def _digests_of(self, row):
        """Return the keyed hashes by which the answer of a row may be known."""
        erased, known = self.env["nps.import.erased"], row.values
        moment = known["moment"] and known["moment"].at
        return filter(
            None,
            [
                erased._digest_of_row(self, row.number),
                erased._digest_of_reference(self, known["reference"]),
                erased._digest_of_answer(
                    self,
                    known["email_normalized"],
                    moment,
                    known["score"],
                    known["survey"],
                ),
            ],
        )

    def _known_digests(self, digests):
        found = self.env.execute_query(
            SQL(
                "SELECT digest FROM nps_import_erased WHERE digest = ANY(%s)",
                list(digests),
            )
        )
        return {digest for (digest,) in found}
