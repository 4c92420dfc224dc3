from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

GROUPED = ("state", "user_id", "department_id", "company_id")


class NpsWithheldMixin(models.AbstractModel):
    """Something that tells what customers answered to the work of one agent.

    While fewer of his answers count than the company wants (``nps_fewest_shown``), they
    are withheld from everybody but himself, analysts, and the system. What cannot be
    read is in no number either, so nothing can be had by subtracting one from another.
    Answers without an agent are taken together for each department.

    A model that inherits this has ``user_id``, ``department_id`` and ``company_id``,
    and a record rule with ``nps_is_withheld``.
    """

    _name = "nps.withheld.mixin"
    _description = "May Be Withheld"

    nps_is_withheld = fields.Boolean(
        compute="_compute_nps_is_withheld",
        search="_search_nps_is_withheld",
        export_string_translation=False,
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_nps_is_withheld(self):
        # Past the record rules, which ask for this very field.
        withheld = self._search(
            Domain("id", "in", self.ids) & self._withheld_domain(),
            bypass_access=True,
            active_test=False,
        )
        ids = set(withheld)
        for record in self:
            record.nps_is_withheld = record.id in ids

    def _search_nps_is_withheld(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._withheld_domain()

    # === BUSINESS METHODS === #

    @api.model
    def _withheld_domain(self):
        """Return the domain of what is withheld from the user, also in superuser mode.

        Odoo evaluates record rules in superuser mode for the user whom they are about.
        """
        limited = self._withheld_companies()
        if not limited:
            return Domain.FALSE
        return Domain.custom(
            to_sql=lambda model, alias, query: self._withheld_sql(
                limited,
                *(
                    model._field_to_sql(alias, name, query)
                    for name in ("company_id", "user_id", "department_id")
                ),
            )
        )

    @api.model
    def _withheld_companies(self):
        """Return the companies in which something may be withheld from the user."""
        user = self.env.user
        if user._is_superuser() or user.has_group("nps.nps_group_analyst"):
            return self.env["res.company"]
        # Agents need not be able to read the settings of their company.
        companies_sudo = self.env.companies.sudo()
        return companies_sudo.filtered("nps_fewest_shown")

    @api.model
    def _withheld_sql(self, limited, company, agent, department):
        """Return the condition under which a row is withheld from the user.

        :param limited: the companies in which something may be withheld
        :param company: the column of the company, and so on
        """
        return SQL(
            """(%(company)s IN %(limited)s AND %(agent)s IS DISTINCT FROM %(user)s
                AND (%(company)s, %(key)s) NOT IN (%(shown)s))""",
            company=company,
            limited=tuple(limited.ids),
            agent=agent,
            user=self.env.uid,
            key=self._withheld_key(agent, department),
            shown=self._withheld_shown(limited),
        )

    @api.model
    def _withheld_shown(self, limited):
        """Return the query of whose answers are enough, as (company, key)."""
        # The query names their columns itself, so nobody else brings them up to date.
        self.env["nps.response"].flush_model(GROUPED)
        limited.flush_recordset(["nps_fewest_shown"])
        key = self._withheld_key(SQL("a.user_id"), SQL("a.department_id"))
        return SQL(
            """
            SELECT a.company_id, %s
              FROM nps_response a JOIN res_company c ON c.id = a.company_id
             WHERE a.state = 'counted' AND a.company_id IN %s
          GROUP BY 1, 2
            HAVING COUNT(*) >= MAX(c.nps_fewest_shown)
            """,
            key,
            tuple(limited.ids),
        )

    @api.model
    def _withheld_key(self, agent, department):
        """Return what tells one agent from the others; never NULL."""
        return SQL("COALESCE(%s, -%s, 0)", agent, department)
