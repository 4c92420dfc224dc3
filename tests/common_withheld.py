from .common import AGENT_GROUPS, NpsCommon

FEWEST = 5
MANAGER = "nps.nps_group_team_manager,helpdesk_mgmt.group_helpdesk_user"


class WithheldCommon(NpsCommon):
    """Support with Phone below it: one agent with enough answers, one with too few."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.nps_fewest_shown = FEWEST
        cls.few = cls.make_agent("few", cls.phone)
        cls.manager = cls.make_agent("manager", cls.support, groups=MANAGER)
        cls.support.manager_id = cls.manager.employee_id
        cls.analyst = cls.make_agent(
            "analyst", groups=f"nps.nps_group_analyst,{AGENT_GROUPS}"
        )
        for score in (10, 9, 8, 7, 3, 10):
            cls.give(cls.agent, score)
        for score in (0, 1, 4):
            cls.give(cls.few, score, comment="Secret")
        cls.settle()

    @classmethod
    def give(cls, agent, score, **values):
        """Let a customer answer to the work of an agent; return the response."""
        invitation = cls.pick(user=agent, guess=5)
        invitation._on_handed_over()
        return cls.answer(invitation, score, **values)

    @classmethod
    def settle(cls):
        """Store and forget everything, as between two requests."""
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.env.cr.cache.clear()

    def of(self, agent, model="nps.response"):
        return self.env[model].search([("user_id", "=", agent.id)])

    def seen(self, user, model="nps.response", domain=()):
        """Return whose rows of a model a user finds."""
        self.settle()
        both = [("user_id", "in", (self.agent | self.few).ids), *domain]
        return self.env[model].with_user(user).search(both).user_id.sudo(True)

    def make_case(self, response):
        """Make a case of the manager from an answer."""
        return (
            self.env["nps.case"]
            .sudo()
            .create(
                {
                    "invitation_id": response.invitation_id.id,
                    "response_id": response.id,
                    "partner_id": response.partner_id.id,
                    "user_id": self.manager.id,
                    "department_id": self.phone.id,
                    "company_id": self.company.id,
                }
            )
        )
