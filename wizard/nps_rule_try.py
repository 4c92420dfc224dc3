from markupsafe import Markup

from odoo import api, fields, models


class NpsRuleTry(models.TransientModel):
    """Tells for one customer which rules hold, before they meet him."""

    _name = "nps.rule.try"
    _description = "Try Rules on a Customer"

    partner_id = fields.Many2one("res.partner", string="Customer", required=True)
    facts_text = fields.Char(string="What Is Known", compute="_compute_result")
    result = fields.Html(string="What Holds", compute="_compute_result", sanitize=False)

    @api.depends("partner_id")
    def _compute_result(self):
        for trial in self:
            customer = trial.partner_id._origin
            facts = customer._nps_facts().get(customer.id)
            trial.facts_text = facts and trial._facts_in_words(facts)
            trial.result = facts and trial._holding(facts)

    @api.model
    def _facts_in_words(self, facts):
        # A rule about exactly this says it in words already.
        draft = self.env["nps.opening"].new(
            {name: facts[name] for name in ("category", "trend", "case_state")}
        )
        words = draft._condition_words()
        if facts["is_old"]:
            words.append(self.env._("The answer is old"))
        if facts["is_at_risk"]:
            words.append(self.env._("At risk"))
        if facts["source"] == "company":
            words.append(self.env._("The answer is the company's"))
        return " · ".join(words)

    @api.model
    def _holding(self, facts):
        """Return, for each kind of rule, those that hold: what they do, for whom."""
        kinds = self.env.registry.descendants(["nps.condition.mixin"], "_inherit")
        parts = []
        for kind in (self.env[name] for name in kinds if not self.env[name]._abstract):
            rules = kind._of_company(self.env.company)
            holding = rules.filtered(lambda rule: rule._holds(facts))
            # Where the first one counts, those below it say nothing.
            parts.append(self._section(kind, holding[: kind._most_that_hold]))
        return Markup().join(parts)

    @api.model
    def _section(self, kind, rules):
        title = self.env["ir.model"]._get(kind._name).name
        lines = [
            Markup('<li>%s <span class="opacity-75">(%s)</span></li>')
            % (rule.effect_text, rule.condition_text)
            for rule in rules
        ] or [Markup('<li class="opacity-75">%s</li>') % self.env._("None holds.")]
        return Markup('<h3 class="h5">%s</h3><ul>%s</ul>') % (
            title,
            Markup().join(lines),
        )
