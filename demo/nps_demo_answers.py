from odoo import api, models
from odoo.tools import SQL, email_normalize

from ..tools import windows
from .simulation import ON_CONTACT
from .staff import COMPANY, TEAMS

RETRIED = ("failed", "bounced")
"""States in which somebody may try again, so that the mail must be renderable."""


class NpsDemo(models.AbstractModel):
    """The invitations and responses of the year."""

    _inherit = "nps.demo"

    @api.model
    def _make_answers(self, history, customers, tickets):
        """Make invitations and responses, each in the order in which they came in."""
        known = self._answer_parts(customers)
        invitations = self.env["nps.invitation"].create(
            [
                self._invitation_values(interaction, known, tickets.get(position))
                for position, interaction in enumerate(history)
            ]
        )
        self._make_responses(history, invitations)
        for model in ("res.partner", "helpdesk.ticket"):
            self._refresh_all_scores(model)
        return invitations

    @api.model
    def _answer_parts(self, customers):
        """Return what invitations are made of, each by its key."""
        agents = self._agents()
        company = self.env.ref("base.main_company")
        snapshots = {key: self._snapshot(partner) for key, partner in customers.items()}
        snapshots[None] = dict.fromkeys(snapshots[0], False)
        snapshots[None].update(
            customer_name=COMPANY["name"],
            email=company.email,
            email_normalized=email_normalize(company.email or ""),
            lang=company.partner_id.lang,
            tz=company._nps_timezone(),
        )
        return {
            **self._ticket_parts(),
            "company": company,
            "customers": customers,
            "snapshots": snapshots,
            "outcomes": self._outcomes(),
            "employees": {login: user.employee_id for login, user in agents.items()},
            "departments": self._by_key("department", TEAMS),
        }

    @api.model
    def _snapshot(self, partner):
        """Return who a customer is, as ``_nps_snapshot`` does."""
        return {
            "partner_id": partner.id,
            "commercial_partner_id": partner.commercial_partner_id.id,
            "customer_name": partner.name,
            "email": partner.email,
            "email_normalized": email_normalize(partner.email or "") or False,
            "lang": partner.lang,
            "country_id": partner.country_id.id,
            "state_id": partner.state_id.id,
            "zip": partner.zip,
            "tz": windows.zone_of(
                partner.tz,
                partner.country_id.code,
                self.env.ref("base.main_company")._nps_timezone(),
            ),
        }

    # === INVITATIONS === #

    @api.model
    def _invitation_values(self, interaction, known, ticket):
        """Return what an invitation keeps of an interaction and how its ask ended."""
        outcome = known["outcomes"][interaction.outcome]
        values = dict(known["snapshots"][interaction.customer])
        if interaction.customer is not None and interaction.state not in RETRIED:
            values["lang"] = interaction.lang
        values.update(self._place_snapshot(interaction, known, ticket))
        values.update(
            outcome_id=outcome.id,
            survey_id=outcome.survey_id.id,
            picked_at=interaction.picked_at,
            local_date=interaction.local.date(),
            local_hour=interaction.local.hour,
            guess=interaction.guess,
            plans_callback=bool(outcome.callback_activity_type_id),
            note=interaction.note,
            state=interaction.state,
            suppression_reason=interaction.reason or False,
            failure_reason=interaction.failure,
            attempts=30 if interaction.state == "failed" else 0,
            asked_at=interaction.sent_at,
            sent_at=interaction.sent_at,
            expires_at=interaction.expires_at,
            answered_at=interaction.answers and interaction.answers[0].submitted_at,
        )
        if interaction.cooldown:
            names = ("cooldown_rule", "cooldown_since", "cooldown_days")
            values.update(zip(names, interaction.cooldown, strict=True))
        return values

    @api.model
    def _place_snapshot(self, interaction, known, ticket):
        """Return where and by whom it was.

        Of an older ticket only the frozen attribution is left: the ticket itself was
        cleaned up, so the invitation points to its contact.
        """
        login = interaction.agent.login
        record = ticket or known["customers"][interaction.customer]
        values = {
            "res_model": record._name,
            "res_id": record.id,
            "user_id": known["agents"][login].id,
            "employee_id": known["employees"][login].id,
            "agent_name": known["agents"][login].name,
            "product_name": False,
            "department_id": known["departments"][interaction.department].id,
            "company_id": known["company"].id,
            "subject": interaction.title,
        }
        if interaction.place == ON_CONTACT:
            return dict(values, subject=record.display_name)
        return dict(
            values,
            team_id=known["teams"][interaction.department].id,
            channel_id=known["channels"][interaction.channel].id,
            category_id=known["categories"][interaction.topic].id,
            was_late=interaction.late,
            was_reopened=interaction.reopened,
            hours_open=interaction.waited,
        )

    # === RESPONSES === #

    @api.model
    def _make_responses(self, history, invitations):
        rows = [
            (answer, invitation, interaction.lang)
            for interaction, invitation in zip(history, invitations, strict=True)
            for answer in interaction.answers
        ]
        rows.sort(key=lambda row: row[0].submitted_at)
        self.env["nps.response"].create([self._response_values(*row) for row in rows])
        self.env.flush_all()
        # Until it has counted, PostgreSQL takes a year that came at once for nothing,
        # and looks through all of it for each customer.
        self.env.cr.execute("ANALYZE nps_invitation, nps_response")

    @api.model
    def _response_values(self, answer, invitation, lang):
        return {
            "invitation_id": invitation.id,
            "metric": answer.metric,
            "score": answer.score,
            "category": answer.category,
            "comment": answer.comment,
            "state": answer.state,
            "submitted_at": answer.submitted_at,
            "lang": lang,
            # A year of notes and pop-ups would come at once.
            "echo_state": "done",
        }

    # === LAST SCORES === #

    @api.model
    def _refresh_all_scores(self, model):
        """Do what ``_nps_refresh_score`` does, for all records in one statement."""
        owners = {
            "res.partner": "(i.partner_id), (i.commercial_partner_id)",
            "helpdesk.ticket": "(CASE i.res_model WHEN 'helpdesk.ticket' "
            "THEN i.res_id END)",
        }
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(table)s t
                   SET nps_score = last.score, nps_category = last.category,
                       nps_metric = last.metric,
                       nps_answered_at = last.submitted_at
                  FROM (SELECT DISTINCT ON (owner.id) owner.id, r.score, r.category,
                               r.metric, r.submitted_at
                          FROM nps_response r
                          JOIN nps_invitation i ON i.id = r.invitation_id,
                               LATERAL (VALUES %(owners)s) owner(id)
                         WHERE r.state = 'counted'
                      ORDER BY owner.id, r.submitted_at DESC, r.id DESC) last
                 WHERE t.id = last.id
                """,
                table=SQL.identifier(self.env[model]._table),
                owners=SQL(owners[model]),
            )
        )
        self.env.invalidate_all(flush=False)
