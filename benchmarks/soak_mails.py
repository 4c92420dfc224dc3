"""What must hold for every mail that leaves during the soak."""

import threading
from concurrent.futures import ThreadPoolExecutor

import requests
from real_parts import personal_link


class Mails:
    """Looks at every mail, and counts those that are not as they should be."""

    RULES = {
        "Every mail has exactly one recipient": "_has_one_recipient",
        "Every mail can be unsubscribed by one click": "_has_one_click",
        "Every mail says that a machine wrote it": "_says_automatic",
        "Every person's mail has a Message-ID of its own": "_has_own_id",
        "Every mail has a personal link that opens": "_opens",
    }

    def __init__(self):
        self.count = 0
        self.faults = dict.fromkeys(self.RULES, 0)
        self.first = {}
        self._ids = {}
        self._is_open = False
        self._lock = threading.Lock()

    def look_at(self, messages):
        """Check mails while the server that wrote them still runs."""
        with ThreadPoolExecutor(2) as pool:
            opened = list(pool.map(_opens, messages))
        with self._lock:
            self._count(messages, opened)

    def _count(self, messages, opened):
        self.count += len(messages)
        for message, self._is_open in zip(messages, opened, strict=True):
            for rule, method in self.RULES.items():
                if not getattr(self, method)(message):
                    self.faults[rule] += 1
                    self.first.setdefault(
                        rule, f"{message['To']}: {message['Subject']}"
                    )

    def results(self):
        """Return a row for each rule."""
        for rule in self.RULES:
            faults = self.faults[rule]
            shown = f", first: {self.first[rule]}" if faults else ""
            yield {
                "check": rule,
                "expected": "0 without",
                "seen": f"{faults} of {self.count} without{shown}",
                "ok": self.count > 0 and not faults,
            }

    def _has_one_recipient(self, message):
        return (
            len(message.envelope_to) == 1
            and len(message["To"].addresses) == 1
            and not message["Cc"]
        )

    def _has_one_click(self, message):
        link = personal_link(message)
        return (
            message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
            and str(message["List-Unsubscribe"]).strip() == f"<{link}/opt-out>"
        )

    def _says_automatic(self, message):
        return message["Auto-Submitted"] == "auto-generated"

    def _has_own_id(self, message):
        # A mail that a killed process sent twice is one: programs show it once.
        person = self._ids.setdefault(message["Message-ID"], message["To"])
        return bool(message["Message-ID"]) and person == message["To"]

    def _opens(self, message):
        return self._is_open


def _opens(message):
    """Tell whether the personal link of a mail shows the survey."""
    link = personal_link(message)
    return bool(link) and requests.get(link, timeout=60).status_code == 200
