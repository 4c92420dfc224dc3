"""One tidy line per step, with its seconds, and what is going on meanwhile."""

import contextlib
import sys
import threading
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

from local import end_children

_running = {}
_lock = threading.Lock()
_started = time.monotonic()


def elapsed():
    """Seconds since the command began."""
    return time.monotonic() - _started


@contextlib.contextmanager
def step(title, progress=None):
    """Announce a piece of work when it ends, with the seconds it took."""
    begin = time.monotonic()
    with _lock:
        _running[title] = progress
    try:
        yield
    except BaseException:
        _finish("✗", title, begin)
        raise
    _finish("✓", title, begin)


def _finish(sign, title, begin):
    with _lock:
        _running.pop(title, None)
        _clear()
        print(f" {sign} {title:<60} {time.monotonic() - begin:6.1f} s", flush=True)


def say(text):
    """Print a line between the steps."""
    with _lock:
        _clear()
        print(text, flush=True)


def _clear():
    if sys.stdout.isatty():
        print("\r\033[K", end="")


def _now():
    parts = []
    for title, progress in _running.items():
        detail = ""
        if progress:
            with contextlib.suppress(Exception):
                detail = progress()
        parts.append(f"{title} {detail}".strip())
    return "; ".join(parts)


def _show(last):
    """Tell what is being worked on: live on a terminal, else every 15 s."""
    if not _running:
        return last
    if sys.stdout.isatty():
        print(f"\r\033[K   … {_now()[:100]} ({elapsed():.0f} s)", end="", flush=True)
    elif elapsed() - last >= 15:
        print(f"   … {_now()} ({elapsed():.0f} s)", flush=True)
        return elapsed()
    return last


def together(*works):
    """Do several things at the same time; the first failure ends them all."""
    with ThreadPoolExecutor(max_workers=max(len(works), 1)) as pool:
        futures = [pool.submit(work) for work in works]
        try:
            _watch(futures)
        except BaseException:
            for future in futures:
                future.cancel()
            end_children()
            raise
        return [future.result() for future in futures]


def _watch(futures):
    last = elapsed()
    pending = set(futures)
    while pending:
        done, pending = wait(pending, timeout=0.5, return_when=FIRST_COMPLETED)
        for future in done:
            future.result()
        with _lock:
            last = _show(last)


def alone(work):
    """Do one thing while showing its progress."""
    return together(work)[0]
