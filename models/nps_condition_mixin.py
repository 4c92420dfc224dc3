from odoo import api, fields, models
from odoo.fields import Domain

from .nps_survey import CATEGORIES

NO_ANSWER = ("none", "No answer yet")
TRENDS = [
    ("up", "Getting better"),
    ("steady", "Steady"),
    ("down", "Getting worse"),
]
CASE_STATES = [
    ("none", "No case"),
    ("open", "Any open case"),
    ("promised", "Open case with a promise"),
    ("overdue", "Overdue case"),
    ("closed", "Case closed lately"),
]
ANY_OPEN = ("open", "promised", "overdue")


class NpsConditionMixin(models.AbstractModel):
    """A rule that holds for some customers, by what is known of them.

    The rules of a kind are read from the top. What is known of a customer comes from
    ``res.partner._nps_facts()``; an empty condition means any.
    """

    _name = "nps.condition.mixin"
    _description = "Holds for Some NPS Customers"
    _inherit = ["nps.scope.stop.mixin"]
    _order = "sequence, id"

    _scope_fields = ("reason_ids",)
    _most_that_hold = 1
    """How many rules of the kind count for one customer; None: all that hold."""

    active = fields.Boolean(default=True)
    sequence = fields.Integer(
        default=lambda self: self._default_sequence(),
        help="The rules are read from the top; a new one comes last.",
    )
    company_id = fields.Many2one(
        "res.company",
        ondelete="cascade",
        index=True,
        help="Leave empty for all companies.",
    )
    category = fields.Selection(
        [*CATEGORIES, NO_ANSWER],
        string="Last Answer",
        help="Of the customer; of his company where he never answered himself. "
        "Empty: any.",
    )
    trend = fields.Selection(TRENDS, help="How his last answers change. Empty: any.")
    # Archived reasons stay in a condition: without them it would mean any.
    reason_ids = fields.Many2many(
        "nps.reason",
        string="Reasons",
        domain="[('active', '=', True), ('child_ids', '=', False)]",
        context={"active_test": False},
        help="Only when the last answer has one of these reasons. Empty: any.",
    )
    counts_old = fields.Boolean(
        string="Old Answers Too",
        help="Whether an old answer still says something here. The settings say when "
        "an answer is old. Only matters with a condition about the answer.",
    )
    case_state = fields.Selection(
        CASE_STATES,
        string="Case",
        help="His own; an open one of his company where he has none himself. Closed "
        "lately: within 90 days. Empty: any.",
    )
    needs_risk = fields.Boolean(
        string="Only Customers at Risk",
        help="Only customers who may be leaving, or whose company may.",
    )
    condition_text = fields.Char(
        string="For Whom", compute="_compute_condition_text", help="In words."
    )
    effect_text = fields.Char(
        string="What It Does", compute="_compute_effect_text", help="In words."
    )

    @api.model
    def _default_sequence(self):
        # Rules of other companies keep their places too.
        last = self.sudo().search([], order="sequence desc", limit=1)
        return last.sequence + 10

    # === COMPUTE METHODS === #

    @api.depends(
        "category", "trend", "reason_ids", "counts_old", "case_state", "needs_risk"
    )
    @api.depends_context("lang")
    def _compute_condition_text(self):
        for rule in self:
            words = " · ".join(rule._condition_words())
            rule.condition_text = words or self.env._("Every customer")

    def _condition_words(self):
        """Return what has to be so, one phrase for each condition."""
        words = [self._label_of("category"), self._label_of("trend")]
        if self.reason_ids:
            names = ", ".join(self.reason_ids.mapped("name"))
            words.append(self.env._("Because of: %s", names))
        if self.counts_old and self._is_about_answers():
            words.append(self.env._("Also long ago"))
        words.append(self._label_of("case_state"))
        if self.needs_risk:
            words.append(self.env._("At risk"))
        return [word for word in words if word]

    @api.depends_context("lang")
    def _compute_effect_text(self):
        """Say in words what a rule does; each kind of rule says it itself."""
        raise NotImplementedError

    def _label_of(self, name):
        """Return the label of a selection in the user's language, or ""."""
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")

    # === BUSINESS METHODS === #

    @api.model
    def _of_company(self, company):
        """Return the rules for a company, in their order."""
        return self.search(Domain("company_id", "in", [False, company.id]))

    def _holds(self, facts):
        """Tell whether every condition holds.

        :param dict facts: of one customer, see ``res.partner._nps_facts()``
        """
        self.ensure_one()
        return (
            self._holds_answer(facts)
            and self._holds_case(facts["case_state"])
            and (not self.needs_risk or facts["is_at_risk"])
        )

    def _holds_answer(self, facts):
        if facts["is_old"] and self._is_about_answers() and not self.counts_old:
            return False
        return (
            self.category in (False, facts["category"])
            and self.trend in (False, facts["trend"])
            and (not self.reason_ids or not facts["reason_ids"].isdisjoint(self._why()))
        )

    def _is_about_answers(self):
        return bool(self.category or self.trend or self.reason_ids)

    def _why(self):
        return self.reason_ids.ids

    def _holds_case(self, state):
        if self.case_state == "open":
            return state in ANY_OPEN
        return self.case_state in (False, state)
