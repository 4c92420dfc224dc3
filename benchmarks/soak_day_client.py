"""How programs and people of the bad day talk to Odoo, and try again when it breaks."""

import time

import requests
from soak_day_ledger import Broken

TIMEOUT = 20
PASSING = ("psycopg2", "odoo.sql_db", "SessionExpired", "werkzeug.exceptions")
"""Errors in an RPC's answer that a client tries again, as after a broken connection."""


def fetch(http, method, address, **options):
    """Send a request; return the answer, or raise :class:`Broken`."""
    try:
        answer = http.request(method, address, timeout=TIMEOUT, **options)
    except requests.RequestException as error:
        raise Broken(type(error).__name__) from error
    if answer.status_code >= 500:
        raise Broken(str(answer.status_code))
    return answer


class Rpc:
    """A user's JSON-RPC session that logs in again when it has to."""

    def __init__(self, url, database, login):
        self.url, self.database, self.login = url, database, login
        self.http = requests.Session()
        self._is_in = False

    def call(self, model, method, *args, **kwargs):
        """Call a method once.

        :raise Broken: what became of it is unknown
        """
        if not self._is_in:
            self._log_in()
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self._post(f"/web/dataset/call_kw/{model}/{method}", params)

    def _log_in(self):
        params = {"db": self.database, "login": self.login, "password": self.login}
        self._post("/web/session/authenticate", params)
        self._is_in = True

    def _post(self, path, params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = fetch(self.http, "POST", self.url + path, json=body)
        try:
            content = answer.json()
        except ValueError as error:
            raise Broken(f"{answer.status_code} without JSON") from error
        if "error" in content:
            data = content["error"]["data"]
            if data["name"].startswith(PASSING) or "Session" in data["name"]:
                self._is_in = False
                raise Broken(data["name"])
            raise AssertionError(data["debug"][-2000:])
        return content.get("result")


class Patience:
    """Tries again what broke, as long as the day and some time after it.

    :param ledger: counts the failures by their kind
    :param float until: when to give up (monotonic)
    """

    def __init__(self, ledger, draw):
        self.ledger, self.draw = ledger, draw
        self.until = None

    def insist(self, kind, action):
        """Repeat an action until it is not broken; return its result.

        :raise Broken: it was still broken when the time was over
        """
        pause = 0.3
        while True:
            try:
                return self.ledger.timed(kind, action)
            except Broken as error:
                self.ledger.seen[f"{kind}: {error}"] += 1
                if self.until and time.monotonic() > self.until:
                    raise
            time.sleep(pause * self.draw.uniform(0.7, 1.5))
            pause = min(3, pause * 1.7)
