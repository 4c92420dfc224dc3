"""The people of Northlight Energy: its department tree and who works there."""

from typing import NamedTuple

COMPANY = {
    "name": "Northlight Energy",
    "email": "hello@northlight.example",
    "phone": "+32 2 555 01 00",
    "primary_color": "#0b6e5f",
    "secondary_color": "#f2a71b",
}
MAIL_DOMAIN = "northlight.example"


class Department(NamedTuple):
    """One department; a leaf has a helpdesk team of the same name.

    :param manager: login of the employee who leads it
    :param mood: how much happier its customers are than the average, in standard
        deviations of satisfaction
    :param wait: median hours from a request to its outcome
    :param share: its share of all interactions; 0 for departments that only lead
    :param answers: how willingly its customers answer, 1 is average
    :param channels: channel -> weight
    :param topics: keys of :data:`.topics.TOPICS` -> weight
    """

    key: str
    name: str
    parent: str
    manager: str
    mood: float = 0.0
    wait: float = 12.0
    share: float = 0.0
    answers: float = 1.0
    channels: dict = {}
    topics: dict = {}


DEPARTMENTS = (
    Department("service", "Customer Service", "", "helena"),
    Department("home", "Home Customers", "service", "judith"),
    Department("business", "Business Customers", "service", "paul"),
    Department("field", "Field Service", "service", "rosa"),
    Department(
        "phone",
        "Phone Line",
        "home",
        "judith",
        mood=-0.28,
        wait=4,
        share=0.34,
        answers=0.93,
        channels={"phone": 92, "other": 8},
        topics={"bill": 34, "meter": 16, "move": 20, "outage": 14, "tariff": 16},
    ),
    Department(
        "online",
        "E-mail and Web",
        "home",
        "judith",
        mood=-0.16,
        wait=20,
        share=0.22,
        answers=1.08,
        channels={"email": 55, "web": 45},
        topics={"bill": 26, "meter": 18, "move": 16, "account": 26, "tariff": 14},
    ),
    Department(
        "desk",
        "Business Desk",
        "business",
        "paul",
        mood=0.06,
        wait=10,
        share=0.15,
        answers=0.95,
        channels={"phone": 45, "email": 45, "web": 10},
        topics={"bill": 34, "meter": 20, "outage": 16, "tariff": 20, "account": 10},
    ),
    Department(
        "key",
        "Key Accounts",
        "business",
        "paul",
        mood=0.3,
        wait=8,
        share=0.09,
        answers=1.15,
        channels={"phone": 55, "email": 40, "other": 5},
        topics={"bill": 25, "tariff": 45, "solar": 20, "outage": 10},
    ),
    Department(
        "north",
        "Technicians North",
        "field",
        "rosa",
        mood=0.5,
        wait=44,
        share=0.11,
        answers=1.02,
        channels={"phone": 70, "web": 20, "other": 10},
        topics={"install": 45, "solar": 35, "outage": 20},
    ),
    Department(
        "south",
        "Technicians South",
        "field",
        "rosa",
        mood=0.62,
        wait=36,
        share=0.09,
        answers=1.0,
        channels={"phone": 70, "web": 20, "other": 10},
        topics={"install": 40, "solar": 42, "outage": 18},
    ),
)
TEAMS = {department.key: department for department in DEPARTMENTS if department.share}

WORSE = "phone"
"""The department that got worse in the last quarter: a new billing system made the
queue long."""


class Agent(NamedTuple):
    """Somebody who talks to customers.

    :param skill: how much happier his customers are than those of his colleagues
    :param guesses: how often he writes down which score he expects
    :param share: his share of the work of his department
    :param hope: how much happier than they are he takes his customers to be
    :param holds: the share of customers he keeps from being asked
    :param picks: the same where it went badly; None: no other
    """

    login: str
    name: str
    department: str
    skill: float
    guesses: float
    share: float
    hope: float = 0.15
    holds: float = 0.03
    picks: float | None = None

    @property
    def holds_when_badly(self):
        """The share of customers with whom it went badly that he holds back."""
        return self.holds if self.picks is None else self.picks


AGENTS = (
    Agent("anna", "Anna Berger", "phone", 0.28, 0.55, 0.38, hope=0.0),
    Agent("tom", "Tom Fischer", "phone", -0.05, 0.2, 0.34, hope=0.7),
    Agent("mia", "Mia Novak", "phone", -0.22, 0.4, 0.28, hope=0.35),
    Agent("lena", "Lena Vogt", "online", 0.12, 0.35, 0.55),
    Agent("ben", "Ben Carter", "online", -0.18, 0.05, 0.45, holds=0.02, picks=0.9),
    Agent("sofia", "Sofia Romero", "desk", 0.2, 0.45, 0.5, hope=0.1),
    Agent("hugo", "Hugo Laurent", "desk", -0.15, 0.3, 0.5, hope=0.5, holds=0.12),
    Agent("carla", "Carla Jansen", "key", 0.1, 0.6, 0.6, hope=-0.6),
    Agent("erik", "Erik Sand", "key", -0.08, 0.25, 0.4),
    Agent("jonas", "Jonas Huber", "north", -0.1, 0.1, 0.5),
    Agent("nina", "Nina Keller", "north", 0.12, 0.3, 0.5, hope=-0.1),
    Agent("david", "David Moreau", "south", 0.05, 0.15, 0.55, holds=0.05),
    Agent("pablo", "Pablo Ruiz", "south", -0.05, 0.35, 0.45, hope=0.4),
)
"""Ben keeps those from being asked with whom it went badly; the audit finds him. Hugo
holds back more than his colleagues, but evenly, and is left in peace."""


class Manager(NamedTuple):
    """Somebody who leads a department.

    :param group: his group in this addon, without ``nps.nps_group_``
    """

    login: str
    name: str
    department: str
    job: str
    group: str


MANAGERS = (
    Manager(
        "helena", "Helena Brandt", "service", "Head of Customer Service", "analyst"
    ),
    Manager("judith", "Judith Kern", "home", "Manager Home Customers", "team_manager"),
    Manager(
        "paul",
        "Paul Lindqvist",
        "business",
        "Manager Business Customers",
        "team_manager",
    ),
    Manager("rosa", "Rosa Martin", "field", "Manager Field Service", "team_manager"),
)
