from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .nps_person import Person

AT_ONCE = 500
"""How many records are erased before it is stored."""
TELLING_OF_MANY = "%/odoo/nps-subscriptions/%"
"""By what a regular message of ours is known: its link to what it told of."""


class NpsErasure(models.Model):
    """Erases what is older than a company wants to keep; a cron does it every day."""

    _inherit = "nps.erasure"

    @api.model
    def _cron_retention(self, batch_size=AT_ONCE):
        """Erase the personal data of what is too old, batch by batch."""
        companies = self.env["res.company"].search([("nps_retention_months", ">", 0)])
        for company in companies:
            before = company._nps_retention_limit()
            self._delete_old_messages(before)
            while outdated := self._outdated(company, before, batch_size):
                self._erase_outdated(outdated, company)
                left = sum(self._count_outdated(company, before).values())
                if not self.env["ir.cron"]._commit_progress(
                    len(outdated), remaining=left
                ):
                    return

    @api.model
    def _outdated(self, company, before, limit):
        """Return records of one model that are too old, locked; none when all are done.

        Whoever is being answered right now is left to the next run.
        """
        for model in self.env["nps.personal.mixin"]._nps_personal_models():
            domain = model._nps_outdated_domain(company, before)
            found = model.search(domain, limit=limit, order="id")
            if locked := found.try_lock_for_update():
                return locked
        return None

    @api.model
    def _count_outdated(self, company, before):
        """Return model name -> how many of its records are too old."""
        models_of_persons = self.env["nps.personal.mixin"]._nps_personal_models()
        return {
            model._name: model.search_count(model._nps_outdated_domain(company, before))
            for model in models_of_persons
        }

    @api.model
    def _erase_outdated(self, records, company):
        person = Person.of_records(self.env, records, is_retention=True)
        counts = person.count()
        person.erase()
        self._add_to_today(counts, company)

    @api.model
    def _add_to_today(self, counts, company):
        """Record a batch; those of one day are one record."""
        today = fields.Datetime.now().replace(hour=0, minute=0, second=0)
        known = self.search(
            [
                ("kind", "=", "retention"),
                ("company_id", "=", company.id),
                ("done_at", ">=", today),
            ],
            limit=1,
        )
        known = known or self._note("retention", {}, company)
        before = known.counts or {}
        total = {
            name: before.get(name, 0) + counts.get(name, 0)
            for name in before.keys() | counts.keys()
        }
        known.sudo().write({"counts": total, "rows": sum(total.values())})

    @api.model
    def _delete_old_messages(self, before):
        """Delete regular messages to colleagues, which tell of many answers."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM mail_message WHERE model IS NULL AND date < %s"
                " AND message_type = 'user_notification' AND body LIKE %s",
                before,
                TELLING_OF_MANY,
            )
        )


class NpsPersonalMixin(models.AbstractModel):
    """What is too old by itself; all else goes with its interaction."""

    _inherit = "nps.personal.mixin"

    @api.model
    def _nps_outdated_domain(self, company, before):
        """Return the domain of the records that are too old and not erased yet.

        :param company: the ``res.company`` whose rule it is
        :param before: what is older (UTC) is not kept
        """
        return Domain.FALSE


class NpsInvitation(models.Model):
    """Interactions grow old, whether anybody was asked or not."""

    _inherit = "nps.invitation"

    @api.model
    def _nps_outdated_domain(self, company, before):
        return Domain(
            [
                ("company_id", "=", company.id),
                ("picked_at", "<", before),
                ("person_key", "=", False),
            ]
        )


class NpsCase(models.Model):
    """A case made by hand grows old by itself."""

    _inherit = "nps.case"

    @api.model
    def _nps_outdated_domain(self, company, before):
        old = Domain(
            [
                ("company_id", "=", company.id),
                ("invitation_id", "=", False),
                ("opened_at", "<", before),
            ]
        )
        names = ("partner_id", "customer_name", "email_normalized")
        return old & Domain.OR(Domain(name, "!=", False) for name in names)


class ResCompany(models.Model):
    """How long a company keeps who it was that it asked."""

    _inherit = "res.company"

    nps_retention_months = fields.Integer(
        string="Erase Personal Data After",
        default=0,
        help="Months after which an interaction tells nothing of its customer any "
        "more. Scores stay. 0: it is kept.",
    )

    _nps_retention_months_sane = models.Constraint(
        "CHECK(nps_retention_months = 0 OR nps_retention_months BETWEEN 3 AND 600)",
        "Keep personal data for 3 months or longer, so that running surveys can be "
        "answered, or enter 0 to erase nothing by age.",
    )

    def _nps_retention_limit(self, months=None):
        """Return the moment (UTC) before which nothing personal is kept.

        :param int months: other months than those that are set
        """
        months = self.nps_retention_months if months is None else months
        return fields.Datetime.now() - relativedelta(months=months)
