from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools import metrics
from .nps_survey import CATEGORIES, METRICS
from .score_field import Score, is_missing


class NpsCaseRule(models.Model):
    """Which answers get a case, and what is expected of its owner.

    The rules are read from the top; the first that fits an answer holds.
    """

    _name = "nps.case.rule"
    _description = "NPS Case Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(
        default=lambda self: self._default_sequence(),
        help="The first rule that fits an answer holds; a new one comes last.",
    )
    company_id = fields.Many2one(
        "res.company",
        ondelete="cascade",
        index=True,
        help="Leave empty for all companies.",
    )

    # Which answers
    category = fields.Selection(CATEGORIES, string="Answer", help="Empty: any.")
    metric = fields.Selection(METRICS, help="Empty: any.")
    # Archived records stay in a condition: without them it would mean any.
    survey_ids = fields.Many2many(
        "nps.survey",
        string="Surveys",
        domain="[('active', '=', True)]",
        context={"active_test": False},
        help="Empty: any.",
    )
    score_from = Score(string="Score From", help="Empty: from the lowest score on.")
    score_to = Score(string="Score To", help="Empty: up to the highest score.")
    needs_contact_request = fields.Boolean(
        string="Wants to Be Contacted",
        help="Only answers whose customer asked to be contacted.",
    )
    needs_words = fields.Boolean(
        string="With Words", help="Only answers with a comment or a reason."
    )
    partner_tag_ids = fields.Many2many(
        "res.partner.category",
        string="Customer Tags",
        domain="[('active', '=', True)]",
        context={"active_test": False},
        help="Only customers with one of these tags, on the contact or its company. "
        "Empty: any.",
    )
    reason_ids = fields.Many2many(
        "nps.reason",
        string="Reasons",
        domain="[('active', '=', True), ('child_ids', '=', False)]",
        context={"active_test": False},
        help="Only answers with one of these reasons. Empty: any.",
    )

    # What is expected
    contact_hours = fields.Float(
        string="First Contact Within",
        default=8,
        required=True,
        help="Working hours of the owner until the customer has to be contacted.",
    )
    close_hours = fields.Float(
        string="Closed Within",
        default=40,
        required=True,
        help="Working hours of the owner until the case has to be closed.",
    )
    escalate_hours = fields.Float(
        string="Escalate After",
        default=4,
        required=True,
        help="Working hours after a missed deadline, or after the manager before was "
        "told, until the next manager up the department tree is told.",
    )
    is_priority = fields.Boolean(
        string="Key Customer", help="Marks the case with a star."
    )
    template_id = fields.Many2one(
        "mail.template",
        string="First Message",
        domain=[("model", "=", "nps.case")],
        ondelete="restrict",
        help="What “Write to the Customer” begins with. The owner edits it before it "
        "is sent.",
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        string="Activity",
        domain="[('res_model', 'in', [False, 'nps.case'])]",
        ondelete="restrict",
        help="Planned for the owner when the case is opened. Empty: a to-do.",
    )

    @api.model
    def _default_sequence(self):
        last = self.sudo().search([], order="sequence desc", limit=1)
        return last.sequence + 10

    @api.constrains("contact_hours", "close_hours", "escalate_hours")
    def _check_hours(self):
        for rule in self:
            shortest = min(rule.contact_hours, rule.escalate_hours)
            if shortest <= 0 or rule.close_hours < rule.contact_hours:
                raise ValidationError(
                    self.env._(
                        "Give hours above 0, and at least as many to close a case as "
                        "to contact the customer."
                    )
                )

    @api.constrains("score_from", "score_to", "metric")
    def _check_scores(self):
        for rule in self:
            low, high = rule.score_from, rule.score_to
            offered = metrics.SCALES[rule.metric or "nps"].scores
            given = [score for score in (low, high) if not is_missing(score)]
            if any(score not in offered for score in given):
                raise ValidationError(
                    self.env._(
                        "Scores lie between %(low)s and %(high)s here.",
                        low=offered[0],
                        high=offered[-1],
                    )
                )
            if not is_missing(low) and not is_missing(high) and low > high:
                raise ValidationError(
                    self.env._(
                        "No score is from %(low)s to %(high)s.", low=low, high=high
                    )
                )

    @api.model
    def _for_response(self, response_sudo):
        """Return the rule that holds for an answer, or an empty record.

        :param response_sudo: a counted response, in superuser mode
        """
        rules = self.search(
            Domain("company_id", "in", [False, response_sudo.company_id.id])
        )
        return next((rule for rule in rules if rule._fits(response_sudo)), self)

    def _fits(self, response_sudo):
        """Tell whether an answer meets every condition of the rule."""
        return (
            self.category in (False, response_sudo.category)
            and self.metric in (False, response_sudo.metric)
            and self._fits_score(response_sudo.score)
            and self._fits_survey(response_sudo.survey_id)
            and (not self.needs_contact_request or response_sudo.is_contact_requested)
            and (not self.needs_words or response_sudo._has_words())
            and self._fits_one(self.reason_ids, response_sudo.reason_ids)
            and self._fits_one(self.partner_tag_ids, response_sudo._customer_tags())
        )

    def _fits_score(self, score):
        low, high = self.score_from, self.score_to
        return (is_missing(low) or score >= low) and (is_missing(high) or score <= high)

    def _fits_survey(self, survey):
        return self._fits_one(self.survey_ids, survey)

    @api.model
    def _fits_one(self, wanted, given):
        return not wanted or bool(wanted & given)
