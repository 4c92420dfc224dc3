"""What a name in a file stands for. Asked once, for all rows."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.import_cells import plain

DOUBTFUL = object()


class Known:
    """What Odoo knows by name: surveys, agents, departments and so on.

    Names are compared without case, accents and signs. A name that several share stands
    for none of them: nobody gets an answer that may be a colleague's.
    """

    def __init__(self, record):
        self.record = record
        self._names, self._found = {}, {}

    def targets(self):
        """Return the columns that are names, but the survey."""
        return [name for name in self.record._known_by_name() if name != "survey"]

    def find(self, target, name):
        """Return what is called so, or None."""
        found = self._find(target, name)
        return None if found is DOUBTFUL else found

    def is_doubtful(self, target, name):
        """Tell whether several are called so."""
        return self._find(target, name) is DOUBTFUL

    def _find(self, target, name):
        # The same few names stand in row after row.
        if (target, name) not in self._found:
            self._found[target, name] = self._of(target).get(plain(name))
        return self._found[target, name]

    def _of(self, target):
        if target not in self._names:
            self._names[target] = _by_name(self.record._known_by_name()[target]())
        return self._names[target]


def _by_name(entries):
    """Return name -> record; names of an earlier level hold before later ones."""
    names = {}
    for level in entries:
        found = {}
        for name, record in level:
            key = plain(name or "")
            if key and found.setdefault(key, record) != record:
                found[key] = DOUBTFUL
        names = {**found, **names}
    return names


class NpsImport(models.Model):
    """Looks up names, addresses and what is here already, for many rows at once."""

    _inherit = "nps.import"

    def _known_by_name(self):
        """Return target -> function that lists levels of (name, record).

        A hook: whoever adds a column that is a name extends it.
        """
        return {
            "survey": self._list_surveys,
            "agent": self._list_agents,
            "department": self._list_departments,
            "outcome": self._list_outcomes,
            "lang": self._list_languages,
        }

    def _list(self, model, *levels):
        """Return the records of this company as levels of (name, record)."""
        records_sudo = self.env[model].sudo().with_context(active_test=False)
        domain = Domain.TRUE
        if "company_id" in records_sudo._fields:
            domain = Domain("company_id", "in", [self.company_id.id, False])
        # These are few: teams, departments, outcomes.
        found = records_sudo.search(domain)
        return [[(record[name], record) for record in found] for name in levels]

    def _list_surveys(self):
        return self._list("nps.survey", "name")

    def _list_departments(self):
        return self._list("hr.department", "complete_name", "name")

    def _list_outcomes(self):
        return self._list("nps.outcome", "code", "name")

    def _list_agents(self):
        """Agents go by login, address or name; also those who left."""
        users_sudo = self.env["res.users"].sudo().with_context(active_test=False)
        users_sudo = users_sudo.search([("share", "=", False)]).filtered(
            lambda user: self.company_id in user.company_ids
        )
        names = ("login", "email", "name")
        return [[(user[name], user) for user in users_sudo] for name in names]

    def _list_languages(self):
        installed = self.env["res.lang"].get_installed()
        codes = [(code, code) for code, _name in installed]
        short = [(code.split("_")[0], code) for code, _name in reversed(installed)]
        # Of one language in several countries any will do for an answer.
        return [codes, dict(short).items(), [(name, code) for code, name in installed]]

    # === CUSTOMERS === #

    def _find_customers(self, rows):
        """Note of each row which contact its customer is: by address, then by number.

        Of several contacts with one address it is a person before a company, and the
        oldest.
        """
        by_email = self._contacts_by("email_normalized", rows, "email_normalized")
        by_ref = self._contacts_by("ref", rows, "customer_ref")
        for row in rows:
            row.values["partner_id"] = by_email.get(
                row.values["email_normalized"]
            ) or by_ref.get(row.values["customer_ref"])

    def _contacts_by(self, column, rows, key):
        wanted = list({row.values[key] for row in rows if row.values[key]})
        if not wanted:
            return {}
        self.env["res.partner"].flush_model()
        found = self.env.execute_query(
            SQL(
                """
                SELECT %(column)s, id FROM res_partner
                 WHERE %(column)s = ANY(%(wanted)s) AND active
                   AND (company_id IS NULL OR company_id = %(company)s)
              ORDER BY is_company DESC, id DESC
                """,
                column=SQL.identifier(column),
                wanted=wanted,
                company=self.company_id.id,
            )
        )
        # The last one wins.
        return dict(found)

    # === WHAT IS HERE ALREADY === #

    def _find_stored(self, rows):
        """Return those rows whose answer is in the database already."""
        self.env.flush_all()
        references = self._stored_references(rows)
        numbers = self._stored_numbers(rows)
        answers = self._stored_answers(rows)
        return [
            row
            for row in rows
            if row.values["reference"] in references
            or row.number in numbers
            or key_of(row) in answers
        ]

    def _stored_references(self, rows):
        wanted = [row.values["reference"] for row in rows if row.values["reference"]]
        found = self.env.execute_query(
            SQL(
                "SELECT import_ref FROM nps_invitation"
                " WHERE company_id = %s AND import_ref = ANY(%s)",
                self.company_id.id,
                wanted,
            )
        )
        return {reference for (reference,) in found}

    def _stored_numbers(self, rows):
        """Return the rows that another import of the very same file brought."""
        found = self.env.execute_query(
            SQL(
                """
                SELECT i.import_row FROM nps_invitation i
                  JOIN nps_import m ON m.id = i.import_id
                 WHERE m.checksum = %s AND m.company_id = %s
                   AND i.import_row = ANY(%s)
                """,
                self.checksum,
                self.company_id.id,
                [row.number for row in rows],
            )
        )
        return {number for (number,) in found}

    def _stored_answers(self, rows):
        keys = [key for row in rows if (key := key_of(row))]
        if not keys:
            return set()
        addresses, moments, *_rest = map(set, zip(*keys, strict=True))
        found = self.env.execute_query(
            SQL(
                """
                SELECT i.email_normalized, r.submitted_at, r.score, r.survey_id
                  FROM nps_invitation i
                  JOIN nps_response r ON r.invitation_id = i.id
                 WHERE i.email_normalized = ANY(%s) AND i.company_id = %s
                   AND r.submitted_at BETWEEN %s AND %s
                """,
                list(addresses),
                self.company_id.id,
                min(moments),
                max(moments),
            )
        )
        return set(found)


def key_of(row):
    """Return by what two answers of one customer are the same, or None."""
    known = row.values
    if not (known["email_normalized"] and known["moment"]):
        return None
    moment = known["moment"].at
    return (known["email_normalized"], moment, known["score"], known["survey_id"])
