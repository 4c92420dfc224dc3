"""Groups of which a reader may not know all."""

from odoo import fields
from odoo.tools import SQL

READERS = ("uid", "allowed_company_ids")
"""By what in the context it differs which groups a reader may know."""


class KnownGroups(fields.Many2many):
    """Groups that an interaction is in, as far as its reader may know them.

    Odoo looks up ids without the record rules of what they are of: whoever guesses the
    id of a hidden group would learn what is in it. Every condition, however it is
    nested, becomes SQL here, so here a hidden group is in none.
    """

    def _condition_to_sql_relational(self, model, alias, exists, coquery, query):
        groups = model.env["nps.group"]
        hidden = not model.env.su and groups._telling_withheld().ids
        if not hidden or coquery.is_empty():
            return super()._condition_to_sql_relational(
                model, alias, exists, coquery, query
            )
        member = query.make_alias(alias, self.name)
        return SQL(
            "%sEXISTS (SELECT 1 FROM %s AS %s WHERE %s = %s"
            " AND %s NOT IN %s AND %s IN %s)",
            SQL() if exists else SQL("NOT "),
            SQL.identifier(self.relation),
            SQL.identifier(member),
            SQL.identifier(member, self.column1),
            SQL.identifier(alias, "id"),
            SQL.identifier(member, self.column2),
            tuple(hidden),
            SQL.identifier(member, self.column2),
            coquery.subselect(),
        )

    def _process_related(self, value, env):
        # Related fields are read in superuser mode, so without the record rules.
        return value - env["nps.group"]._telling_withheld()
