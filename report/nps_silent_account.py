from odoo import api, fields, models
from odoo.tools import SQL

from ..models.score_field import Score


class NpsSilentAccount(models.Model):
    """A company from which nothing was heard, and which nobody spoke to, for months.

    Contact is: an outcome picked for one of its people, an answer, an e-mail that one
    of them sent to Odoo, an e-mail or message to the customer in the chatter of a
    contact, a planned activity done on a contact. Internal notes and what Odoo does by
    itself are none. Other addons add what they know by :meth:`_contacts`.
    """

    _name = "nps.silent.account"
    _description = "NPS Silent Account"
    _inherit = ["nps.customer.access.mixin", "nps.inert.export.mixin"]
    _auto = False
    _order = "last_contact_at, id"
    _rec_name = "partner_id"
    _depends = {
        "nps.invitation": [
            "picked_at",
            "partner_id",
            "commercial_partner_id",
            "company_id",
        ],
        "nps.response": ["invitation_id", "state", "submitted_at", "category", "score"],
        "res.partner": ["active", "is_company", "commercial_partner_id", "user_id"],
        "res.company": ["nps_silent_months"],
        "mail.message": ["date", "model", "res_id", "message_type", "author_id"],
    }

    partner_id = fields.Many2one("res.partner", string="Company", readonly=True)
    company_id = fields.Many2one("res.company", string="Our Company", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    people = fields.Integer(
        readonly=True,
        aggregator="sum",
        help="People of this company with whom there was an interaction.",
    )
    interactions = fields.Integer(readonly=True, aggregator="sum")
    answers = fields.Integer(readonly=True, aggregator="sum")
    last_answer_at = fields.Datetime(string="Last Survey Answer", readonly=True)
    last_contact_at = fields.Datetime(
        string="Last Contact",
        readonly=True,
        help="The last outcome picked, answer, ticket, e-mail, message to the customer "
        "or activity done. Internal notes do not count.",
    )
    nps_score = Score(related="partner_id.nps_score")
    nps_metric = fields.Selection(related="partner_id.nps_metric")
    nps_category = fields.Selection(related="partner_id.nps_category")
    nps_answered_at = fields.Datetime(related="partner_id.nps_answered_at")

    @property
    def _table_query(self):
        # The cheap half first: of few companies are their messages looked at.
        return SQL(
            """
            SELECT quiet.id, quiet.partner_id, quiet.company_id, quiet.salesperson_id,
                   quiet.people, quiet.interactions, quiet.answers,
                   quiet.last_answer_at,
                   GREATEST(quiet.last_at, other.last_at) AS last_contact_at
              FROM (%(quiet)s) quiet
              LEFT JOIN LATERAL (
                   SELECT MAX(contact.at) AS last_at
                     FROM res_partner person
                     JOIN LATERAL (%(contacts)s) contact ON TRUE
                    WHERE person.commercial_partner_id = quiet.partner_id
                      AND (person.company_id IS NULL
                           OR person.company_id = quiet.company_id)
                   ) other ON TRUE
             WHERE other.last_at IS NULL OR other.last_at < quiet.silent_since
            """,
            quiet=self._quiet(),
            contacts=SQL(" UNION ALL ").join(self._contacts()),
        )

    @api.model
    def _quiet(self):
        """Return the companies without an interaction and an answer for months."""
        return SQL(
            """
            SELECT dealt.*, p.user_id AS salesperson_id, limits.silent_since,
                   GREATEST(dealt.last_picked_at, dealt.last_answer_at) AS last_at
              FROM (SELECT MIN(i.id) AS id, i.commercial_partner_id AS partner_id,
                           i.company_id, COUNT(DISTINCT i.partner_id) AS people,
                           COUNT(*) AS interactions, COUNT(r.id) AS answers,
                           MAX(i.picked_at) AS last_picked_at,
                           MAX(r.submitted_at) AS last_answer_at
                      FROM nps_invitation i
                      LEFT JOIN nps_response r
                        ON r.invitation_id = i.id AND r.state = 'counted'
                     WHERE i.commercial_partner_id IS NOT NULL
                  GROUP BY i.commercial_partner_id, i.company_id) dealt
              JOIN res_partner p
                ON p.id = dealt.partner_id AND p.active AND p.is_company
              JOIN (SELECT id, %(now)s::timestamp
                           - MAKE_INTERVAL(months => nps_silent_months) AS silent_since
                      FROM res_company) limits ON limits.id = dealt.company_id
             WHERE GREATEST(dealt.last_picked_at, dealt.last_answer_at)
                   < limits.silent_since
            """,
            now=fields.Datetime.now(),
        )

    # === HOOKS === #

    @api.model
    def _contacts(self):
        """Return queries of the last contact (``at``) with one ``person``.

        ``person`` is a row of ``res_partner``. Extend it to add other kinds.
        """
        comment = self.env.ref("mail.mt_comment").id
        activity = self.env.ref("mail.mt_activities").id
        return [
            SQL(
                """
                SELECT MAX(m.date) AS at FROM mail_message m
                 WHERE m.author_id = person.id AND m.message_type = 'email'
                """
            ),
            SQL(
                """
                SELECT MAX(m.date) FROM mail_message m
                 WHERE m.model = 'res.partner' AND m.res_id = person.id
                   AND (m.message_type IN ('email', 'email_outgoing')
                        OR m.message_type = 'comment' AND m.subtype_id = %s
                        OR m.subtype_id = %s)
                """,
                comment,
                activity,
            ),
        ]

    # === ACTION METHODS === #

    def action_open_customer(self):
        """Open the company."""
        self.ensure_one()
        return self.partner_id._nps_action_open()
