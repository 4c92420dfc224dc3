"""Whether a rule looks at what customers answered, by whatever way."""

from odoo import models
from odoo.fields import Domain

HARMLESS_MODELS = {
    "nps.department.path",
    "nps.driver",
    "nps.import",
    "nps.invitation",
    "nps.outcome",
    "nps.reason",
    "nps.send.window",
    "nps.survey",
}
"""Models of this addon that say nothing of an answer; every other one does.

Also groups: they may be made of answers themselves.
"""
HARMLESS_FIELDS = {
    "nps_extension",
    "nps_first_stage_change_at",
    "nps_invitation_id",
    "nps_path_id",
    "nps_reopen_count",
    "nps_reopened_at",
    "nps_survey_consent",
}
"""Fields of this addon on other models that say nothing; every other one does."""
TELLING_FIELDS = {
    "case_check_at",
    "case_check_attempts",
    "case_failure",
    "case_news",
    "is_reask",
    "reminder_stop_reason",
    "suppression_reason",
    "cancel_reason",
}
"""Fields of an invitation that follow from an answer, or from a case made of one."""
TELLING_PREFIXES = ("mail.message", "mail.mail", "mail.notification", "mail.activity")
"""Messages and activities may quote an answer."""
NESTED = ("any", "not any", "any!", "not any!")


class NpsGroup(models.Model):
    """Of what is not known to be harmless it is believed that it tells an answer."""

    _inherit = "nps.group"

    def _looks_at_what_was_said(self):
        """Tell whether the rule may look at an answer; a broken one may."""
        try:
            return _tells(self._rule_domain(), self.env["nps.invitation"])
        except (ValueError, TypeError, SyntaxError, KeyError):
            return True


def _tells(domain, model):
    """Tell whether a domain looks at an answer in any of its conditions."""
    for condition in Domain(domain).iter_conditions():
        tells, target = _follow(condition.field_expr, model, set())
        if tells:
            return True
        if condition.operator in NESTED and (
            target is None or _tells(condition.value, target)
        ):
            return True
    return False


def _follow(path, model, seen):
    """Return whether a path looks at an answer, and the empty model at its end.

    The model is None where the path ends in a plain value.
    """
    for name in path.split("."):
        if model is None:
            # Behind a date or a property; nothing of an answer is kept in these.
            return False, None
        field = model._fields.get(name)
        if field is None or _field_tells(field, model, seen):
            return True, None
        if name != "id":
            model = model.env[field.comodel_name] if field.relational else None
    return False, model


def _field_tells(field, model, seen):
    """Tell whether a field says how somebody answered, or leads to what does."""
    name = field.name
    if name in TELLING_FIELDS:
        return True
    if name.startswith("nps_") and name not in HARMLESS_FIELDS:
        return True
    if field.relational and _model_tells(field.comodel_name):
        return True
    if field in seen:
        return False
    seen.add(field)
    # What is made of something that tells does, too.
    depends = model.pool.field_depends[field]
    return any(_follow(path, model, seen)[0] for path in depends)


def _model_tells(name):
    if name.startswith("nps."):
        return name not in HARMLESS_MODELS
    return name.startswith(TELLING_PREFIXES)
