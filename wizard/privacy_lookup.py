from odoo import api, fields, models
from odoo.exceptions import UserError


class PrivacyLookupWizard(models.TransientModel):
    """Odoo's look-up leads to our erasure of everything that it found."""

    _inherit = "privacy.lookup.wizard"

    def action_nps_open_erasure(self):
        """Open the dialog for the person who is looked up."""
        self.ensure_one()
        self.env["nps.erasure"]._check_may()
        # The look-up finds contacts of all companies, archived ones too.
        partners_sudo = self.env["res.partner"].sudo().with_context(active_test=False)
        ids = self.line_ids.filtered(
            lambda line: line.res_model == "res.partner" and not line.is_unlinked
        ).mapped("res_id")
        found_sudo = partners_sudo.browse(ids).exists()
        dialog = self.env["nps.erasure.confirm"]
        return dialog._open(found_sudo.sudo(False), [self.email])

    def action_open_lines(self):
        action = super().action_open_lines()
        action["context"] = {
            "search_default_group_by_res_model_id": 1,
            "no_create_edit": True,
            "nps_lookup_id": self.id,
        }
        return action

    def _get_query_models_blacklist(self):
        # Scratch rows of ours, which nobody would understand.
        return [*super()._get_query_models_blacklist(), "nps.risk.news"]

    def _nps_blank_names(self):
        # Without ``write``: that would post to the privacy log again.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE privacy_lookup_wizard SET name = '-', email = '-'"
            " WHERE id = ANY(%s)",
            [list(self.ids)],
        )
        self.invalidate_recordset(flush=False)


class PrivacyLookupWizardLine(models.TransientModel):
    """What counts is anonymised and not deleted: numbers stay what they were."""

    _inherit = "privacy.lookup.wizard.line"

    nps_what = fields.Char(
        string="What “Delete” Does",
        compute="_compute_nps_what",
        help="Answers are never deleted: what tells of the person is.",
    )

    @api.depends("res_model", "is_unlinked")
    @api.depends_context("lang")
    def _compute_nps_what(self):
        for line in self:
            line.nps_what = line._nps_what_in_words()

    def _nps_what_in_words(self):
        if self.is_unlinked:
            return self.env._("Done")
        if self.res_model == "res.partner":
            return self.env._("Erases his NPS data, then deletes the contact")
        if self._nps_is_ours():
            return self.env._("Erases what tells of the person; scores stay")
        return self.env._("Deletes the record")

    def action_nps_open_erasure(self):
        """Open the dialog for everything of the person who is looked up."""
        lookup = self.wizard_id[:1] or self.env["privacy.lookup.wizard"].browse(
            self.env.context.get("nps_lookup_id")
        )
        return lookup.action_nps_open_erasure()

    def action_unlink(self):
        """Delete the record; an NPS record, or the person behind it, is erased."""
        self.ensure_one()
        records_sudo = self._nps_records_sudo()
        if records_sudo is None or self.is_unlinked:
            return super().action_unlink()
        if records_sudo._name == "res.partner":
            # He may be a colleague, or several: then Odoo itself says no.
            self._nps_erase_behind(records_sudo)
            return (
                super().action_unlink() if records_sudo.exists() else self._nps_done()
            )
        self.env["nps.erasure"]._erase_records(records_sudo)
        return self._nps_done()

    def _nps_erase_behind(self, partner_sudo):
        """Erase what we hold of a contact that is about to be deleted."""
        partner_sudo.with_env(self.env).sudo().action_nps_erase_person(
            tickets=False, contact=False
        )

    def _nps_done(self):
        self.write(
            {
                "execution_details": self.env._(
                    "Erased %(model)s #%(id)s",
                    model=self.res_model_id.name,
                    id=self.res_id,
                ),
                "is_unlinked": True,
            }
        )

    def _nps_is_ours(self):
        """Tell whether it is a record that is anonymised and not deleted."""
        mixin = self.pool["nps.personal.mixin"]
        model = self.res_model and self.pool.get(self.res_model)
        # A ticket is the helpdesk's: deleting it is its own affair.
        return bool(
            model and issubclass(model, mixin) and self.res_model != "helpdesk.ticket"
        )

    def _nps_records_sudo(self):
        """Return the record if it is one that we anonymise, else None."""
        if not self._nps_is_ours():
            return None
        # Whoever looks up works in superuser mode, as Odoo's own button does.
        record_sudo = self.env[self.res_model].sudo().browse(self.res_id).exists()
        if not record_sudo:
            raise UserError(self.env._("This is gone already. Look up once more."))
        return record_sudo

    def _nps_blank_names(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE privacy_lookup_wizard_line SET res_name = NULL WHERE id = ANY(%s)",
            [list(self.ids)],
        )
        self.invalidate_recordset(flush=False)
