from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .nps_person import Person

NO_ADDRESS = "none@none.invalid"
"""What Odoo's log, which wants an address, gets of somebody who has none."""


class NpsErasure(models.Model):
    """That data was erased or handed out: by whom, when and how much; not whose."""

    _name = "nps.erasure"
    _description = "NPS Privacy Record"
    _order = "done_at desc, id desc"
    _rec_name = "kind"

    kind = fields.Selection(
        selection=[
            ("person", "A person was erased"),
            ("record", "One record was erased"),
            ("retention", "Older than the settings keep"),
            ("export", "Data of a person was handed out"),
        ],
        required=True,
        readonly=True,
    )
    done_at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="By",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company", readonly=True, help="Empty: a person in all companies."
    )
    counts = fields.Json(readonly=True, export_string_translation=False)
    rows = fields.Integer(
        string="Records", readonly=True, help="How many records were concerned."
    )
    details = fields.Text(compute="_compute_details")

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for erasure in self:
            erasure.display_name = labels.get(erasure.kind, "")

    @api.depends("counts")
    @api.depends_context("lang")
    def _compute_details(self):
        for erasure in self:
            erasure.details = self._in_words(erasure.counts or {})

    @api.model
    def _in_words(self, counts):
        """Return lines of "NPS Invitation: 3".

        :param dict counts: model name -> number of records
        """
        # What a model is called is no secret.
        models_sudo = self.env["ir.model"].sudo()
        lines = []
        for name, number in counts.items():
            found_sudo = models_sudo._get(name) if name in self.env else models_sudo
            lines.append(f"{found_sudo.name or name}: {number}")
        return "\n".join(sorted(lines))

    @api.model
    def _note(self, kind, counts, company=None):
        """Record what was done.

        :param dict counts: model name -> number of records
        :param company: the ``res.company`` whose rule asked for it
        """
        # Nobody writes these by hand: they are what one answers for.
        return self.sudo().create(
            {
                "kind": kind,
                "user_id": self.env.uid,
                "company_id": company.id if company else False,
                "counts": counts,
                "rows": sum(counts.values()),
            }
        )

    # === ERASING A PERSON === #

    @api.model
    def _check_may(self):
        """Raise unless the user may erase and hand out personal data."""
        if not self.env.su and not self.env.user.has_group("nps.nps_group_manager"):
            raise AccessError(
                self.env._(
                    "Only an NPS administrator may erase or hand out personal data. "
                    "Ask one."
                )
            )

    @api.model
    def _check_companies(self, person):
        """Raise unless the user works in all companies that know the person.

        A person is one: half an erasure would be none.
        """
        beyond_sudo = person.companies_sudo() - self.env.user.sudo().company_ids
        if beyond_sudo and not self.env.su:
            raise UserError(
                self.env._(
                    "Data of this person is also held in: %s. Ask an NPS administrator "
                    "who may work in all of these companies.",
                    ", ".join(beyond_sudo.mapped("name")),
                )
            )

    @api.model
    def _erase_person(self, person):
        """Erase a person everywhere, and record it.

        :param person: a :class:`~.nps_person.Person`
        :return: the record of it
        """
        self._check_may()
        self._check_companies(person)
        person.check_erasable()
        counts = person.count()
        # The log keeps initials; afterwards nobody knows them.
        name = next(iter(sorted(person.partners_sudo.mapped("name"))), "")
        person.erase()
        self._note_in_privacy_log(name, person.addresses, counts)
        self._wake_vacuum()
        return self._note("person", counts)

    @api.model
    def _erase_records(self, records):
        """Erase what some records of one model tell of a person, and record it."""
        person = Person.of_records(self.env, records)
        counts = person.count()
        person.erase()
        return self._note("record", counts)

    @api.model
    def _wake_vacuum(self):
        """Let Odoo's own cleaning delete files now that nothing leads to them."""
        cron_sudo = self.env.ref("base.autovacuum_job", raise_if_not_found=False)
        if cron_sudo:
            # Whoever erases may not know of scheduled jobs.
            cron_sudo.sudo()._trigger()

    @api.model
    def _note_in_privacy_log(self, name, addresses, counts):
        """Write Odoo's own privacy log, which keeps initials only."""
        # Whoever may erase need not be able to read the log of all erasures.
        self.env["privacy.log"].sudo().create(
            {
                "anonymized_name": name or "-",
                "anonymized_email": next(iter(addresses), NO_ADDRESS),
                "user_id": self.env.uid,
                "execution_details": self.env._("Personal data of NPS erased"),
                "records_description": self._in_words(counts),
            }
        )

    def _action_done(self):
        """Return the action that shows what was done."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Personal Data Erased"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "main",
        }
