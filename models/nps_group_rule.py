from ast import literal_eval

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, mute_logger

from .database_errors import passes

NO_RULE = (False, "", "[]")
"""What stands in the field when there is no rule; it holds for nothing, not for all."""
OF_ANSWER = {"answer_id", "response_ids", "answered_at", "state"}
"""Fields of an invitation that change when an answer begins or stops to count."""
MOST_SAMPLES = 5


class NpsGroup(models.Model):
    """The rule of a leaf: a domain of ``nps.invitation``."""

    _inherit = "nps.group"

    domain = fields.Char(
        string="Rule",
        tracking=True,
        help="Which interactions belong to it. A group with other groups below it has "
        "none: it collects theirs.",
    )
    rule_lang = fields.Char(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="In which language names in the rule are meant.",
    )
    failure = fields.Text(
        string="Why It Cannot Be Sorted",
        readonly=True,
        copy=False,
        help="The rule cannot be applied any more: a field it uses may be gone. What "
        "comes meanwhile is sorted as soon as the rule can be applied again.",
    )
    sample_ids = fields.Many2many(
        "nps.report", string="Newest", compute="_compute_samples"
    )
    problem = fields.Char(compute="_compute_samples")

    # === COMPUTE METHODS === #

    @api.depends("domain", "company_id")
    def _compute_samples(self):
        """Look, with the rights of who looks, which interactions the rule finds."""
        invitations = self.env["nps.invitation"]
        for group in self:
            group.problem = group._problem(invitations)
            found = invitations
            if group._has_rule() and not group.problem:
                found = found.search(group._rule_domain(), limit=MOST_SAMPLES)
            group.sample_ids = self.env["nps.report"].browse(found.ids)

    # === CONSTRAINTS === #

    @api.constrains("domain", "parent_id")
    def _check_only_leaves_have_rules(self):
        for group in self | self.parent_id:
            if group._has_rule() and group.with_context(active_test=False).child_ids:
                raise ValidationError(
                    self.env._(
                        "“%s” has a rule of its own, so it cannot have groups below "
                        "it. Remove its rule first.",
                        group.name,
                    )
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        groups = super().create(vals_list)
        groups._check_rule()
        return groups

    def write(self, vals):
        result = super().write(vals)
        if "domain" in vals:
            # No constraint, which Odoo checks as a superuser: a rule is no way to ask
            # about what one may not read.
            self._check_rule()
        return result

    # === BUSINESS METHODS === #

    def _check_rule(self):
        """Raise unless the rules work with the rights of the user.

        :raise ValidationError: it names the group, and says why
        """
        for group in self:
            if problem := group._problem(self.env["nps.invitation"]):
                raise ValidationError(
                    self.env._(
                        "The rule of “%(group)s” does not work: %(problem)s",
                        group=group.name,
                        problem=problem,
                    )
                )

    def _has_rule(self):
        return self.domain not in NO_RULE

    def _rule_domain(self):
        """Return the rule as a :class:`Domain` of ``nps.invitation``.

        :raise ValueError: it is no domain
        """
        if not self._has_rule():
            return Domain.FALSE
        return Domain(literal_eval(self.domain)) & self._company_domain()

    def _company_domain(self):
        """Return the domain of the interactions that the group is about at all."""
        if self.company_id:
            return Domain("company_id", "=", self.company_id.id)
        return Domain.TRUE

    def _problem(self, invitations):
        """Return in words why the rule cannot be applied, or False.

        :param invitations: the empty model, with the rights that count
        """
        try:
            self._try_rule(invitations)
        except AccessError:
            return self.env._("it uses something that you may not read.")
        except (UserError, ValueError, TypeError, SyntaxError, KeyError) as error:
            return _in_words(error)
        except psycopg2.Error as error:
            if passes(error):
                raise
            return _in_words(error.diag.message_primary or error)
        return False

    def _try_rule(self, invitations):
        """Let the database plan the query of the rule, without running it."""
        domain = self._rule_domain()
        for condition in domain.iter_conditions():
            if _is_personal(condition.field_expr, invitations):
                raise ValueError(
                    self.env._(
                        "“%s” depends on who looks, and a group is the same for all.",
                        condition.field_expr,
                    )
                )
        with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            query = invitations._search(domain)
            if not query.is_empty():
                self.env.cr.execute(SQL("EXPLAIN %s", query.select()))

    def _looks_at_answer(self):
        """Tell whether the rule may change its mind when an answer comes or goes."""
        conditions = self._rule_domain().iter_conditions()
        return any(c.field_expr.split(".")[0] in OF_ANSWER for c in conditions)


def _is_personal(path, model):
    """Tell whether a field on a path has another value for each user."""
    for name in path.split("."):
        field = model._fields.get(name)
        if field is None:
            return False
        if "uid" in model.env.registry.field_depends_context[field]:
            return True
        if not field.relational:
            return False
        model = model.env[field.comodel_name]
    return False


def _in_words(error):
    """Return the first line of an error."""
    return str(error).strip().split("\n")[0]
