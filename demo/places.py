"""Countries with their cities, names and kinds of companies, for invented customers."""

from typing import NamedTuple


class Country(NamedTuple):
    """What addresses and names look like in one country.

    :param weight: how many of our customers live there
    :param mood: how much happier than elsewhere people say they are; cultures differ
    :param answers: how willingly people answer, 1 is average
    :param cities: (name, zip, code of the state, streets)
    :param phone: numbers of an exchange that belongs to nobody
    :param companies: patterns with a last name
    """

    code: str
    weight: int
    mood: float
    answers: float
    langs: tuple
    phone: str
    number_first: bool
    cities: tuple
    first: tuple
    last: tuple
    companies: tuple


_GERMAN_FIRST = tuple(
    "Andreas Birgit Claudia Dieter Emil Franziska Georg Heike Ines Jürgen Katrin Lukas "
    "Manfred Nadine Petra Renate Stefan Ute Volker Wiebke".split()
)

COUNTRIES = (
    Country(
        "DE",
        34,
        -0.04,
        1.05,
        ("de_DE",),
        "+49 30 23125 {number}",
        False,
        (
            ("Berlin", "10115", "DE-BE", ("Gartenstraße", "Invalidenstraße")),
            ("Hamburg", "20355", "DE-HH", ("Wexstraße", "Neustädter Straße")),
            ("München", "80331", "DE-BY", ("Sendlinger Straße", "Oberanger")),
            ("Köln", "50667", "DE-NW", ("Breite Straße", "Apostelnstraße")),
            ("Leipzig", "04109", "DE-SN", ("Dittrichring", "Gottschedstraße")),
        ),
        _GERMAN_FIRST,
        tuple(
            "Albrecht Bauer Dietrich Engel Fuchs Graf Hartmann Jansen Krause Lorenz "
            "Möller Neumann Otto Peters Richter Schäfer Thiele Voigt Weiß".split()
        ),
        ("{last} GmbH", "Bäckerei {last}", "{last} Logistik GmbH", "Hotel {last}"),
    ),
    Country(
        "AT",
        8,
        0.02,
        1.0,
        ("de_DE",),
        "",
        False,
        (
            ("Wien", "1070", "9", ("Neubaugasse", "Burggasse")),
            ("Graz", "8010", "6", ("Sporgasse", "Leechgasse")),
            ("Linz", "4020", "4", ("Landstraße", "Herrenstraße")),
        ),
        _GERMAN_FIRST,
        tuple(
            "Aigner Brunner Ebner Hofer Lechner Moser Pichler Steiner Wallner".split()
        ),
        ("{last} Holzbau GmbH", "Gasthof {last}", "{last} & Partner OG"),
    ),
    Country(
        "CH",
        7,
        0.06,
        1.02,
        ("de_DE", "de_DE", "fr_FR"),
        "",
        False,
        (
            ("Zürich", "8004", "ZH", ("Badenerstrasse", "Langstrasse")),
            ("Bern", "3011", "BE", ("Marktgasse", "Kramgasse")),
            ("Basel", "4051", "BS", ("Steinenvorstadt", "Spalenberg")),
        ),
        _GERMAN_FIRST,
        tuple("Ammann Bieri Frei Gerber Keller Lüthi Meier Roth Suter Zbinden".split()),
        ("{last} AG", "{last} Treuhand AG", "Garage {last}"),
    ),
    Country(
        "FR",
        17,
        -0.12,
        0.92,
        ("fr_FR",),
        "+33 1 99 00 0{number}",
        True,
        (
            ("Lyon", "69002", "", ("rue Mercière", "rue de la République")),
            ("Nantes", "44000", "", ("rue Crébillon", "rue de Strasbourg")),
            ("Lille", "59000", "", ("rue Nationale", "rue de Paris")),
            ("Bordeaux", "33000", "", ("cours de l'Intendance", "rue Judaïque")),
        ),
        tuple(
            "Adèle Bruno Céline Denis Élodie Fabrice Gaëlle Hervé Isabelle Julien "
            "Karine Laurent Margaux Nicolas Odile Pascal Sandrine Thierry".split()
        ),
        tuple(
            "Arnaud Blanchard Chevalier Dumas Fontaine Garnier Joly Lambert Marchand "
            "Noël Perrin Rousseau Simon Texier Vidal".split()
        ),
        (
            "{last} SARL",
            "Boulangerie {last}",
            "Menuiserie {last}",
            "{last} Conseil SAS",
        ),
    ),
    Country(
        "ES",
        12,
        0.1,
        0.95,
        ("es_ES",),
        "",
        False,
        (
            ("Madrid", "28013", "M", ("Calle Mayor", "Calle del Arenal")),
            ("Barcelona", "08003", "B", ("Carrer de la Princesa", "Via Laietana")),
            ("València", "46003", "V", ("Carrer de la Pau", "Calle Caballeros")),
            ("Sevilla", "41004", "SE", ("Calle Sierpes", "Calle Feria")),
        ),
        tuple(
            "Alba Beatriz Carlos Dolores Elena Felipe Gonzalo Inés Javier Lucía "
            "Manuel Noelia Óscar Pilar Raúl Teresa".split()
        ),
        tuple(
            "Alonso Blanco Castillo Delgado Fuentes Gil Herrero Iglesias Lozano "
            "Márquez Navarro Ortega Prieto Rubio Serrano Vega".split()
        ),
        ("{last} e Hijos S.L.", "Talleres {last} S.L.", "Restaurante {last}"),
    ),
    Country(
        "GB",
        11,
        0.04,
        0.96,
        ("en_GB",),
        "+44 1632 960{number}",
        True,
        (
            ("London", "N1 9AB", "", ("Chapel Market", "Upper Street")),
            ("Bristol", "BS1 4DJ", "", ("Welsh Back", "Queen Square")),
            ("Leeds", "LS1 6AB", "", ("Park Row", "Greek Street")),
        ),
        tuple(
            "Alice Barry Claire Dominic Eleanor Fiona Graham Harriet Imogen Keith "
            "Louise Malcolm Nigel Philippa Rupert Sheila".split()
        ),
        tuple(
            "Ashworth Barnes Cartwright Dawson Ellis Fletcher Gibbs Hartley Jarvis "
            "Marsh Norris Pritchard Shaw Thornton Whitaker".split()
        ),
        ("{last} Ltd", "{last} & Sons Ltd", "The {last} Inn", "{last} Dental Practice"),
    ),
    Country(
        "US",
        6,
        0.24,
        0.85,
        ("en_US",),
        "+1 617 555 0{number}",
        True,
        (
            ("Boston", "02116", "MA", ("Newbury Street", "Boylston Street")),
            ("Portland", "97205", "OR", ("SW Alder Street", "SW Morrison Street")),
            ("Austin", "78701", "TX", ("Congress Avenue", "Brazos Street")),
        ),
        tuple(
            "Ashley Brandon Courtney Derek Ethan Grace Heather Jordan Kyle Megan "
            "Paige Tyler Vanessa Wesley".split()
        ),
        tuple(
            "Abbott Bennett Coleman Dixon Foster Griffin Hayes Jennings Mercer Porter "
            "Sanders Tucker Walsh".split()
        ),
        ("{last} Inc.", "{last} Brewing Co.", "{last} Family Farm LLC"),
    ),
    Country(
        "NL",
        9,
        -0.06,
        1.1,
        ("nl_NL",),
        "",
        False,
        (
            ("Amsterdam", "1012 JS", "NH", ("Damstraat", "Nieuwendijk")),
            ("Utrecht", "3511 LX", "UT", ("Oudegracht", "Lange Viestraat")),
            ("Rotterdam", "3011 GA", "ZH", ("Meent", "Hoogstraat")),
        ),
        tuple(
            "Anouk Bart Daan Esther Femke Gijs Hanneke Joost Lotte Marijke Niels "
            "Ruben Saskia Wouter".split()
        ),
        tuple(
            "Bakker Brouwer Dekker Hendriks Kok Mulder Postma Smit Veenstra Visser "
            "Wagenaar Zijlstra".split()
        ),
        ("{last} B.V.", "Kwekerij {last}", "{last} Bouw B.V."),
    ),
)
BY_CODE = {country.code: country for country in COUNTRIES}
