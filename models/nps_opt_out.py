from odoo import api, fields, models
from odoo.fields import Domain

from .nps_survey import METRICS


class NpsOptOut(models.Model):
    """A person's wish not to be asked. It blocks surveys and nothing else.

    It holds for the address and for the contact, so that neither a second contact
    with the same address nor a new address of the same contact gets around it.
    """

    _name = "nps.opt.out"
    _description = "Survey Opt-out"
    _inherit = ["nps.inert.export.mixin"]
    _order = "opted_out_at desc, id desc"
    _rec_name = "email"

    email = fields.Char(readonly=True, index="btree_not_null")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, index="btree_not_null"
    )
    metric = fields.Selection(
        METRICS, readonly=True, help="Empty: the customer wants no survey at all."
    )
    opted_out_at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now
    )
    by = fields.Selection(
        selection=[("customer", "The customer"), ("agent", "An agent")],
        required=True,
        readonly=True,
        default="customer",
    )

    @api.model
    def _domain_of(self, partners, emails):
        """Return the domain of the wishes of persons.

        :param partners: their ``res.partner`` records; may be empty
        :param emails: their normalised addresses; what is empty is nobody's
        """
        return Domain("email", "in", list(filter(None, emails))) | Domain(
            "partner_id", "in", partners.ids
        )

    @api.model
    def _marks_of(self, partner, email):
        """Return by what a wish would be this person's, see :meth:`_marks`."""
        emails = {("email", email)} if email else set()
        return emails | {("partner_id", partner_id) for partner_id in partner.ids}

    def _marks(self):
        """Return whose wish it is: (what, which). One is enough."""
        return {("email", self.email), ("partner_id", self.partner_id.id)}

    @api.model
    def _add(self, invitation_sudo, metric=False, by="customer"):
        """Store the wish of the person behind an invitation; twice is once.

        :param metric: False for every survey
        """
        person = (invitation_sudo.partner_id, [invitation_sudo.email_normalized])
        known = self._domain_of(*person) & Domain("metric", "in", [False, metric])
        return self.search(known, limit=1) or self.create(
            {
                "email": invitation_sudo.email_normalized,
                "partner_id": invitation_sudo.partner_id.id,
                "metric": metric,
                "by": by,
            }
        )
