from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

MOST_LEVELS = 6
"""How deep a tree of groups may be."""
INDENT = "\u2003"
"""A wide space, before the name of a group below another one."""


class NpsGroup(models.Model):
    """A saved rule over anything known of an interaction.

    A tree: a root is an axis, what has groups below it collects them, and only a leaf
    has a rule. An interaction may be in many groups; a report counts it in each of
    them and once in the total.
    """

    _name = "nps.group"
    _description = "NPS Group"
    _inherit = ["mail.thread"]
    _order = "position, id"
    _parent_store = True
    _rec_names_search = ["name", "parent_id.name"]

    name = fields.Char(required=True, translate=True)
    display_name = fields.Char(recursive=True)
    active = fields.Boolean(default=True, tracking=True)
    sequence = fields.Integer(default=10)
    parent_id = fields.Many2one(
        "nps.group",
        string="Part Of",
        domain="[('id', '!=', id), ('domain', 'in', [False, '[]'])]",
        ondelete="restrict",
        index=True,
        tracking=True,
        help="The axis or group that collects it. Empty: it is an axis itself.",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("nps.group", "parent_id", string="Groups")
    has_children = fields.Boolean(
        compute="_compute_has_children", export_string_translation=False
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        recursive=True,
        index="btree_not_null",
        tracking=True,
        help="Empty: the interactions of all companies. Groups have the company of "
        "their axis.",
    )
    description = fields.Text(translate=True)
    position = fields.Char(
        compute="_compute_position",
        store=True,
        recursive=True,
        index=True,
        export_string_translation=False,
    )
    indented_name = fields.Char(string="Group", compute="_compute_indented_name")

    # === COMPUTE METHODS === #

    @api.depends("child_ids")
    def _compute_has_children(self):
        for group in self:
            group.has_children = bool(group.child_ids)

    @api.depends("parent_id.company_id")
    def _compute_company_id(self):
        for group in self:
            if group.parent_id:
                group.company_id = group.parent_id.company_id

    @api.depends("sequence", "parent_id.position")
    def _compute_position(self):
        # Of fixed width: so it sorts like a tree whatever the database's language.
        for group in self:
            own = f"{max(0, group.sequence):06d}{group._origin.id or 0:09d}"
            group.position = (group.parent_id.position or "") + own

    @api.depends("name", "parent_path")
    @api.depends_context("lang")
    def _compute_indented_name(self):
        for group in self:
            group.indented_name = INDENT * 2 * (group._level() - 1) + (group.name or "")

    @api.depends("name", "parent_id.display_name")
    @api.depends_context("lang", "hierarchical_naming")
    def _compute_display_name(self):
        short = not self.env.context.get("hierarchical_naming", True)
        for group in self:
            parents = "" if short else group.parent_id.display_name
            group.display_name = " / ".join(filter(None, [parents, group.name]))

    def _level(self):
        """Return how deep the group lies; an axis is 1."""
        return (self.parent_path or "/").count("/")

    # === CONSTRAINTS === #

    @api.constrains("parent_id", "company_id")
    def _check_company_of_axis(self):
        for group in self | self.child_ids:
            if group.parent_id and group.company_id != group.parent_id.company_id:
                raise ValidationError(
                    self.env._(
                        "“%s” has the company of its axis. Change it there.",
                        group.name,
                    )
                )

    @api.constrains("parent_id")
    def _check_tree(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A group cannot be part of itself. Choose another one.")
            )
        below = self.with_context(active_test=False).search(
            [("id", "child_of", self.ids)]
        )
        if any(group._level() > MOST_LEVELS for group in below):
            raise ValidationError(
                self.env._(
                    "Groups can be %s levels deep. Put it further up.", MOST_LEVELS
                )
            )

    # === CRUD METHODS === #

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self._below()._follow_active(vals["active"])
        return result

    def _below(self):
        """Return the groups below these, also archived ones."""
        everything = self.with_context(active_test=False)
        return everything.search([("id", "child_of", self.ids)]) - self

    def _follow_active(self, active):
        """Archive or take back what lies below an archived group, with it."""
        if moved := self.filtered(lambda group: group.active != active):
            moved.write({"active": active})

    def copy_data(self, default=None):
        values = super().copy_data(default)
        for group, vals in zip(self, values, strict=True):
            if "name" not in (default or {}):
                vals["name"] = self.env._("%s (copy)", group.name)
        return values

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_groups(self):
        for group in self:
            if group._below() - self:
                raise UserError(
                    self.env._(
                        "“%s” has groups below it. Delete these first, or archive "
                        "it: then nothing new is sorted into it, and reports keep "
                        "what was.",
                        group.name,
                    )
                )

    # === BUSINESS METHODS === #

    def _subtree_domain(self):
        """Return the domain of what is in these groups or in any group below them.

        Holds for every model with ``group_ids``. Each interaction is found once.
        """
        return Domain("group_ids", "child_of", self.ids)

    def _leaves(self):
        """Return those of these groups, and of those below them, that have a rule."""
        below = self.search([("id", "child_of", self.ids)])
        return below.filtered(lambda group: group._has_rule())
