from passlib.hash import pbkdf2_sha512

from odoo import api, models
from odoo.fields import Command

from . import logo
from .answers import COOLDOWN
from .staff import AGENTS, COMPANY, DEPARTMENTS, MAIL_DOMAIN, MANAGERS, TEAMS
from .topics import TOPICS

NAMES_OF_NOBODY = ("YourCompany", "My Company", "My Company (San Francisco)")


class NpsDemo(models.AbstractModel):
    """The company, its departments, its people and its helpdesk teams."""

    _inherit = "nps.demo"

    @api.model
    def _make_company(self):
        """Give the main company a face, unless somebody has done so."""
        company = self.env.ref("base.main_company")
        if company.name in NAMES_OF_NOBODY:
            company.write(
                dict(
                    COMPANY,
                    logo=logo.draw(COMPANY),
                    nps_cooldown_asked_days=COOLDOWN["asked"],
                    nps_cooldown_answered_days=COOLDOWN["answered"],
                )
            )
            website = self.env.ref("website.default_website", raise_if_not_found=False)
            if website and website.name == "My Website":
                website.name = COMPANY["name"]
        return company

    @api.model
    def _make_staff(self):
        self._make_departments()
        self._make_users()
        self._make_employees()
        self._appoint_managers()
        self._make_categories()
        self._make_teams()

    @api.model
    def _make_departments(self):
        for department in DEPARTMENTS:
            parent = department.parent and f"nps.demo_department_{department.parent}"
            self._record(
                "hr.department",
                f"nps.demo_department_{department.key}",
                {
                    "name": department.name,
                    "parent_id": self.env.ref(parent).id if parent else False,
                    "company_id": self.env.ref("base.main_company").id,
                },
            )

    @api.model
    def _make_users(self):
        """Make a user for everybody who is not there from an earlier demo.

        Who is there has lost his NPS role when the addon was uninstalled.
        """
        there = self._agents()
        new = [person for person in (*AGENTS, *MANAGERS) if person.login not in there]
        for person in (*AGENTS, *MANAGERS):
            if person.login in there:
                roles = self._user_values(person)["group_ids"]
                there[person.login].group_ids = roles
        users = self.env["res.users"].create([self._user_values(p) for p in new])
        for user in users:
            # Few rounds, as 17 slow hashes would take longer than all the rest. Odoo
            # makes a slow one when the user logs in.
            password = pbkdf2_sha512.using(rounds=1000).hash(user.login)
            user._set_encrypted_password(user.id, password)

    @api.model
    def _user_values(self, person):
        group = getattr(person, "group", "user")
        helpdesk = "user" if group == "user" else "manager"
        groups = (f"nps.nps_group_{group}", f"helpdesk_mgmt.group_helpdesk_{helpdesk}")
        company = self.env.ref("base.main_company")
        return {
            "name": person.name,
            "login": person.login,
            "email": f"{person.name.lower().replace(' ', '.')}@{MAIL_DOMAIN}",
            "tz": company._nps_timezone(),
            "notification_type": "inbox",
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.link(self.env.ref(xmlid).id) for xmlid in groups],
        }

    @api.model
    def _make_employees(self):
        users = self._agents()
        values = {
            users[person.login]: {
                "department_id": self.env.ref(
                    f"nps.demo_department_{person.department}"
                ).id,
                "job_title": getattr(person, "job", "Customer Advisor"),
            }
            for person in (*AGENTS, *MANAGERS)
        }
        for user in [user for user in values if user.employee_id]:
            user.employee_id.write(values.pop(user))
        self.env["hr.employee"].create(
            [
                dict(
                    employee,
                    name=user.name,
                    user_id=user.id,
                    work_email=user.email,
                    company_id=user.company_id.id,
                )
                for user, employee in values.items()
            ]
        )

    @api.model
    def _appoint_managers(self):
        agents = self._agents()
        for department in DEPARTMENTS:
            record = self.env.ref(f"nps.demo_department_{department.key}")
            record.manager_id = agents[department.manager].employee_id

    @api.model
    def _make_categories(self):
        for key, topic in TOPICS.items():
            self._record(
                "helpdesk.ticket.category",
                f"nps.demo_category_{key}",
                {"name": topic.name},
            )

    @api.model
    def _make_teams(self):
        agents = self._agents()
        categories = self._by_key("category", TOPICS)
        for key, team in TEAMS.items():
            members = [agents[a.login].id for a in AGENTS if a.department == key]
            self._record(
                "helpdesk.ticket.team",
                f"nps.demo_team_{key}",
                {
                    "name": team.name,
                    "alias_name": f"northlight-{key}",
                    "user_id": agents[team.manager].id,
                    "user_ids": [Command.set(members)],
                    "category_ids": [
                        Command.set([categories[topic].id for topic in team.topics])
                    ],
                    "company_id": self.env.ref("base.main_company").id,
                },
            )
