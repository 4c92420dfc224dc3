"""Where everything of this checkout lives, and helpers that every script shares."""

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "scripts"
REQUIREMENTS = SCRIPTS / "requirements"
HOME = ROOT / ".nps"
LOGS = HOME / "log"
STAMPS = HOME / "stamps"
BIN = HOME / "bin"
ADDON = "nps"
ADDON_LINK = HOME / "addons" / ADDON
NOT_ADDON = ("__pycache__", "benchmarks", "build", "dist", "node_modules", "scripts")

_children = set()
_ending = threading.Event()


class Problem(Exception):
    """What stands in the way, in one sentence for the person at the keyboard."""


class Stopped(KeyboardInterrupt):
    """The person (or the system) asked the running command to end."""


def main(function, *args):
    """Run a script: a Problem becomes one sentence and exit code 1."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        sys.exit(function(*args) or 0)
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(130)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        print("\n" + no_space(), file=sys.stderr)
        sys.exit(1)
    finally:
        end_children()


def _stop(number, frame):
    raise Stopped()


def pause(seconds):
    """Let time go by; a Problem when the command is to end meanwhile."""
    if _ending.wait(max(0, seconds)):
        raise Problem("Stopped.")


def no_space():
    """The sentence about a full disk."""
    return f"The disk is full: {HOME} needs about 5 GB. Free some and start again."


def need_space(gigabytes):
    """Say so before starting what cannot be finished for want of disk space."""
    HOME.mkdir(exist_ok=True)
    if shutil.disk_usage(HOME).free < gigabytes * 1e9:
        raise Problem(no_space())


def popen(command, **options):
    """Start a child in a process group of its own that ends with this process."""
    if _ending.is_set():
        raise Problem("Stopped.")
    prefix = ["setpriv", "--pdeathsig", "TERM", "--"]
    options.setdefault("stdin", subprocess.DEVNULL)
    child = subprocess.Popen(
        prefix + [str(part) for part in command], start_new_session=True, **options
    )
    _children.add(child)
    return child


def end(child, patience=20):
    """End a child and what it started; without patience, like a power cut."""
    signals = [(signal.SIGTERM, patience)] if patience else []
    for number, seconds in [*signals, (signal.SIGKILL, 5)]:
        if child.poll() is not None:
            break
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    _children.discard(child)


def end_children():
    """End every child that is still there, and let no new one begin."""
    _ending.set()
    for child in list(_children):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGTERM)
    for child in list(_children):
        end(child, patience=5)


def run(command, log, what, must=True, **options):
    """Run a command with its output in a log; a Problem when it must not fail."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{log}.log"
    with path.open("ab") as output:
        output.write(f"$ {' '.join(map(str, command))}\n".encode())
        output.flush()
        start = output.tell()
        child = popen(command, stdout=output, stderr=subprocess.STDOUT, **options)
        code = child.wait()
    _children.discard(child)
    text = path.read_bytes()[start:].decode(errors="replace")
    if code and must:
        raise Problem(explain(what, text, path))
    return text


NO_NETWORK = (
    "Could not resolve",
    "Temporary failure",
    "Name or service not known",
    "Network is unreachable",
    "Could not connect",
    "Failed to establish a new connection",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ETIMEDOUT",
    "ENETUNREACH",
)


def explain(what, text, path):
    """Turn the output of a failed command into one sentence."""
    if any(sign in text for sign in ("No space left", "ENOSPC", "Disk quota")):
        return no_space()
    if any(sign in text for sign in NO_NETWORK):
        return (
            f"{what} failed: the network does not answer. Once it does, start again; "
            f"what is already here is kept. (Details: {path})"
        )
    lines = [line for line in text.splitlines() if line.strip()]
    last = "".join(f"\n    {line}" for line in lines[-15:])
    return f"{what} failed. Its last lines, from {path}:{last}"


def port_is_free(port):
    """Whether a server could listen on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            probe.bind(("", port))
            return True
    return False


def next_free_port(wanted, taken=()):
    """The first free port from the wanted one upwards."""
    for port in range(wanted, min(wanted + 200, 65535)):
        if port not in taken and port_is_free(port):
            return port
    raise Problem(f"No free port between {wanted} and {wanted + 200}.")


def any_free_port():
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def digest(*parts):
    """A short name for a combination of texts."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:10]


def is_addon(name):
    """Whether a file or folder of the checkout is a part of the addon."""
    return not name.startswith(".") and name not in NOT_ADDON


def addon_digest():
    """A short name for the state of the addon's files in the checkout."""
    total = hashlib.sha256()
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if is_addon(name))
        for name in sorted(files):
            if not name.endswith((".pyc", ".md")):
                path = Path(folder, name)
                total.update(str(path.relative_to(ROOT)).encode())
                total.update(path.read_bytes())
    return total.hexdigest()


def stamp(name):
    """What was noted under this name, or an empty text."""
    with contextlib.suppress(FileNotFoundError):
        return (STAMPS / name).read_text()
    return ""


def set_stamp(name, value):
    """Note that a step is complete; an interrupted write leaves no trace."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    write(STAMPS / name, value)


def write(path, text, mode=0o644):
    """Write a file so that it is either there in full or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(text)
    part.chmod(mode)
    part.rename(path)


@contextlib.contextmanager
def lock(name):
    """Let one process of this checkout at a time do the named thing."""
    folder = HOME / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
