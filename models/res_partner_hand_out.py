import csv
import io
import json
import zipfile

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools.misc import hash_sign, verify_hash_signed

from ..tools import spreadsheets
from .nps_person import Person

SCOPE = "nps.hand_out"
VALID_HOURS = 1


class ResPartner(models.Model):
    """All that is held about a person, as a file for him (GDPR, article 15)."""

    _inherit = "res.partner"

    def action_nps_export_person(self):
        """Record that data is handed out, and lead to the file.

        :raise AccessError: the user is no NPS administrator
        :raise UserError: data is held in companies in which the user does not work
        """
        erasures = self.env["nps.erasure"]
        erasures._check_may()
        person = self._nps_whole_person()
        erasures._check_companies(person)
        erasures._note("export", person.count())
        # Signed for this user and an hour: a GET writes nothing, so it records nothing.
        values = [self.env.uid, *self.ids]
        token = hash_sign(
            self.env(su=True), SCOPE, values, expiration_hours=VALID_HOURS
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/nps/personal-data/{token}",
            "target": "download",
        }

    def _nps_whole_person(self):
        """Return the person of these contacts, with all contacts of his address."""
        everybody_sudo = self.sudo().with_context(active_test=False)
        known = [email for email in self.mapped("email_normalized") if email]
        everybody_sudo |= everybody_sudo.search([("email_normalized", "in", known)])
        return Person(self.env, everybody_sudo)

    def _nps_of_hand_out(self, token):
        """Return the contacts of a link that was made for this user.

        :raise AccessError: it was made for somebody else, or is too old
        """
        self.env["nps.erasure"]._check_may()
        try:
            uid, *ids = verify_hash_signed(self.env(su=True), SCOPE, token) or [None]
        except (ValueError, TypeError):
            uid, ids = None, []
        if uid != self.env.uid:
            raise AccessError(
                self.env._("This link is too old. Export the data from the contact.")
            )
        return self.browse(ids)

    # === THE FILE === #

    def _nps_hand_out_file(self):
        """Return the ZIP: a page to read, the same as JSON, and a table per kind."""
        person = self._nps_whole_person()
        parts = self._nps_hand_out_parts(person)
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("personal_data.html", self._nps_page(person, parts))
            told = {part["model"]: part["rows"] for part in parts}
            told["messages"] = self._nps_messages(person)
            archive.writestr(
                "personal_data.json",
                json.dumps(told, ensure_ascii=False, indent=2, default=str),
            )
            for part in parts:
                name = f"{part['model'].replace('.', '_')}.csv"
                archive.writestr(name, _table(part["rows"]))
        return content.getvalue()

    def _nps_hand_out_parts(self, person):
        """Return what is held, model by model, as far as there is any."""
        models_sudo = self.env["ir.model"].sudo()
        return [
            {
                "model": name,
                "title": models_sudo._get(name).name,
                "rows": records._nps_hand_out(),
            }
            for name, records in person.found.items()
            if records and not records._nps_is_scratch
        ]

    def _nps_messages(self, person):
        """Return subject and day of the messages about the person, not their text.

        What colleagues wrote to each other stands in it too.
        """
        found = []
        for name, records in person.found.items():
            messages_sudo = self.env["mail.message"].sudo()
            found += messages_sudo.search_read(
                [("model", "=", name), ("res_id", "in", records.ids)],
                ["date", "subject", "message_type"],
                order="date, id",
            )
        return [
            {
                "date": fields.Datetime.to_string(message["date"]),
                "subject": message["subject"] or "",
                "kind": message["message_type"],
            }
            for message in found
        ]

    def _nps_page(self, person, parts):
        values = {
            "parts": parts,
            "messages": self._nps_messages(person),
            "names": sorted(person.names()),
            "company": self.env.company,
            "imported": bool(person.invitations_sudo.import_id),
            "today": fields.Date.context_today(self),
            "retention": {
                company.name: company.nps_retention_months
                for company in person.companies_sudo()
            },
        }
        page = self.env["ir.qweb"]._render("nps.hand_out", values)
        return f"<!DOCTYPE html>\n{page}"


def _table(rows):
    """Return rows as CSV that no spreadsheet takes for formulas."""
    labels = list(dict.fromkeys(label for row in rows for label in row))
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow([spreadsheets.inert(label) for label in labels])
    for row in rows:
        writer.writerow([spreadsheets.inert(row.get(label, "")) for label in labels])
    # Spreadsheets need the mark to read umlauts.
    return "\ufeff" + content.getvalue()
