from odoo import api, models
from odoo.tools import SQL

ERASED, KEPT = "erased", "kept"
"""What becomes of a field when a person is erased. What is kept tells of nobody."""

TEXTS = ("char", "text", "html", "json", "properties")
NUMBERS = ("integer", "float", "monetary")
NOT_HANDED_OUT = {"id", "create_uid", "create_date", "write_uid", "write_date"}


class NpsPersonalMixin(models.AbstractModel):
    """Holds data of customers, and knows how it is erased and how it is handed out.

    The one register for both: a model that has it is part of either.
    """

    _name = "nps.personal.mixin"
    _description = "Holds Data of Customers"

    _nps_erase_sequence = 50
    """In which order models erase: what leads to others goes last."""

    _nps_is_scratch = False
    """Whether it only helps to work: it is erased, and nobody is told how much."""

    # === REGISTER === #

    @api.model
    def _nps_personal_models(self):
        """Return an empty record of each model that holds data of customers."""
        mixin = self.pool["nps.personal.mixin"]
        found = [
            self.env[name].sudo().with_context(active_test=False)
            for name, model in self.pool.items()
            if issubclass(model, mixin) and not model._abstract
        ]
        return sorted(found, key=lambda m: (m._nps_erase_sequence, m._name))

    @api.model
    def _nps_personal_fields(self):
        """Return field name -> :data:`ERASED` or :data:`KEPT`.

        Every text, and everything that leads to a person, is to be declared.
        """
        return {}

    @api.model
    def _nps_of_person(self, person):
        """Return the records of a person, in superuser mode.

        :param person: a :class:`~.nps_person.Person`
        """
        return self.sudo().search(person.of_invitations())

    def _nps_own_invitations(self):
        """Return the interactions that these records are about."""
        return self.sudo().invitation_id

    def _nps_companies_sudo(self):
        """Return the companies that hold these records."""
        companies = self.env["res.company"]
        return self.sudo().company_id if "company_id" in self._fields else companies

    # === ERASING === #

    def _nps_erase(self, person):
        """Erase what tells of the person; extend it for more than columns.

        :param person: a :class:`~.nps_person.Person`
        """
        self._nps_drop_traces()
        self._nps_blank()

    def _nps_drop_traces(self):
        """Delete the messages, mails, to-dos and files of these records."""
        where = [("res_id", "in", self.ids)]
        messages_sudo = self.env["mail.message"].sudo()
        messages_sudo.search([("model", "=", self._name), *where]).unlink()
        todo_sudo = self.env["mail.activity"].sudo().with_context(active_test=False)
        todo_sudo.search([("res_model", "=", self._name), *where]).unlink()
        files_sudo = self.env["ir.attachment"].sudo()
        any_field = ["|", ("res_field", "=", False), ("res_field", "!=", False)]
        found = [("res_model", "=", self._name), *where, *any_field]
        files_sudo.search(found).unlink()

    def _nps_blank(self):
        """Empty the personal columns, set-based and past everything that listens."""
        declared = self._nps_personal_fields()
        self._nps_blank_columns([n for n, fate in declared.items() if fate == ERASED])

    def _nps_blank_columns(self, names, **values):
        """Empty columns of these records.

        :param names: fields that become empty; a required text becomes ''
        :param values: what else is stored
        """
        if not self:
            return
        self.env.flush_all()
        values = {**{name: self._nps_empty(name) for name in names}, **values}
        assignments = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), value)
            for name, value in values.items()
        )
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id = ANY(%s)",
                SQL.identifier(self._table),
                assignments,
                list(self.ids),
            )
        )
        self.invalidate_recordset(flush=False)

    @api.model
    def _nps_empty(self, name):
        field = self._fields[name]
        if not field.required:
            return None
        return "" if field.type in TEXTS else 0

    # === HANDING OUT === #

    def _nps_hand_out(self):
        """Return what is held in these records: a list of dicts of label -> text."""
        self.env.flush_all()
        missing = self._nps_not_handed_out()
        fields = [
            field
            for name, field in self._fields.items()
            if field.store and name not in missing and field.string
        ]
        numbers = self._nps_numbers([f.name for f in fields if f.type in NUMBERS])
        return [
            {
                field._description_string(self.env): value
                for field in fields
                if (value := record._nps_readable(field, numbers[record.id]))
                not in (None, "")
            }
            for record in self
        ]

    @api.model
    def _nps_not_handed_out(self):
        """Return the names of fields that say nothing about the person."""
        return NOT_HANDED_OUT | {
            name
            for name, field in self._fields.items()
            if name.startswith(("message_", "activity_", "case_check", "echo_"))
            or field.type in ("one2many", "binary", "many2one_reference")
        }

    def _nps_numbers(self, names):
        """Return id -> dict of numbers as they are stored: Odoo reads none as 0."""
        if not self:
            return {}
        columns = SQL(", ").join(SQL.identifier(name) for name in ["id", *names])
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT %s FROM %s WHERE id = ANY(%s)",
                columns,
                SQL.identifier(self._table),
                list(self.ids),
            )
        )
        return {row["id"]: row for row in rows}

    def _nps_readable(self, field, numbers):
        """Return the value of a field as a person reads it; None when it is empty."""
        if field.type in NUMBERS:
            return numbers[field.name]
        value = self[field.name]
        if not value:
            return None
        if field.relational:
            return ", ".join(str(name) for name in value.mapped("display_name"))
        if field.type == "boolean":
            return self.env._("Yes")
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        return str(value)
