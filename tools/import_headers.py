"""Which column of a table is which, by its header."""

from .import_cells import plain

HEADERS = {
    "moment": "date|answered at|answer date|response date|responded at|response at|"
    "submitted at|submitted|submission date|date answered|date submitted|"
    "survey responded at|completed at|timestamp|time|datetime|created at|created on|"
    "create date|created|rated on|write date|last updated on|datum|zeitpunkt|"
    "beantwortet am|antwortdatum|erstellt am|date de reponse|repondu le|cree le",
    "score": "score|nps score|nps|csat|csat score|ces|ces score|answer|rating|"
    "rating value|value|points|grade|note|bewertung|punkte|wert|antwort",
    "email": "email|e mail|email address|e mail address|mail|customer email|"
    "person email|contact email|recipient|respondent email|kunden e mail|"
    "e mail adresse|adresse e mail|courriel",
    "customer": "name|customer|customer name|contact|contact name|full name|person|"
    "person name|respondent|client|kunde|kundenname|nom|nom du client",
    "comment": "comment|comments|feedback|response|verbatim|reason|message|"
    "additional comments|remark|open answer|text|kommentar|bemerkung|rueckmeldung|"
    "commentaire|remarque",
    "reference": "id|external id|response id|survey response id|answer id|ticket|"
    "ticket id|ticket number|number|case number|reference|ref|uuid|"
    "nummer|ticketnummer|numero|identifiant|identifier",
    "customer_ref": "customer id|customer number|contact id|account number|"
    "client id|person id|kundennummer|numero client",
    "agent": "agent|agent name|agent email|agent login|employee|operator|"
    "rated operator|assignee|assigned to|owner|handled by|user|consultant|"
    "mitarbeiter|bearbeiter|benutzer|employe|collaborateur",
    "department": "department|division|business unit|abteilung|departement|service",
    "survey": "survey|survey name|survey type|campaign|umfrage|enquete|questionnaire",
    "outcome": "outcome|resolution|result|ergebnis|resultat",
    "lang": "language|lang|locale|survey language|sprache|langue",
    "product": "product|product name|produkt|produit",
    "subject": "subject|topic|title|about|resource name|betreff|thema|objet|sujet",
    "team": "team|helpdesk team|queue|group|gruppe|equipe",
    "channel": "channel|source|medium|kanal|canal",
}
"""Target -> headers that mean it, as :func:`~.import_cells.plain` writes them."""

_TARGETS = {
    header: target for target, names in HEADERS.items() for header in names.split("|")
}
_RANKS = {
    header: rank
    for names in HEADERS.values()
    for rank, header in enumerate(names.split("|"))
}


def guess(headers, targets=tuple(HEADERS)):
    """Return what each column most likely is, or None.

    No target is given twice: of two columns the one with the plainer header gets it.

    :param headers: the headers in their order
    :param targets: those that can be chosen

    >>> guess(["Created at", "Score", "Comment", "Person: Email", "Colour"])
    ['moment', 'score', 'comment', 'email', None]
    >>> guess(["Timestamp", "Date", "E-Mail-Adresse", ""])
    [None, 'moment', 'email', None]
    """
    names = [plain(header) for header in headers]
    found = [_TARGETS.get(name) for name in names]
    order = sorted(range(len(names)), key=lambda place: _RANKS.get(names[place], 0))
    guesses, taken = [None] * len(names), set()
    for place in order:
        target = found[place]
        if target in targets and target not in taken:
            guesses[place] = target
            taken.add(target)
    return guesses
