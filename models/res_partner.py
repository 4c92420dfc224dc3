from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class ResPartner(models.Model):
    """A contact: a call without a ticket ends here, and here the last score is seen."""

    _name = "res.partner"
    _inherit = ["res.partner", "nps.touchpoint.mixin", "nps.score.mixin"]

    nps_opt_out_text = fields.Char(
        string="Survey Opt-out",
        compute="_compute_nps_opt_out_text",
        groups="nps.nps_group_user",
    )

    def _compute_nps_opt_out_text(self):
        for partner in self:
            partner.nps_opt_out_text = partner._nps_describe_opt_out()

    def _nps_describe_opt_out(self):
        wishes_sudo = self._nps_opt_outs_sudo()
        if not wishes_sudo:
            return False
        since = format_date(self.env, wishes_sudo[-1].opted_out_at)
        metrics = wishes_sudo.mapped("metric")
        if all(metrics):
            labels = dict(
                wishes_sudo._fields["metric"]._description_selection(self.env)
            )
            names = ", ".join(labels[metric] for metric in sorted(set(metrics)))
            return self.env._("Wants no survey of: %(names)s", names=names)
        return self.env._("Wants no surveys since %s", since)

    def _nps_opt_outs_sudo(self):
        """Return the wishes of this person; who may read him may know them."""
        wishes_sudo = self.env["nps.opt.out"].sudo()
        return wishes_sudo.search(
            wishes_sudo._domain_of(self._origin, [self.email_normalized])
        )

    def action_nps_undo_opt_out(self):
        """Take the survey opt-out back, by the customer's word; it is logged."""
        self.ensure_one()
        self._nps_check_may_pick()
        wishes_sudo = self._nps_opt_outs_sudo()
        if not wishes_sudo:
            raise UserError(self.env._("There is no survey opt-out to undo."))
        wishes_sudo.unlink()
        self._message_log(
            body=self.env._(
                "Survey opt-out undone by %s: the customer may be asked again.",
                self.env.user.name,
            )
        )

    def _nps_customer(self):
        return self, self.name, self.email

    def _nps_subject(self):
        # The stored one: to put a name together takes long, for thousands of contacts.
        return self.complete_name or self.display_name

    def _nps_shows_answers(self):
        # Every employee reads contacts. The form shows score and age to agents.
        return False

    def _nps_last_invitations(self):
        # A company shows what was asked of any of its people.
        return {
            **self._nps_count_invitations(
                "partner_id", [("partner_id", "in", self.ids)]
            ),
            **self._nps_count_invitations(
                "commercial_partner_id", [("commercial_partner_id", "in", self.ids)]
            ),
        }

    def _nps_invitations_domain(self):
        return [
            "|",
            ("partner_id", "in", self.ids),
            ("commercial_partner_id", "in", self.ids),
        ]

    def _nps_company(self):
        return self.company_id or self.env.company

    def _nps_answers_domain(self):
        return [
            "|",
            ("invitation_id.partner_id", "=", self.id),
            ("invitation_id.commercial_partner_id", "=", self.id),
        ]
