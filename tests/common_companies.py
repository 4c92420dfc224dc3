"""Two companies of ours with the same rows each, every one with a word of its own."""

import base64
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user

from .common import AGENT_GROUPS, NpsCommon

ALL_RIGHTS = (
    "nps.nps_group_manager,helpdesk_mgmt.group_helpdesk_manager,"
    "base.group_allow_export,base.group_partner_manager"
)
WORDS = ("Zebra", "Yak")
"""What stands in every text of the first and of the second company."""


class CompaniesCommon(NpsCommon):
    """The same customer talks to both companies; each has an administrator of its own.

    :cvar ours: the two companies
    :cvar admins: company -> a user with every right of the addon, in it alone
    :cvar both: a user with every right in both
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create(
            {
                "name": "Second",
                "email": "hello@second.example",
                "nps_cooldown_asked_days": 0,
                "nps_cooldown_answered_days": 0,
            }
        )
        cls.ours = (cls.company, cls.other)
        cls.env.user.company_ids |= cls.other
        cls.admins = {c: cls._admin(c.name.lower()[:6], c, c) for c in cls.ours}
        cls.both = cls._admin("both", cls.company, cls.company | cls.other)
        for company, word in zip(cls.ours, WORDS, strict=True):
            cls._fill(company, word)
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _admin(cls, login, company, companies):
        return new_test_user(
            cls.env,
            f"admin_{login}",
            groups=ALL_RIGHTS,
            company_id=company.id,
            company_ids=[Command.set(companies.ids)],
        )

    @classmethod
    def _fill(cls, company, word):
        """Make at least one row of every model that belongs to a company."""
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        cls._configure(env, company, word)
        agent = cls._agent(env, company, word)
        happy = cls._ask(agent, word, guess=7)
        cls.env["nps.response"]._submit(
            happy,
            10,
            comment=f"{word} is good",
            quote=True,
            drivers={happy.survey_id.driver_ids.id: 5},
        )
        quotes = env["nps.quote"].with_user(cls.admins[company])
        quotes.create({"response_id": happy._counted_response().id})
        unhappy = cls._ask(agent, word)
        answer = cls.answer(unhappy, 2, comment=f"{word} is slow")
        answer.with_user(agent).action_contest("abusive", f"{word} swore")
        cls._follow_up(env, company, unhappy)
        cls._keep_books(company, word)
        with freeze_time(fields.Datetime.now() - timedelta(days=1000)):
            cls._ask(agent, word, cls._silent(env, word))

    @classmethod
    def _keep_books(cls, company, word):
        """Let an administrator begin an import, and hand out what is held."""
        past = cls.env["nps.import"].with_user(cls.admins[company])
        survey = cls.env["nps.survey"].search([("name", "=", word)])
        past.create(
            {
                "file": base64.b64encode(f"{word},Score\n{word},9".encode()),
                "file_name": f"{word}.csv",
                "company_id": company.id,
                "survey_id": survey.id,
            }
        )
        cls.env["nps.erasure"].sudo()._note("export", {"nps.response": 1}, company)

    @classmethod
    def _agent(cls, env, company, word):
        department = env["hr.department"].create(
            {"name": f"{word} Department", "company_id": company.id}
        )
        agent = new_test_user(
            env,
            f"agent_{word.lower()}",
            name=f"{word} Agent",
            groups=AGENT_GROUPS,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        env["hr.employee"].create(
            {
                "name": agent.name,
                "user_id": agent.id,
                "company_id": company.id,
                "department_id": department.id,
            }
        )
        return agent

    @classmethod
    def _ask(cls, agent, word, customer=None, guess=None):
        """Pick an outcome of the agent's company; return the invitation."""
        customer = (customer or cls.customer).with_user(agent)
        customer = customer.with_context(allowed_company_ids=agent.company_id.ids)
        picked = customer.nps_pick_outcome(word.lower(), guess=guess)
        invitation = cls.env["nps.invitation"].sudo().browse(picked["invitation_id"])
        invitation._on_handed_over()
        return invitation

    @classmethod
    def _silent(cls, env, word):
        firm = env["res.partner"].create({"name": f"{word} Silent", "is_company": True})
        return env["res.partner"].create(
            {"name": word, "email": f"{word}@old.example", "parent_id": firm.id}
        )

    @classmethod
    def _configure(cls, env, company, word):
        his = {"name": word, "company_id": company.id}
        texts = env["nps.survey"]._default_texts("nps")
        his_survey = {**his, "metric": "nps", "asks_quote": True, **texts}
        his_survey["driver_ids"] = [Command.create({"name": word})]
        survey = env["nps.survey"].create(his_survey)
        env["nps.outcome"].create({**his, "code": word.lower(), "survey_id": survey.id})
        for model in ("nps.advice", "nps.case.rule", "nps.queue.rule", "nps.group"):
            env[model].create(his)
        env["nps.opening"].create({"text": word, "company_id": company.id})
        year = {"date_from": "2026-01-01", "date_to": "2026-12-31"}
        env["nps.target"].create({"value": 40, "company_id": company.id, **year})
        env["nps.benchmark"].create(
            {**his, **year, "value": 32, "answers": 99, "source": word}
        )
        env["nps.subscription"].with_user(cls.admins[company]).create(
            {"frequency": "daily", "company_id": company.id}
        )

    @classmethod
    def _follow_up(cls, env, company, invitation):
        people = {
            "partner_id": cls.customer.id,
            "commercial_partner_id": cls.customer_company.id,
            "company_id": company.id,
        }
        env["nps.case"].sudo().create({**people, "invitation_id": invitation.id})
        env["nps.risk"].sudo().create(
            {
                **people,
                "scope": "person",
                "rule": "unhappy_twice",
                "since": fields.Datetime.now(),
                "is_main": True,
            }
        )
