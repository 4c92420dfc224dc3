from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, formatLang

RULE_FIELDS = {"domain", "company_id", "parent_id"}
"""Fields whose change is, or may be, one of the rule."""
MOST_COUNTED = 10_000
"""How far it is counted what a rule did not sort yet."""


class NpsGroup(models.Model):
    """Sorting the past again, which only happens on purpose.

    A new or changed rule sorts what comes. Up to which interaction it never looked is
    kept, so that people see what the group does not say.
    """

    _inherit = "nps.group"

    unsorted_from_id = fields.Integer(
        readonly=True, copy=False, aggregator=None, export_string_translation=False
    )
    unsorted_to_id = fields.Integer(
        readonly=True, copy=False, aggregator=None, export_string_translation=False
    )
    unsorted_text = fields.Char(compute="_compute_unsorted_text")
    again_from_id = fields.Integer(
        readonly=True, copy=False, aggregator=None, export_string_translation=False
    )
    again_next_id = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        export_string_translation=False,
        help="The next interaction to be sorted again, from the newest back.",
    )
    again_percent = fields.Integer(
        string="Sorted Again", compute="_compute_again_percent", recursive=True
    )
    status = fields.Char(compute="_compute_status")
    is_sorted_again = fields.Boolean(compute="_compute_again_percent")

    # === COMPUTE METHODS === #

    @api.depends("unsorted_from_id", "unsorted_to_id", "domain")
    @api.depends_context("uid", "lang")
    def _compute_unsorted_text(self):
        for group in self:
            group.unsorted_text = group._unsorted_in_words()

    def _unsorted_in_words(self):
        if not self.unsorted_to_id or not self._has_rule():
            return False
        count = self.env["nps.invitation"].search_count(
            self._company_domain()
            & Domain("id", ">=", self.unsorted_from_id)
            & Domain("id", "<=", self.unsorted_to_id),
            limit=MOST_COUNTED + 1,
        )
        if count > MOST_COUNTED:
            return self.env._(
                "More than %s interactions are not sorted by this rule yet.",
                formatLang(self.env, MOST_COUNTED, digits=0),
            )
        if count == 1:
            return self.env._("1 interaction is not sorted by this rule yet.")
        return count and self.env._(
            "%s interactions are not sorted by this rule yet.",
            formatLang(self.env, count, digits=0),
        )

    @api.depends("again_from_id", "again_next_id", "child_ids.again_percent")
    def _compute_again_percent(self):
        for group in self:
            below = group._origin._below() if group.has_children else group
            under_way = below.filtered("again_next_id")
            first = sum(under_way.mapped("again_from_id"))
            left = sum(under_way.mapped("again_next_id"))
            group.is_sorted_again = bool(under_way)
            group.again_percent = round(100 * (first - left) / first) if first else 0

    @api.depends("failure", "is_sorted_again", "unsorted_to_id", "domain")
    @api.depends_context("lang")
    def _compute_status(self):
        for group in self:
            group.status = group._status_in_words()

    def _status_in_words(self):
        if self.failure:
            return self.env._("The rule cannot be applied")
        if self.is_sorted_again:
            return self.env._("Sorted again: %s %%", self.again_percent)
        if self.unsorted_to_id and self._has_rule():
            return self.env._("The past is not sorted by this rule")
        return False

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        groups = super().create(vals_list)
        groups.filtered(lambda group: group._has_rule())._begin_rule()
        return groups

    def write(self, vals):
        # The company of an axis is part of the rules below it.
        ruled = self | self._below() if RULE_FIELDS & vals.keys() else self.browse()
        before = {group: group._rule_key() for group in ruled}
        moved = self.filtered(lambda g: g.active != vals.get("active", g.active))
        result = super().write(vals)
        ruled.filtered(lambda g: g._rule_key() != before[g])._begin_rule()
        if moved:
            moved._wake_up() if vals["active"] else moved._rest()
        return result

    def _rule_key(self):
        return self.domain, self.company_id.id

    def _begin_rule(self):
        """Note that nothing that is there yet was sorted by the rule as it stands."""
        if not self:
            return
        # Who may write a rule may not write what the cron made of it.
        self.sudo().write(
            {
                "unsorted_from_id": 0,
                "unsorted_to_id": self._newest_id(),
                "again_from_id": 0,
                "again_next_id": 0,
                "failure": False,
                "is_too_heavy": False,
                "rule_lang": self.env.lang,
            }
        )
        self.env["nps.group.news"]._wake()

    def _rest(self):
        """Note from where on nothing is sorted, as the group is archived."""
        for group in self.filtered(lambda g: not g.unsorted_to_id):
            group.unsorted_from_id = self._newest_id() + 1

    def _wake_up(self):
        """Note up to where nothing was sorted while the group was archived."""
        self.write({"unsorted_to_id": self._newest_id()})
        self.env["nps.group.news"]._wake()

    @api.model
    def _newest_id(self):
        """Return the id of the newest interaction, 0 if there is none."""
        [(newest,)] = self.env.execute_query(
            SQL("SELECT COALESCE(MAX(id), 0) FROM nps_invitation")
        )
        return newest

    # === ACTION METHODS === #

    def action_sort_again(self):
        """Sort everything again by the rules below these groups, by today's data."""
        self.check_access("write")
        leaves = self._leaves()
        if not leaves:
            raise UserError(
                self.env._("There is no rule here yet. Write one, then sort again.")
            )
        newest = self._newest_id()
        leaves.write({"again_from_id": newest, "again_next_id": newest})
        # Who asks for it may know that what was too heavy is not any more.
        heavy_sudo = leaves.sudo().filtered("is_too_heavy")
        heavy_sudo.write({"is_too_heavy": False, "failure": False})
        for group in leaves | self:
            group._message_log(
                body=self.env._(
                    "%s lets all interactions be sorted again, by today's data.",
                    self.env.user.name,
                )
            )
        self.env["nps.group.news"]._wake()

    def action_refresh(self):
        """Look again how far it is."""
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    # === CRON === #

    @api.model
    def _to_sort_again(self):
        """Return the leaves that have something to sort again, and can."""
        return self.search([("again_next_id", ">", 0), ("failure", "=", False)])

    def _sort_again_some(self, batch_size):
        """Sort the next batch of one leaf again; return how many it had."""
        if not self:
            return 0
        batch = self.env["nps.invitation"].search(
            [("id", "<=", self.again_next_id)], order="id desc", limit=batch_size
        )
        if batch and not self._sort_safely(batch):
            return 1
        next_id = batch[-1].id - 1 if len(batch) == batch_size else 0
        if next_id > 0:
            self.again_next_id = next_id
        else:
            self._end_again()
        return max(1, len(batch))

    def _end_again(self):
        """Note that everything is sorted by the rule as it stands, and say so."""
        self._note_all_sorted()
        self._message_log(body=self.env._("All interactions were sorted again."))

    def _note_all_sorted(self):
        self.write(
            {
                "again_from_id": 0,
                "again_next_id": 0,
                "unsorted_from_id": 0,
                "unsorted_to_id": 0,
            }
        )
