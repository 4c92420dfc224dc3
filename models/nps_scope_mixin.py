from odoo import api, fields, models


class NpsScopeMixin(models.AbstractModel):
    """Something that is about some answers only; an empty condition means any.

    Such a condition must not become empty by itself: what is archived stays in it, and
    when the last of what it names is deleted, whatever has the condition is stopped.
    """

    _name = "nps.scope.mixin"
    _description = "About Some NPS Answers"

    _scope_fields = ()
    """The many2many fields that mean anything when they are empty."""

    archived_names = fields.Char(
        string="Archived",
        compute="_compute_archived_names",
        help="What it is about, but is archived. It stays so until you remove it.",
    )

    @api.depends(
        lambda self: [
            f"{name}.{part}"
            for name in self._scope_fields
            for part in ("active", "display_name")
        ]
    )
    @api.depends_context("lang")
    def _compute_archived_names(self):
        # Who may see the record may know the names of what it is about.
        for record, record_sudo in zip(self, self.sudo(), strict=True):
            record.archived_names = ", ".join(
                part.display_name
                for name in self._scope_fields
                for part in record_sudo[name]
                if not part.active
            )

    @api.model
    def _scope_gone(self, gone):
        """Stop what would be about any answer once some records are deleted.

        :param gone: the records that are deleted, with those that go along
        """
        for name in self.env.registry.descendants([self._name], "_inherit"):
            # Whoever deletes a tag need know nothing of rules and subscribers.
            model_sudo = self.env[name].sudo().with_context(active_test=False)
            if model_sudo._abstract:
                continue
            if about_sudo := model_sudo._about_nothing_but(gone):
                about_sudo._lose_scope()

    @api.model
    def _about_nothing_but(self, gone):
        """Return those of which one condition names none but some records."""
        found = self.browse()
        for name in self._scope_fields:
            if self._fields[name].comodel_name == gone._name:
                naming = self.search([(name, "in", gone.ids)])
                found |= naming.filtered(lambda r, name=name: r[name] <= gone)
        return found

    def _lose_scope(self):
        """Stop, with a reason that says that a condition is gone."""
        raise NotImplementedError
