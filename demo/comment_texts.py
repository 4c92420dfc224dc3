"""What customers write, by language, category and theme.

``{agent}`` is the first name of the agent, ``{days}`` how many days it took.
A tail is added now and then, so that few comments are the same.
"""

from .comment_texts_german import GERMAN, TAILS

ENGLISH = {
    "promoter": {
        "friendly": (
            "{agent} was very friendly and took the time to explain everything.",
            "Lovely to talk to somebody who listens. Thank you, {agent}!",
            "Very kind and patient.",
            "{agent} stayed calm although I was not.",
            "Great service, please thank {agent}.",
        ),
        "fast": (
            "Sorted within minutes.",
            "I had an answer the same day. Impressive.",
            "No queue, no music, straight to a person.",
            "Quick and easy.",
        ),
        "solved": (
            "Problem solved at the first try.",
            "The new reading is in and the bill is right.",
            "All done as promised.",
            "{agent} found the mistake in the bill and corrected it at once.",
            "Everything was explained clearly and it now works.",
            "Exactly the help I needed.",
        ),
        "technician": (
            "The technician came on time and left everything clean.",
            "{agent} explained the new device to us. Very professional.",
            "Perfect installation, no mess at all.",
        ),
        TAILS: (
            "Keep it up!",
            "I will stay a customer.",
            "I have already told my neighbours.",
            "That is how it should be.",
        ),
    },
    "passive": {
        "waiting": (
            "Good in the end, but it took {days} days.",
            "I had to wait rather long until somebody answered.",
        ),
        "price": (
            "Service is fine, the prices are not the best.",
            "OK, but other suppliers are cheaper.",
        ),
        "so_so": (
            "It was all right.",
            "Good, but I had to explain everything twice.",
            "Solved, though the mail was hard to understand.",
            "A confirmation by mail would have been nice.",
        ),
        TAILS: ("Otherwise fine.", "No hard feelings.", "There is room for more."),
    },
    "detractor": {
        "waiting": (
            "I waited {days} days for an answer. That is too long.",
            "Nearly an hour in the queue, then the call was cut off.",
            "I wrote three times before somebody answered.",
            "Nobody called back as promised.",
        ),
        "unsolved": (
            "My problem is still not solved.",
            "I got a standard answer that had nothing to do with my question.",
            "The bill is still wrong.",
            "Everybody tells me something different.",
        ),
        "price": (
            "Prices go up every year and the service gets worse.",
            "Far too expensive for what I get.",
            "You charged me twice and I had to find it myself.",
        ),
        "tone": (
            "I felt like a nuisance.",
            "{agent} did not let me finish a sentence.",
        ),
        "technician": (
            "The technician did not come and nobody told us.",
            "We took a day off for nothing.",
        ),
        TAILS: (
            "I am looking for another supplier.",
            "Very disappointing.",
            "Please call me.",
            "This was better last year.",
        ),
    },
}

FRENCH = {
    "promoter": {
        "friendly": (
            "{agent} a été très aimable et à l'écoute.",
            "Accueil chaleureux, merci à {agent} !",
            "Très bonne écoute, beaucoup de patience.",
            "Un service vraiment humain.",
            "{agent} connaît son métier, merci.",
            "Très bon contact, rien à redire.",
        ),
        "fast": (
            "Réponse rapide et claire.",
            "Réglé en quelques minutes, bravo.",
            "Pas d'attente, c'est rare.",
            "J'ai eu une réponse le jour même.",
        ),
        "solved": (
            "Mon problème a été résolu dès le premier appel.",
            "Problème réglé, je n'ai pas eu à insister.",
            "Enfin une facture que je comprends.",
            "{agent} m'a trouvé le bon tarif.",
            "Tout a été fait comme promis.",
            "{agent} a tout de suite trouvé l'erreur sur la facture.",
            "Explications claires, tout fonctionne.",
        ),
        "technician": (
            "Le technicien était ponctuel et très soigneux.",
            "Installation parfaite, {agent} nous a tout expliqué.",
        ),
        TAILS: (
            "Continuez ainsi !",
            "Je recommande.",
            "Merci encore.",
        ),
    },
    "passive": {
        "waiting": (
            "Bien au final, mais il a fallu {days} jours.",
            "L'attente au téléphone était un peu longue.",
        ),
        "price": (
            "Bon service, mais les tarifs sont élevés.",
            "Satisfait, même si la concurrence est moins chère.",
        ),
        "so_so": (
            "Correct.",
            "Bien, mais j'ai dû répéter deux fois la même chose.",
            "Rien d'exceptionnel, mais ça va.",
            "L'application pourrait être plus simple.",
            "La réponse n'était pas très claire.",
        ),
        TAILS: ("Sinon, rien à dire.", "Peut mieux faire."),
    },
    "detractor": {
        "waiting": (
            "{days} jours pour obtenir une réponse, c'est trop long.",
            "Une heure d'attente, puis la communication a été coupée.",
            "Personne ne m'a rappelé comme promis.",
        ),
        "unsolved": (
            "Mon problème n'est toujours pas réglé.",
            "On me renvoie d'un service à l'autre.",
            "Il faut encore que je rappelle.",
            "Une réponse toute faite, sans rapport avec ma question.",
            "La facture est toujours fausse.",
        ),
        "price": (
            "Les prix augmentent chaque année et le service baisse.",
            "Prélevé deux fois, et c'est à moi de réclamer.",
            "Mensualité augmentée sans explication.",
            "Trop cher pour ce que c'est.",
        ),
        "tone": (
            "On m'a donné l'impression de déranger.",
            "Ton désagréable, on ne m'a pas laissé parler.",
        ),
        "technician": (
            "Le technicien n'est pas venu et personne n'a prévenu.",
            "Une journée de congé perdue.",
        ),
        TAILS: (
            "Je pense changer de fournisseur.",
            "Très déçu.",
            "Merci de me rappeler.",
        ),
    },
}

SPANISH = {
    "promoter": {
        "friendly": (
            "{agent} fue muy amable y me lo explicó todo.",
            "Muy buen trato, gracias a {agent}.",
            "Da gusto que a uno le escuchen.",
            "{agent} tuvo mucha paciencia conmigo.",
        ),
        "fast": (
            "Rápido y sencillo.",
            "Me contestaron el mismo día.",
            "Resuelto en unos minutos.",
        ),
        "solved": (
            "Solucionado a la primera.",
            "Cumplieron lo que prometieron.",
            "Por fin entiendo mi factura.",
            "{agent} encontró enseguida el error de la factura.",
            "Todo claro y todo funciona.",
        ),
        "technician": (
            "El técnico llegó puntual y lo dejó todo limpio.",
            "Instalación perfecta, muy profesional.",
        ),
        TAILS: ("¡Sigan así!", "Lo recomiendo.", "Mil gracias."),
    },
    "passive": {
        "waiting": (
            "Al final bien, pero tardó {days} días.",
            "La espera al teléfono fue algo larga.",
        ),
        "price": ("Buen servicio, pero el precio es alto.",),
        "so_so": (
            "Correcto.",
            "Bien, aunque tuve que explicarlo dos veces.",
        ),
        TAILS: ("Por lo demás, bien.", "Se puede mejorar."),
    },
    "detractor": {
        "waiting": (
            "{days} días para recibir una respuesta, demasiado.",
            "Casi una hora de espera y se cortó la llamada.",
            "Nadie me llamó como prometieron.",
        ),
        "unsolved": (
            "Sigo con el mismo problema.",
            "Cada uno me dice una cosa distinta.",
            "La factura sigue mal.",
            "Una respuesta automática que no sirve de nada.",
        ),
        "price": ("Cada año más caro y peor servicio.", "Demasiado caro."),
        "tone": ("No me dejaron ni hablar.",),
        "technician": ("El técnico no vino y nadie avisó.",),
        TAILS: ("Estoy pensando en cambiar.", "Muy decepcionado.", "Llámenme."),
    },
}

DUTCH = {
    "promoter": {
        "friendly": ("{agent} was erg vriendelijk en behulpzaam.", "Prettig gesprek!"),
        "fast": ("Snel geholpen, top.", "Binnen een dag antwoord."),
        "solved": ("Direct opgelost.", "Duidelijke uitleg, alles werkt."),
        "technician": ("De monteur was op tijd en werkte netjes.",),
        TAILS: ("Ga zo door!", "Bedankt."),
    },
    "passive": {
        "waiting": ("Goed geholpen, maar het duurde {days} dagen.",),
        "price": ("Prima service, wel aan de dure kant.",),
        "so_so": ("Prima.", "Goed, maar ik moest alles twee keer uitleggen."),
        TAILS: ("Verder tevreden.",),
    },
    "detractor": {
        "waiting": (
            "{days} dagen gewacht op antwoord, dat is te lang.",
            "Bijna een uur in de wacht gestaan.",
        ),
        "unsolved": ("Het probleem is nog steeds niet opgelost.",),
        "price": ("Elk jaar duurder.",),
        "tone": ("Ik werd steeds onderbroken.",),
        "technician": ("De monteur kwam niet opdagen.",),
        TAILS: ("Ik denk aan overstappen.", "Teleurstellend."),
    },
}

TEXTS = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "nl": DUTCH,
}
