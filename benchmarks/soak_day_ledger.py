"""What the people of the bad day did, and what the server told them of it."""

import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field


class Broken(Exception):
    """The connection broke or the server was away: what became of it is unknown."""


@dataclass
class Pick:
    """What was done to one touchpoint.

    :ivar accepted: how often the server said that it picked the outcome
    :ivar unknown: how often nobody knows whether it did
    :ivar ids: the invitations that the server named
    """

    by: str
    accepted: int = 0
    unknown: int = 0
    ids: set = field(default_factory=set)


@dataclass
class Post:
    """One form that a customer sent, until the server said something about it.

    :ivar tries: how often it was sent
    :ivar result: ``accepted``, ``refused`` or, as long as nobody knows, ``unknown``
    """

    token: str
    kind: str
    score: int
    comment: str = ""
    tries: int = 0
    result: str = "unknown"
    status: int = 0


class Ledger:
    """The day's own books, kept beside the server's.

    :ivar picks: (model, id) -> :class:`Pick`
    :ivar posts: token -> its :class:`Post` in the order in which they were made
    :ivar opt_outs: address -> (when it was asked for, when it was granted)
    :ivar took: (kind, when, seconds, whether it went well) of every request
    """

    def __init__(self):
        self.picks = {}
        self.posts = defaultdict(list)
        self.opt_outs = {}
        self.took = []
        self.errors = []
        self.seen = Counter()
        self._lock = threading.Lock()

    def pick(self, model, record, by):
        """Return the page of a touchpoint."""
        with self._lock:
            return self.picks.setdefault((model, record), Pick(by))

    def post(self, token, kind, score, comment=""):
        """Open a line for a form."""
        post = Post(token, kind, score, comment)
        with self._lock:
            self.posts[token].append(post)
        return post

    def opt_out(self, address, began):
        """Note that an opt-out was granted."""
        with self._lock:
            self.opt_outs.setdefault(address, (began, time.monotonic()))

    def timed(self, kind, action):
        """Do something and note how long it took; :class:`Broken` is passed on."""
        begin = time.monotonic()
        well = False
        try:
            result = action()
            well = True
            return result
        finally:
            with self._lock:
                self.took.append((kind, begin, time.monotonic() - begin, well))

    def accepted(self, kinds=("answer", "change")):
        """Return the accepted forms of some kinds."""
        return [
            post
            for posts in list(self.posts.values())
            for post in list(posts)
            if post.result == "accepted" and post.kind in kinds
        ]
