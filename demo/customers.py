"""The customers: invented people and companies in eight countries."""

import re
import unicodedata
from typing import NamedTuple

from .places import COUNTRIES

COMPANIES = 60
"""How many companies there are."""
COLLEAGUES = 120
"""How many people work there and call us."""
PRIVATE = 120
"""How many private customers there are."""

TRAITS = {
    "no_address": 5,
    "invalid_address": 3,
    "customer_archived": 4,
    "blacklisted": 7,
}
"""Why some customers cannot be asked: reason -> number of customers."""


class Customer(NamedTuple):
    """One contact.

    :param key: his place in the list
    :param parent: key of his company, or None
    :param mood: how much happier than others he always is
    :param weight: how often he gets in touch
    :param trait: a reason of :data:`TRAITS`, or ""
    :param since: days ago when the trait began
    """

    key: int
    name: str
    is_company: bool
    parent: int | None
    email: str
    phone: str
    street: str
    city: str
    zip: str
    state: str
    country: str
    lang: str
    mood: float = 0.0
    weight: float = 1.0
    trait: str = ""
    since: int = 999

    @property
    def is_business(self):
        """Tell whether he is a company or works for one."""
        return self.is_company or self.parent is not None


def invent(rng):
    """Return all customers; a company stands before its people.

    :param rng: a seeded ``random.Random``
    """
    weights = [country.weight for country in COUNTRIES]
    names = _Names(rng)
    customers = []
    for _index in range(COMPANIES):
        country = rng.choices(COUNTRIES, weights)[0]
        customers.append(_company(rng, len(customers), country, names))
    for _index in range(COLLEAGUES):
        parent = customers[rng.randrange(COMPANIES)]
        customers.append(_colleague(rng, len(customers), parent, names))
    for _index in range(PRIVATE):
        country = rng.choices(COUNTRIES, weights)[0]
        customers.append(_private(rng, len(customers), country, names))
    return _with_traits(rng, customers)


class _Names:
    """Gives each name only once."""

    def __init__(self, rng):
        self.rng = rng
        self.taken = set()

    def person(self, country):
        return self._fresh(
            lambda: f"{self.rng.choice(country.first)} {self.rng.choice(country.last)}"
        )

    def company(self, country):
        return self._fresh(
            lambda: self.rng.choice(country.companies).format(
                last=self.rng.choice(country.last)
            )
        )

    def _fresh(self, draw):
        name = draw()
        while name in self.taken:
            name = draw()
        self.taken.add(name)
        return name


def _slug(text):
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    plain = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _mailbox(name):
    return ".".join(_slug(part) for part in name.split())


def _address(rng, country):
    city, code, state, streets = rng.choice(country.cities)
    number = rng.randint(1, 140)
    street = rng.choice(streets)
    numbered = f"{number} {street}" if country.number_first else f"{street} {number}"
    return {
        "street": numbered,
        "city": city,
        "zip": code,
        "state": state,
        "country": country.code,
        "phone": country.phone.format(number=rng.randint(100, 999)),
        "lang": rng.choice(country.langs),
    }


def _company(rng, key, country, names):
    name = names.company(country)
    return Customer(
        key=key,
        name=name,
        is_company=True,
        parent=None,
        email=f"office@{_slug(name)}.example",
        mood=rng.gauss(0, 0.3),
        weight=0.5,
        **_address(rng, country),
    )


def _colleague(rng, key, parent, names):
    country = next(c for c in COUNTRIES if c.code == parent.country)
    name = names.person(country)
    return parent._replace(
        key=key,
        name=name,
        is_company=False,
        parent=parent.key,
        email=f"{_mailbox(name)}@{parent.email.split('@')[1]}",
        mood=parent.mood * 0.6 + rng.gauss(0, 0.25),
        weight=rng.uniform(0.6, 2.4),
    )


def _private(rng, key, country, names):
    name = names.person(country)
    provider = rng.choice(("mailbox.example", "webpost.example", "home.example"))
    return Customer(
        key=key,
        name=name,
        is_company=False,
        parent=None,
        email=f"{_mailbox(name)}@{provider}",
        mood=rng.gauss(0, 0.35),
        weight=rng.uniform(0.5, 2.0),
        **_address(rng, country),
    )


def _with_traits(rng, customers):
    """Give some private customers a reason for not being asked."""
    chosen = rng.sample(customers[COMPANIES + COLLEAGUES :], sum(TRAITS.values()))
    for trait, number in TRAITS.items():
        for _index in range(number):
            customer = chosen.pop()
            customers[customer.key] = _with_trait(rng, customer, trait)
    return customers


def _with_trait(rng, customer, trait):
    if trait == "no_address":
        return customer._replace(trait=trait, email="", weight=2.2)
    if trait == "invalid_address":
        broken = customer.email.replace("@", " at ")
        return customer._replace(trait=trait, email=broken)
    return customer._replace(trait=trait, since=rng.randint(30, 320), weight=1.3)
