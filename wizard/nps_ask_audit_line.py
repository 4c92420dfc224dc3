from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

from ..models.measure_field import Measure
from ..tools import audit


class NpsAskAuditLine(models.TransientModel):
    """What the audit says of one agent: a reason to talk, never a verdict."""

    _name = "nps.ask.audit.line"
    _description = "NPS Ask-Rate Audit Line"
    _order = "marked desc, adjusted, interactions desc, id"

    audit_id = fields.Many2one(
        "nps.ask.audit", required=True, readonly=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one("res.users", string="Agent", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    interactions = fields.Integer(readonly=True)
    held_back = fields.Integer(
        readonly=True, help="Customers not asked by the agent's choice."
    )
    factor = fields.Selection(
        selection=[
            ("late", "Late"),
            ("reopened", "Reopened"),
            ("low_guess", "Low own guess"),
            ("long", "Took longest"),
            ("any", "Late, reopened or low guess"),
        ],
        string="Strongest Sign",
        readonly=True,
        help="The sign that it went badly with which most was held back.",
    )
    badly_share = Measure(
        string="When Badly",
        readonly=True,
        digits=(16, 1),
        help="Share held back where the strongest sign was there, in percent.",
    )
    well_share = Measure(
        string="When Well",
        readonly=True,
        digits=(16, 1),
        help="Share held back where the strongest sign was not there, in percent.",
    )
    p = Measure(readonly=True)
    adjusted = Measure(readonly=True)
    p_text = fields.Char(
        string="p",
        compute="_compute_p_text",
        help="How often chance alone would show as much, over all signs (Fisher's "
        "exact test, one-sided).",
    )
    adjusted_text = fields.Char(
        string="Adjusted p",
        compute="_compute_p_text",
        help="The same, adjusted for the number of agents: of those marked, at most "
        "5 % are marked by chance, on average (Benjamini–Hochberg).",
    )
    marked = fields.Boolean(readonly=True)
    verdict = fields.Selection(
        selection=[
            ("talk", "Reason to talk"),
            ("nothing", "Nothing found"),
            ("few", "Too few data"),
        ],
        string="Finding",
        readonly=True,
    )
    sentence = fields.Text(string="In Words", compute="_compute_sentence")
    badly_held = fields.Integer(readonly=True)
    badly = fields.Integer(readonly=True)
    well_held = fields.Integer(readonly=True)
    well = fields.Integer(readonly=True)

    # === COMPUTE METHODS === #

    @api.depends("p", "adjusted")
    @api.depends_context("lang")
    def _compute_p_text(self):
        for line in self:
            line.p_text = line._p_in_words(line.p)
            line.adjusted_text = line._p_in_words(line.adjusted)

    @api.depends("verdict")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for line in self:
            line.sentence = line._describe()

    # === ACTION METHODS === #

    def action_open_interactions(self):
        """Open the interactions that were compared."""
        self.ensure_one()
        own = Domain("user_id", "=", self.user_id.id)
        return self.env["nps.report"]._action_interactions(
            self.env._("Interactions: %s", self.user_id.name),
            self.audit_id._domain() & own,
            search_default_held_back=int(bool(self.held_back)),
        )

    # === BUSINESS METHODS === #

    @api.model
    def _values_of(self, courses, result):
        """Return the values of a line.

        :param list courses: the :class:`~.tools.audit.Course` of one agent
        :param result: his :class:`~.tools.audit.Result`
        """
        values = {
            "interactions": len(courses),
            "held_back": sum(course.held_back for course in courses),
            "p": result.p,
            "adjusted": result.adjusted,
            "marked": result.marked,
            "verdict": "talk" if result.marked else "nothing",
        }
        if result.p is None:
            return dict(values, verdict="few")
        if not values["held_back"]:
            return values
        found = result.strongest
        return dict(
            values,
            factor=found.factor,
            badly_held=found.badly_held,
            badly=found.badly,
            well_held=found.well_held,
            well=found.well,
            badly_share=100 * found.badly_held / found.badly,
            well_share=100 * found.well_held / found.well,
        )

    def _p_in_words(self, p):
        """Return a p value to read: it is never 0."""
        if p is False:
            return ""
        shown = formatLang(self.env, max(p, 0.001), digits=3)
        return f"< {shown}" if p < 0.001 else shown

    def _describe(self):
        """Return the finding in plain words, with its numbers."""
        if self.verdict == "few":
            return self._describe_few()
        if not self.held_back:
            return self.env._("Held nobody back in %s interactions.", self.interactions)
        if not self.marked:
            return self.env._(
                "Held back %(held)s of %(all)s; no pattern found.",
                held=self.held_back,
                all=self.interactions,
            )
        return self._describe_mark()

    def _describe_few(self):
        if self.interactions < audit.FEWEST:
            return self.env._(
                "%(all)s of %(fewest)s interactions: too few to say.",
                all=self.interactions,
                fewest=audit.FEWEST,
            )
        return self.env._(
            "Too little is known of how the %s interactions went.", self.interactions
        )

    def _describe_mark(self):
        return self.env._(
            "Held back %(badly_held)s of %(badly)s %(sign)s (%(badly_share)d %%), but "
            "%(well_held)s of the %(well)s others (%(well_share)d %%).",
            sign=self._sign(),
            badly_held=self.badly_held,
            badly=self.badly,
            badly_share=round(self.badly_share),
            well_held=self.well_held,
            well=self.well,
            well_share=round(self.well_share),
        )

    def _sign(self):
        """Return the strongest sign as a part of a sentence."""
        signs = {
            "late": self.env._("that were late"),
            "reopened": self.env._("that were reopened"),
            "low_guess": self.env._("with a low own guess"),
            "long": self.env._("that took longest"),
            "any": self.env._("that were late, reopened or guessed low"),
        }
        return signs[self.factor]
