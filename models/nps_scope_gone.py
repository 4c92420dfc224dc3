from odoo import api, fields, models

from .nps_scope_stop_mixin import SCOPE_GONE


class NpsCaseRule(models.Model):
    """A rule is archived when a condition is gone: cases for everybody help nobody."""

    _name = "nps.case.rule"
    _inherit = ["nps.case.rule", "nps.scope.stop.mixin"]

    _scope_fields = ("survey_ids", "reason_ids", "partner_tag_ids")


class NpsSubscription(models.Model):
    """A subscription stops when what it was about is gone."""

    _name = "nps.subscription"
    _inherit = ["nps.subscription", "nps.scope.mixin"]

    _scope_fields = ("department_ids", "survey_ids")

    stop_reason = fields.Selection(selection_add=[SCOPE_GONE])

    def _lose_scope(self):
        self._stop(SCOPE_GONE[0])
        # Who switches a stopped one on again has to know as well.
        self.write({"stop_reason": SCOPE_GONE[0]})


class HrDepartment(models.Model):
    _inherit = "hr.department"

    @api.ondelete(at_uninstall=True)
    def _unlink_stop_nps_scopes(self):
        self.env["nps.scope.mixin"]._scope_gone(self)


class ResPartnerCategory(models.Model):
    _inherit = "res.partner.category"

    @api.ondelete(at_uninstall=True)
    def _unlink_stop_nps_scopes(self):
        # The database deletes the tags below them without asking.
        tags_sudo = self.sudo().with_context(active_test=False)
        below_sudo = tags_sudo.search([("id", "child_of", self.ids)])
        self.env["nps.scope.mixin"]._scope_gone(below_sudo)


class NpsReason(models.Model):
    _inherit = "nps.reason"

    @api.ondelete(at_uninstall=True)
    def _unlink_stop_nps_scopes(self):
        # The database deletes the reasons below a heading without asking.
        reasons_sudo = self.sudo().with_context(active_test=False)
        below_sudo = reasons_sudo.search([("id", "child_of", self.ids)])
        self.env["nps.scope.mixin"]._scope_gone(below_sudo)


class NpsSurvey(models.Model):
    _inherit = "nps.survey"

    @api.ondelete(at_uninstall=True)
    def _unlink_stop_nps_scopes(self):
        # The database deletes the reasons of a survey without asking.
        reasons_sudo = self.env["nps.reason"].sudo().with_context(active_test=False)
        own_sudo = reasons_sudo.search([("survey_id", "in", self.ids)])
        self.env["nps.scope.mixin"]._scope_gone(own_sudo)
        self.env["nps.scope.mixin"]._scope_gone(self)
