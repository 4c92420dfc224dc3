"""Stop this checkout's own servers and remove everything that was set up."""

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path

import postgres
from local import HOME, main


def own_processes():
    """Processes that run a program or a configuration of this checkout's folder."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            inside = os.fsencode(HOME) + b"/"
            mine = folder.stat().st_uid == os.geteuid()
            is_ours = mine and any(word.startswith(inside) for word in words[:2])
            # A cluster of `make soak`, which ends with it unless that was killed.
            is_cluster = words[1:2] == [b"-D"] and words[2].startswith(
                inside + b"postgres-"
            )
            if is_ours or is_cluster:
                yield int(folder.name)


def end_own_processes():
    """Ask them to end, then insist."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in own_processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        for _attempt in range(50):
            if not list(own_processes()):
                return
            time.sleep(0.1)


def clean():
    """All of `make clean`."""
    if not HOME.exists():
        return
    end_own_processes()
    postgres.stop()
    shutil.rmtree(HOME)
    shutil.rmtree(postgres.socket_folder(), ignore_errors=True)


if __name__ == "__main__":
    main(clean)
