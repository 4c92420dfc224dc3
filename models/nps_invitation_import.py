from odoo import fields, models

from .score_field import MayBeMissing

IMPORT = {
    "comodel_name": "nps.import",
    "string": "Import",
    "readonly": True,
    "copy": False,
    "ondelete": "restrict",
    "index": "btree_not_null",
    "help": "The import by which this answer came: the customer gave it to another "
    "program.",
}


class Hour(MayBeMissing, fields.Integer):
    """An hour or nothing: of an imported answer often only the day is known."""


class NpsInvitation(models.Model):
    """Which interactions came by an import, for ever; nothing follows from these."""

    _inherit = "nps.invitation"

    local_hour = Hour()
    import_id = fields.Many2one(**IMPORT)
    import_row = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        export_string_translation=False,
        help="The row of the file.",
    )
    import_ref = fields.Char(
        string="External ID",
        readonly=True,
        copy=False,
        help="What the other program called the answer.",
    )

    _import_row_uniq = models.UniqueIndex(
        "(import_id, import_row) WHERE import_id IS NOT NULL",
        "A row is imported once.",
    )
    _import_ref_uniq = models.UniqueIndex(
        "(company_id, import_ref) WHERE import_ref IS NOT NULL",
        "An answer is imported once.",
    )

    def _check_case(self):
        # Years ago somebody else may have taken care of it.
        return None if self.import_id else super()._check_case()

    def action_open_record(self):
        if not self.import_id or self.partner_id:
            return super().action_open_record()
        self.ensure_one()
        return self.get_formview_action()


class NpsResponse(models.Model):
    """Which answers came by an import."""

    _inherit = "nps.response"

    import_id = fields.Many2one(**IMPORT)


class ResPartner(models.Model):
    """Which contacts an import created, so that it can be undone."""

    _inherit = "res.partner"

    nps_import_id = fields.Many2one(
        "nps.import",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        groups="nps.nps_group_manager",
        export_string_translation=False,
    )
