from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import risk
from .score_field import Score

KEY = ("partner_id", "company_id", "scope", "rule")
MUTED_DAYS = 90


class NpsRisk(models.Model):
    """One reason why a customer may be leaving: a rule that holds for him now.

    The facts are kept, the words are made of them in the language of who reads. Which
    colleague an answer was about is no part of them. No row is ever wrong for long:
    the rules are looked at again whenever the facts change, and once a day.
    """

    _name = "nps.risk"
    _description = "NPS Customer at Risk"
    _inherit = ["nps.customer.access.mixin", "nps.inert.export.mixin"]
    _order = "since desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Customer Company",
        store=True,
        ondelete="set null",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade", index=True
    )
    scope = fields.Selection(
        selection=[("person", "One person"), ("company", "The company as a whole")],
        string="About",
        required=True,
        readonly=True,
    )
    rule = fields.Selection(
        selection=[
            ("case_overdue", "Case overdue"),
            ("unhappy_twice", "Two unhappy answers in a row"),
            ("falling", "Answers fall"),
            ("silent", "Answers no more"),
        ],
        string="Main Reason",
        required=True,
        readonly=True,
    )
    since = fields.Datetime(
        required=True, readonly=True, help="Since when the facts are so."
    )
    facts = fields.Json(readonly=True)
    facts_key = fields.Char(
        readonly=True,
        export_string_translation=False,
        help="Tells facts from others: what is known is known until it changes.",
    )
    is_main = fields.Boolean(
        readonly=True, help="It is the gravest of the reasons of its customer."
    )
    muted_at = fields.Datetime(string="Known Since", readonly=True)
    muted_by_id = fields.Many2one(
        "res.users", string="Known To", readonly=True, ondelete="set null"
    )
    salesperson_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    open_case_count = fields.Integer(
        string="Open Cases", related="partner_id.nps_case_count", aggregator=None
    )
    nps_score = Score(related="partner_id.nps_score")
    nps_metric = fields.Selection(related="partner_id.nps_metric")
    nps_category = fields.Selection(related="partner_id.nps_category")
    nps_answered_at = fields.Datetime(related="partner_id.nps_answered_at")
    reason = fields.Char(compute="_compute_reason")
    reasons = fields.Text(
        string="Why",
        compute="_compute_reasons",
        help="All reasons of this customer, the gravest first.",
    )

    # === COMPUTE METHODS === #

    @api.depends("rule", "facts")
    @api.depends_context("lang", "tz")
    def _compute_reason(self):
        for row in self:
            row.reason = row._describe()

    @api.depends("partner_id", "company_id", "muted_at")
    @api.depends_context("lang", "tz")
    def _compute_reasons(self):
        rows = self._of_same_customers()
        for row in self:
            same = rows.filtered(lambda other, row=row: row._is_shown_with(other))
            row.reasons = "\n".join(same.sorted(NpsRisk._gravity).mapped("reason"))

    def _is_shown_with(self, other):
        """Tell whether another row is a reason of the same customer, known alike."""
        of = (self.partner_id, self.company_id, bool(self.muted_at))
        return of == (other.partner_id, other.company_id, bool(other.muted_at))

    def _gravity(self):
        """Return what sorts the reasons of a customer, the gravest first."""
        return bool(self.muted_at), risk.RULES.index(self.rule), self.scope

    # === ACTION METHODS === #

    def action_mute(self):
        """Note that the reasons of a customer are known, until the facts change."""
        self._mute({"muted_at": fields.Datetime.now(), "muted_by_id": self.env.uid})

    def action_unmute(self):
        """Take back that the reasons of a customer are known."""
        self._mute({"muted_at": False, "muted_by_id": False})

    def _mute(self, values):
        if not self.env.user.has_group("nps.nps_group_team_manager"):
            raise AccessError(
                self.env._("Only a manager may say that a risk is known. Ask yours.")
            )
        self.check_access("read")
        # Nobody writes risks: they follow from the facts. Who knows of them is noted.
        rows_sudo = self._of_same_customers().sudo()
        rows_sudo.filtered(
            lambda row: bool(row.muted_at) != bool(values["muted_at"])
        ).write(values)
        rows_sudo._choose_main()

    def _of_same_customers(self):
        """Return all reasons of the customers of these rows."""
        rows = self.search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
            ]
        )
        customers = {(row.partner_id, row.company_id) for row in self}
        return rows.filtered(lambda r: (r.partner_id, r.company_id) in customers)

    def action_open_customer(self):
        """Open the contact."""
        self.ensure_one()
        return self.partner_id._nps_action_open()

    def action_plan_activity(self):
        """Plan an activity on the contacts: a call, a visit."""
        if not self:
            raise UserError(self.env._("Select the customers first."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan an Activity"),
            "res_model": "mail.activity.schedule",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "active_model": "res.partner",
                "active_ids": self.partner_id.ids,
                "active_id": self.partner_id.ids[0],
            },
        }

    # === BUSINESS METHODS === #

    @api.model
    def _refresh(self, partners):
        """Bring the risks of some customers up to date with the facts.

        What is found is read by a few queries for all of them; what then differs from
        the rows that stand is little, and is written row by row.

        :param partners: people, and companies for what holds of them as a whole
        """
        self.env.flush_all()
        found = {_key(values): values for values in self._find(partners.ids)}
        # Archived contacts have rows to lose.
        standing = self.with_context(active_test=False).search(
            [("partner_id", "in", partners.ids)], order="since, id"
        )
        rows = standing._drop_all_but(found)
        for row in rows:
            row._update(found.pop(row._key()))
        rows += self.create(list(found.values()))
        rows._choose_main()

    def _drop_all_but(self, found):
        """Delete what holds no more, and what merged contacts have twice."""
        kept = {}
        for row in self:
            if row._key() in found:
                kept.setdefault(row._key(), row)
        rows = self.browse().concat(*kept.values())
        (self - rows).unlink()
        return rows

    def _key(self):
        return self.partner_id.id, self.company_id.id, self.scope, self.rule

    def _update(self, values):
        """Store the facts as they are now; other facts than those known are news."""
        new = {}
        if self.facts != values["facts"]:
            new["facts"] = values["facts"]
        if self.facts_key != values["facts_key"]:
            new["facts_key"] = values["facts_key"]
        if self.muted_at and (new.get("facts_key") or self._is_muted_too_long()):
            new.update(muted_at=False, muted_by_id=False)
        if new:
            self.write(new)

    def _is_muted_too_long(self):
        """Tell whether facts that only time changes are other ones by now."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=MUTED_DAYS)
        return self.facts_key == "window" and self.muted_at < limit

    def _choose_main(self):
        """Mark the gravest reason of each customer."""
        chosen = {}
        for row in self.sorted(NpsRisk._gravity):
            chosen.setdefault((row.partner_id.id, row.company_id.id), row)
        main = self.browse().concat(*chosen.values())
        main.filtered(lambda row: not row.is_main).is_main = True
        (self - main).filtered("is_main").is_main = False


def _key(values):
    return tuple(values[name] for name in KEY)
