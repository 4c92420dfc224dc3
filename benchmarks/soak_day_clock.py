"""The wall clock of the day's machine, as its Odoo and its PostgreSQL see it."""

import glob
import os
from pathlib import Path

SITE = Path(__file__).resolve().parent / "soak_day_site"
"""What Python loads first, where it is on PYTHONPATH."""
LIBRARIES = "/usr/lib/*/faketime/libfaketimeMT.so.1"


class Clock:
    """A clock that can be set while the programs run.

    They are started with Debian's libfaketime, which reads the offset from a file.
    Time that is merely measured (timeouts, waiting) goes on as it does.

    :param path: the file
    """

    def __init__(self, path):
        self.path = path
        self.offset = 0
        self.set(0)

    def set(self, offset):
        """Set the clock.

        :param int offset: seconds by which it is fast; negative when it is slow
        """
        self.offset = offset
        part = self.path.with_suffix(".part")
        part.write_text(f"{offset:+d}\n")
        part.chmod(0o644)
        os.replace(part, self.path)


def library():
    """Return where libfaketime lies, or None."""
    return next(iter(sorted(glob.glob(LIBRARIES))), None)


def forget_leftovers():
    """Remove what libfaketime leaves in memory when its program is killed."""
    for path in map(
        Path,
        glob.glob("/dev/shm/*faketime_sh*")
        + glob.glob(  # noqa: S108
            "/dev/shm/sem.faketime_*"  # noqa: S108
        ),
    ):
        number = path.name.rpartition("_")[2]
        if not Path("/proc", number).exists():
            path.unlink(missing_ok=True)


def preloaded(clock):
    """Return the environment of a program that goes by a clock."""
    return {
        "LD_PRELOAD": library(),
        "FAKETIME_TIMESTAMP_FILE": str(clock.path),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
        "PYTHONPATH": str(SITE),
    }
