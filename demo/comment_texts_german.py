"""What German-speaking customers write: most of our customers do.

See :mod:`.comment_texts` for the words in braces.
"""

TAILS = "tails"

GERMAN = {
    "promoter": {
        "friendly": (
            "{agent} war sehr freundlich und hat sich Zeit genommen.",
            "Sehr nette Beratung, vielen Dank an {agent}!",
            "Man fühlt sich ernst genommen.",
            "{agent} hat alles geduldig erklärt.",
            "Freundlich und kompetent.",
            "Angenehmes Gespräch, {agent} wusste sofort Bescheid.",
            "Trotz meines Ärgers blieb {agent} ruhig und hilfsbereit.",
            "Sehr höflich, gute Auskunft.",
            "Bitte ein Lob an {agent} weitergeben.",
            "Herzlicher Umgang, das ist nicht selbstverständlich.",
        ),
        "fast": (
            "Schnell und unkompliziert.",
            "In fünf Minuten erledigt, top!",
            "Noch am selben Tag eine Antwort bekommen.",
            "Sofort jemanden erreicht, das ist selten geworden.",
            "Keine Warteschleife, super.",
            "Ging schneller als gedacht.",
            "Ruckzuck erledigt 👍",
        ),
        "solved": (
            "Mein Anliegen wurde gleich beim ersten Mal gelöst.",
            "{agent} hat den Fehler in der Abrechnung sofort gefunden.",
            "Endlich verstehe ich meine Rechnung.",
            "Alles bestens geklärt.",
            "Klare Auskunft, das Problem ist weg.",
            "Der Zählerstand ist jetzt richtig, danke für die Hilfe.",
            "Hat alles geklappt wie versprochen.",
            "{agent} hat mir einen passenden Tarif herausgesucht.",
            "Zusage wurde eingehalten.",
            "Perfekt gelöst.",
        ),
        "technician": (
            "Der Techniker war pünktlich und hat sauber gearbeitet.",
            "{agent} hat uns die Anlage genau erklärt, sehr professionell.",
            "Einbau einwandfrei, alles sauber hinterlassen.",
            "Die Wallbox läuft, Montage ohne Probleme.",
            "Die Solaranlage speist endlich ein, danke {agent}.",
        ),
        TAILS: (
            "Weiter so!",
            "Ich empfehle Sie gern weiter.",
            "So wünscht man sich das.",
            "Danke!",
            "Ich bleibe gern Kunde.",
            "Meine Nachbarn wissen es schon.",
        ),
    },
    "passive": {
        "waiting": (
            "Am Ende gut, aber es hat {days} Tage gedauert.",
            "Die Wartezeit am Telefon war etwas lang.",
            "Gute Auskunft, nur leider spät.",
        ),
        "price": (
            "Service gut, Preise könnten besser sein.",
            "Soweit zufrieden, andere sind aber günstiger.",
            "Nette Leute, der Abschlag ist trotzdem hoch.",
            "Ein Treuebonus wäre schön.",
        ),
        "so_so": (
            "War in Ordnung.",
            "Gut, aber ich musste alles zweimal erklären.",
            "Die Antwort war etwas schwer verständlich.",
            "Eine Bestätigung per E-Mail wäre schön gewesen.",
            "Passt, nichts Besonderes.",
            "Erst der zweite Kollege konnte helfen.",
            "Die App könnte übersichtlicher sein.",
        ),
        TAILS: (
            "Sonst passt es.",
            "Luft nach oben.",
            "Im Großen und Ganzen zufrieden.",
        ),
    },
    "detractor": {
        "waiting": (
            "{days} Tage auf eine Antwort gewartet, das geht gar nicht.",
            "Fast eine Stunde in der Warteschleife, dann war die Leitung weg.",
            "Der versprochene Rückruf kam nie.",
            "Seit der Umstellung erreicht man niemanden mehr.",
            "Drei Mails geschrieben, erst auf die vierte kam eine Antwort.",
            "Viel zu lange Wartezeit.",
        ),
        "unsolved": (
            "Das Problem besteht immer noch.",
            "Nur eine Standardantwort, auf meine Frage ging niemand ein.",
            "Die Rechnung ist weiterhin falsch.",
            "Jeder sagt etwas anderes.",
            "Man wird nur von einem zum anderen verbunden.",
            "Nichts ist geklärt, ich muss wieder anrufen.",
            "Der Zählerstand stimmt bis heute nicht.",
        ),
        "price": (
            "Die Preise steigen jedes Jahr, der Service wird schlechter.",
            "Viel zu teuer.",
            "Der Abschlag wurde ohne Erklärung erhöht.",
            "Doppelt abgebucht, und ich muss hinterherlaufen.",
        ),
        "tone": (
            "Man fühlt sich als Bittsteller.",
            "Ich wurde mehrfach unterbrochen.",
            "Unfreundlich und von oben herab.",
        ),
        "technician": (
            "Der Techniker kam nicht, und niemand hat Bescheid gesagt.",
            "Einen Tag Urlaub umsonst genommen.",
            "Nach dem Einbau ging erst einmal gar nichts.",
        ),
        TAILS: (
            "Ich überlege zu wechseln.",
            "Schade, das war früher besser.",
            "Bitte um Rückruf.",
            "Sehr enttäuschend.",
            "So verliert man Kunden.",
        ),
    },
}
