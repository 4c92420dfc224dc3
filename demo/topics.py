"""What customers of an energy supplier ask for: titles and texts of their tickets."""

from typing import NamedTuple


class Topic(NamedTuple):
    """One kind of request.

    :param mood: how much happier than the average its customers are afterwards
    :param titles: may hold ``{month}``, ``{number}``, ``{street}`` and ``{city}``
    :param texts: what the customer wrote or said, with the same words
    """

    name: str
    mood: float
    titles: tuple
    texts: tuple


TOPICS = {
    "bill": Topic(
        "Bills and payments",
        -0.14,
        (
            "Bill for {month} is higher than expected",
            "Invoice {number} was charged twice",
            "Reminder although invoice {number} is paid",
            "Direct debit in {month} failed",
            "Monthly instalment too high",
            "Invoice copy for the tax adviser",
            "Refund of the credit balance",
        ),
        (
            "The amount for {month} is far above what I paid last year. Please check.",
            "I see two payments for invoice {number} on my account statement.",
            "Please send me the document again, and confirm that nothing is open.",
        ),
    ),
    "meter": Topic(
        "Meter readings",
        0.0,
        (
            "Meter reading for {month} was not accepted",
            "Meter {number} shows an error",
            "Reading was estimated although I sent it",
            "Wrong meter number on the contract",
            "Smart meter does not send values",
        ),
        (
            "I entered the reading of meter {number} twice and it disappeared.",
            "The display of meter {number} has been dark for some days.",
            "Your letter says that the value was estimated. I sent a photo in {month}.",
        ),
    ),
    "move": Topic(
        "Contract and moving",
        0.05,
        (
            "Moving to {city} at the end of {month}",
            "Cancel the contract at {street}",
            "New contract for a rented flat",
            "Change the name on the contract",
            "Handover record for {street}",
        ),
        (
            "We are moving at the end of {month}. What do you need from us?",
            "Please close the contract at {street} and send the final bill.",
            "Can the contract go on at the new address in {city}?",
        ),
    ),
    "outage": Topic(
        "Outages",
        -0.1,
        (
            "No electricity at {street} since this morning",
            "Power dips every evening",
            "Heating failed during the night",
            "Announced works in {city}: how long?",
            "Fuse box trips since the meter was changed",
        ),
        (
            "There is no power on the whole floor. The neighbours have some.",
            "The light flickers every evening at about seven.",
            "Please tell us when somebody can come to {street}.",
        ),
    ),
    "tariff": Topic(
        "Tariffs",
        0.02,
        (
            "Which tariff fits a heat pump?",
            "Change to the green tariff",
            "Price guarantee ends in {month}",
            "Offer for three sites in {city}",
            "Questions about the price change",
            "Night tariff for the car charger",
        ),
        (
            "Your letter about prices came in {month}. Is there a better tariff?",
            "We use most electricity at night. Please make us an offer.",
            "What happens when the price guarantee ends?",
        ),
    ),
    "account": Topic(
        "Online account",
        -0.04,
        (
            "Cannot log in to the online account",
            "Change the e-mail address",
            "App does not show {month}",
            "Confirmation mail never arrived",
            "Add a second user to the account",
        ),
        (
            "The page says that my password is wrong, also after a reset.",
            "The app stops after {month}. I need the values for my records.",
            "Please change my address; the old one does not exist any more.",
        ),
    ),
    "install": Topic(
        "Installation",
        0.05,
        (
            "Appointment for the meter change at {street}",
            "Car charger: date of installation",
            "Technician did not come on the agreed day",
            "New connection for a house in {city}",
            "Meter cabinet must be moved",
        ),
        (
            "We need a date in {month}, best in the morning.",
            "The house at {street} gets its connection; the electrician is ready.",
            "Nobody came between eight and twelve. Please give us a new date.",
        ),
    ),
    "solar": Topic(
        "Solar and heat pumps",
        0.12,
        (
            "Solar panels: feed-in does not start",
            "Heat pump is loud at night",
            "Inverter {number} reports a fault",
            "Battery does not charge since {month}",
            "Yearly service of the heat pump",
        ),
        (
            "Everything is mounted but the app shows no feed-in.",
            "Inverter {number} shows fault 3402 and stops at noon.",
            "Please plan the service for {month}.",
        ),
    ),
}

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

NOTES = {
    "complaint": (
        "Credited 25.00 and apologised.",
        "Promised a call from the manager if it happens again.",
        "Instalment corrected, new plan sent by post.",
        "Compensated for the missed appointment.",
    ),
    "callback": (
        "Wants to be called after 17:00.",
        "Waits for the answer of the grid operator.",
        "Only reachable on the mobile number.",
    ),
}
"""Notes for colleagues: code of the outcome -> texts."""


def fill(rng, text, when, customer):
    """Put a month, a number and the customer's address into a text.

    :param when: day of the request; the month of the text lies shortly before it
    """
    month = MONTHS[(when.month - 1 - rng.choice((0, 1, 1, 2))) % 12]
    return text.format(
        month=month,
        number=rng.randint(20_400, 98_700),
        street=customer.street,
        city=customer.city,
    )
