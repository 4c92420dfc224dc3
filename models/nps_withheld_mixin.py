from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

GROUPED = ("state", "user_id", "department_id", "company_id")
CACHE = "nps_withheld_known"
"""Under which key of the cursor's cache, which ends with the transaction, they are."""


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
        known = self._withheld_known(limited)
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "(%s) IS NOT TRUE",
                self._withheld_not(
                    known,
                    *(
                        model._field_to_sql(alias, name, query)
                        for name in ("company_id", "user_id", "department_id")
                    ),
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
    def _withheld_known(self, limited):
        """Return company id -> the keys of those of whom there are enough answers.

        Counted once in a transaction: every query of a screen asks.
        """
        # The query names its columns itself, so nobody else brings them up to date.
        self.env["nps.response"].flush_model(GROUPED)
        counted = self.env.cr.cache.setdefault(CACHE, {})
        asked = tuple((company.id, company.nps_fewest_shown) for company in limited)
        if asked not in counted:
            counted[asked] = self._withheld_count(limited)
        return counted[asked]

    @api.model
    def _withheld_count(self, limited):
        known = {company.id: [] for company in limited}
        for company, key, answers in self.env.execute_query(
            SQL(
                "SELECT company_id, %s AS key, COUNT(*) FROM nps_response"
                " WHERE state = 'counted' AND company_id IN %s GROUP BY 1, 2",
                self._withheld_key(SQL("user_id"), SQL("department_id")),
                tuple(limited.ids),
            )
        ):
            if answers >= limited.browse(company).nps_fewest_shown:
                known[company].append(key)
        return known

    @api.model
    def _withheld_not(self, known, company, agent, department):
        """Return the condition, true or not, that the user may see a row.

        The keys stand in it as numbers: with a query instead, PostgreSQL would not
        find the few rows of a list by their index.

        :param known: see :meth:`_withheld_known`
        :param company: the column of the company, and so on
        """
        key = self._withheld_key(agent, department)
        return SQL(" OR ").join(
            [
                SQL("%s NOT IN %s", company, tuple(known)),
                SQL("%s = %s", agent, self.env.uid),
                *(
                    SQL(
                        "%s = %s AND %s = ANY(%s::int[])",
                        company,
                        company_id,
                        key,
                        keys,
                    )
                    for company_id, keys in known.items()
                ),
            ]
        )

    @api.model
    def _withheld_key(self, agent, department):
        """Return what tells one agent from the others; never NULL."""
        return SQL("COALESCE(%s, -%s, 0)", agent, department)
