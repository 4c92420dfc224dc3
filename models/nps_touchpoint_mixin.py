from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize, format_date

from ..tools import addresses, metrics, windows

INVITATION_FIELDS = (
    "nps_invitation_id",
    "nps_invitation_text",
    "nps_invitation_state",
    "nps_invitation_count",
)


class NpsTouchpointMixin(models.AbstractModel):
    """A record on which an outcome can be picked.

    Another addon's model becomes one by ``_inherit``; it then says who its customer
    is by :meth:`_nps_customer`, and what else it knows by :meth:`_nps_snapshot`.
    """

    _name = "nps.touchpoint.mixin"
    _description = "Place Where an Outcome Can Be Picked"

    nps_invitation_id = fields.Many2one(
        "nps.invitation",
        string="Last Invitation",
        compute="_compute_nps_invitation",
        groups="nps.nps_group_user",
    )
    nps_invitation_text = fields.Char(
        string="Survey",
        compute="_compute_nps_invitation",
        groups="nps.nps_group_user",
    )
    nps_invitation_state = fields.Char(
        compute="_compute_nps_invitation", groups="nps.nps_group_user"
    )
    nps_invitation_count = fields.Integer(
        compute="_compute_nps_invitation", groups="nps.nps_group_user"
    )

    def _compute_nps_invitation(self):
        found = self._nps_last_invitations()
        invitations_sudo = self.env["nps.invitation"].sudo()
        for record in self:
            last_id, count = found.get(record._origin.id, (False, 0))
            # Who may read the ticket may know whether its customer was asked, also
            # when a colleague picked the outcome.
            last_sudo = invitations_sudo.browse(last_id or ())
            record.nps_invitation_id = last_sudo.sudo(False)
            record.nps_invitation_text = last_sudo.state_text
            record.nps_invitation_state = last_sudo.state
            record.nps_invitation_count = count

    # === ACTION METHODS === #

    def nps_pick_outcome(self, code, guess=None, note=None, suppress=None):
        """Pick an outcome on one record, as a dialer or call script does.

        :param str code: ``nps.outcome.code`` of an outcome that the record offers
        :param int guess: the score that the agent expects, or None
        :param str note: a note for colleagues, or None
        :param str suppress: why this customer is not asked, or None to ask as usual:
            ``agent_spam``, ``agent_not_customer``, ``agent_abusive`` or
            ``agent_asked_not``
        :return: dict of ``invitation_id``, ``state`` and ``reason`` (None, or why
            nobody is asked)
        :raise UserError: there is no such outcome here or no such reason, or the guess
            is off the scale
        :raise AccessError: the user may not pick outcomes, or not on this record
        """
        self.ensure_one()
        self._nps_check_may_pick()
        outcome = self.env["nps.outcome"].search(
            [("code", "=", code), *self.env["nps.outcome"]._offered_domain(self)]
        )
        if not outcome:
            raise UserError(self._nps_unknown_outcome(code))
        invitation_sudo = self._nps_pick(
            outcome, guess=guess, note=note, suppress=suppress
        )
        return {
            "invitation_id": invitation_sudo.id,
            "state": invitation_sudo.state,
            "reason": invitation_sudo.suppression_reason or None,
        }

    def action_nps_pick_outcome(self):
        """Open the dialog in which the agent picks an outcome."""
        self.ensure_one()
        self._nps_check_may_pick()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Outcome"),
            "res_model": "nps.outcome.pick",
            "view_mode": "form",
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }

    def action_nps_open_invitations(self):
        """Open the invitations of this record."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "nps.nps_invitation_action"
        )
        return dict(
            action,
            domain=self._nps_invitations_domain(),
            context={},
        )

    def action_nps_retry(self):
        """Try the last mail of this record again."""
        self.ensure_one()
        self._nps_check_may_pick()
        self._nps_last_invitation_sudo().action_retry()

    # === BUSINESS METHODS === #

    def _nps_check_may_pick(self):
        if not self.env.user.has_group("nps.nps_group_user"):
            raise AccessError(
                self.env._(
                    "Only NPS agents may pick an outcome. Ask your administrator to "
                    "make you one (Settings, Users, Net Promoter Score)."
                )
            )
        self.check_access("read")

    def _nps_unknown_outcome(self, code):
        offered = self.env["nps.outcome"].search(
            self.env["nps.outcome"]._offered_domain(self)
        )
        return self.env._(
            "There is no outcome “%(code)s” for this record. Offered here: %(codes)s.",
            code=code,
            codes=", ".join(offered.mapped("code")) or "–",
        )

    def _nps_pick(self, outcome, guess=None, note=None, agent=None, suppress=None):
        """Pick an outcome: create the invitations, then do what else the outcome says.

        :param outcome: an ``nps.outcome`` that each of the records offers
        :param agent: the ``res.users`` to whom the answers belong, or no one; None:
            who picks
        :param suppress: the agent's own reason not to ask, or None
        :return: the invitations, in superuser mode
        """
        agent = self.env.user if agent is None else agent
        invitations = self.env["nps.invitation"]
        invitations_sudo = invitations._create_for(
            self,
            outcome,
            agent,
            self._nps_checked_guess(outcome, guess),
            note,
            invitations._checked_suppression(suppress),
        )
        self.invalidate_recordset(INVITATION_FIELDS)
        for invitation_sudo in invitations_sudo:
            if outcome.opts_out or invitation_sudo._tells_a_wish():
                # The wish is the customer's; the agent only writes it down.
                self.env["nps.opt.out"].sudo()._add(invitation_sudo, by="agent")
        self._nps_apply(outcome, agent)
        self._nps_note_outcome(outcome, invitations_sudo, note)
        # Colleagues' addresses are none of the agent's business.
        outcome.sudo()._notify_colleagues(invitations_sudo)
        return invitations_sudo

    @api.model
    def _nps_checked_guess(self, outcome, guess):
        """Return the guess as a number or None.

        :raise UserError: it is not a score of the outcome's survey
        """
        if guess is None or guess is False or guess == "":
            return None
        metric = outcome.survey_id.metric or "nps"
        score = metrics.parse_score(metric, str(guess))
        if score is None or isinstance(guess, bool):
            scale = metrics.SCALES[metric]
            raise UserError(
                self.env._(
                    "“%(guess)s” is not a score. Give a whole number from %(lowest)s "
                    "to %(highest)s, or nothing.",
                    guess=guess,
                    lowest=scale.lowest,
                    highest=scale.highest,
                )
            )
        return score

    def _nps_apply(self, outcome, agent):
        """Do what else an outcome says. Other models extend it (a stage, a tag)."""
        if outcome.callback_activity_type_id:
            # The callback follows from the outcome, not from rights on the contact.
            self.sudo().activity_schedule(
                activity_type_id=outcome.callback_activity_type_id.id,
                date_deadline=fields.Date.context_today(self)
                + timedelta(days=outcome.callback_days),
                summary=outcome.name,
                user_id=agent.id,
            )

    def _nps_announce(self, outcome):
        """Return what :meth:`_nps_apply` would do, one sentence each."""
        lines = []
        if outcome.opts_out:
            lines.append(self.env._("The customer is not asked any more."))
        if not outcome.callback_activity_type_id:
            return lines
        due = fields.Date.context_today(self) + timedelta(days=outcome.callback_days)
        lines.append(
            self.env._(
                "“%(activity)s” is planned for you on %(date)s.",
                activity=outcome.callback_activity_type_id.name,
                date=format_date(self.env, due),
            )
        )
        return lines

    def nps_link(self, score=None, to=None, ask=True):
        """Return the customer's link for a mail template of this model, or ''.

        It is the link of the last invitation of the record. Write into the template,
        for instance, ``<a t-att-href="object.nps_link()">Tell us</a>``.

        :param score: the score that the page shows selected
        :param to: a page of your website that the customer sees first
        :param bool ask: whether that page offers the survey
        """
        self.ensure_one()
        self.check_access("read")
        invitation_sudo = self._nps_last_invitation_sudo()
        asks = invitation_sudo and invitation_sudo.state != "suppressed"
        return invitation_sudo.nps_link(score, to, ask) if asks else ""

    def _nps_last_invitation_sudo(self):
        """Return the last invitation of this record, in superuser mode.

        Whoever may read the record may act on its ask, also when a colleague picked
        the outcome.
        """
        last_id, _count = self._nps_last_invitations().get(self.id, (False, 0))
        return self.env["nps.invitation"].sudo().browse(last_id or ())

    def _nps_count_invitations(self, key, domain):
        """Return dict of the key's id -> (id of the last invitation, how many)."""
        rows = (
            self.env["nps.invitation"]
            .sudo()
            ._read_group(domain, [key], ["id:max", "__count"])
        )
        return {getattr(group, "id", group): (last, n) for group, last, n in rows}

    # === HOOKS === #

    def _nps_customer(self):
        """Return (partner, name, e-mail address) of the customer; each may be empty."""
        raise NotImplementedError

    def _nps_shows_answers(self):
        """Tell whether answers may be noted in the chatter of this model.

        All who may read a record read its chatter, so it has to be one that only
        those may read who work with it.
        """
        return True

    def _nps_last_invitations(self):
        """Return dict of record id -> (id of its last invitation, how many it has)."""
        return self._nps_count_invitations("res_id", self._nps_invitations_domain())

    def _nps_invitations_domain(self):
        """Return the domain of the invitations of these records."""
        return [("res_model", "=", self._name), ("res_id", "in", self.ids)]

    def _nps_product(self):
        """Return the name of the product that it was about, or ''."""
        return ""

    def _nps_subject(self):
        """Return what it was about."""
        return self.display_name

    def _nps_company(self):
        """Return the company to which the interaction belongs."""
        return self.env.company

    def _nps_outcome_domain(self):
        """Return what else limits the outcomes that this record offers."""
        return fields.Domain.TRUE

    def _nps_snapshots(self, agent):
        """Return dict of record -> its :meth:`_nps_snapshot`, in their order.

        Whoever has to ask the database for something adds it here, for all at once.
        """
        return {record: record._nps_snapshot(agent) for record in self}

    def _nps_snapshot(self, agent):
        """Return the values that an invitation keeps of this moment.

        :param agent: the ``res.users`` to whom the answer belongs
        """
        self.ensure_one()
        partner, name, email = self._nps_customer()
        company, country = self._nps_company(), partner.country_id
        employee = agent.sudo().with_company(company).employee_id
        return {
            "res_model": self._name,
            "res_id": self.id,
            "subject": self._nps_subject(),
            "partner_id": partner.id,
            "commercial_partner_id": partner.commercial_partner_id.id,
            "customer_name": name,
            "email": email,
            "email_normalized": addresses.plain(email or "")
            or email_normalize(email or "")
            or False,
            "lang": partner.lang or company.partner_id.lang or self.env.lang,
            "country_id": country.id,
            "state_id": partner.state_id.id,
            "zip": partner.zip,
            "tz": windows.zone_of(partner.tz, country.code, None)
            or company._nps_timezone(),
            "user_id": agent.id,
            "agent_name": agent.sudo().name,
            "product_name": self._nps_product() or False,
            "employee_id": employee.id,
            "department_id": employee.department_id.id,
            "company_id": company.id,
        }
