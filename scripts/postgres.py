"""A private PostgreSQL in the checkout's own folder, on a unix socket alone."""

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

from local import HOME, LOGS, Problem, explain, lock, main
from machine import postgres_folders
from steps import say, step

DATA = HOME / "postgres"
USER = "odoo"
KEEP = HOME / "locks/postgres-keep"
# A developer's cluster: everything in it can be made again, so speed wins over
# surviving a power cut.
SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "autovacuum_naptime": "5min",
    "jit": "off",
}


def socket_folder():
    """Where the socket lies: in the checkout unless its path is too long for one."""
    inside = HOME / "socket"
    if len(os.fsencode(inside / ".s.PGSQL.5432.lock")) < 100:
        return inside
    name = hashlib.sha256(os.fsencode(HOME)).hexdigest()[:12]
    return Path(f"/tmp/nps-{os.geteuid()}-{name}")


def programs():
    """The programs of the version that made the cluster, else the newest."""
    folders = postgres_folders()
    version = None
    with contextlib.suppress(FileNotFoundError):
        version = (DATA / "PG_VERSION").read_text().strip()
    for folder in folders:
        if version in (None, folder.parent.name):
            return folder
    if folders and version is None:
        return folders[0]
    raise Problem(
        f"The databases in {DATA} were made by PostgreSQL {version}, which this "
        "machine no longer has: install it, or start afresh with `make clean`."
        if version
        else "PostgreSQL is not installed."
    )


def _as_server_user(path):
    """How to run the server: as ourselves, or as another user when we are root."""
    if os.geteuid():
        return []
    try:
        account = pwd.getpwnam("postgres")
    except KeyError:
        account = pwd.getpwnam("nobody")
    base = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}"]
    base.append("--clear-groups")
    # The checkout may lie below a folder that only root may enter.
    for extra in ([], ["dac_read_search"], ["dac_override"]):
        caps = [f"--inh-caps=+{name}" for name in extra]
        caps += [f"--ambient-caps=+{name}" for name in extra]
        command = [*base, *caps, "--"]
        probe = subprocess.run([*command, "ls", path], capture_output=True)
        if probe.returncode == 0:
            return command
    raise Problem(
        f"PostgreSQL may not run as root, and its user cannot enter {path}: "
        "put the checkout elsewhere."
    )


def owned_folder(path):
    """A folder that belongs to the user who runs the server."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() == 0:
        try:
            account = pwd.getpwnam("postgres")
        except KeyError:
            account = pwd.getpwnam("nobody")
        os.chown(path, account.pw_uid, account.pw_gid)
    return path


def server_command(program, *arguments, check=True):
    """Run a program of the server as its user; tell whether it went well."""
    command = [*_as_server_user(DATA.parent), programs() / program, *arguments]
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / "postgres-commands.log"
    with log.open("w") as output:
        done = subprocess.run(
            list(map(str, command)),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            start_new_session=True,
        )
    if done.returncode and check:
        raise Problem(explain(f"PostgreSQL's {program}", log.read_text(), log))
    return done.returncode == 0


def _create_cluster():
    """Make the cluster beside its final place, then rename."""
    part = HOME / "postgres.part"
    shutil.rmtree(part, ignore_errors=True)
    owned_folder(part)
    options = ["-U", USER, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]
    server_command("initdb", "-D", part, *options, "--no-sync")
    with (part / "postgresql.conf").open("a") as conf:
        conf.writelines(f"{key} = {value}\n" for key, value in SETTINGS.items())
    part.rename(DATA)


def is_running():
    """Whether the private server answers."""
    if not (DATA / "postmaster.pid").exists():
        return False
    return server_command("pg_ctl", "status", "-D", DATA, check=False)


def start():
    """Start the server unless it runs."""
    with lock("postgres"):
        if is_running():
            return
        with step("Start PostgreSQL"):
            if not (DATA / "PG_VERSION").exists():
                _create_cluster()
            folder = owned_folder(socket_folder())
            log = owned_folder(LOGS / "postgres") / "server.log"
            options = ["-D", DATA, "-o", f"-k '{folder}'", "-l", log, "-w", "-t", "60"]
            server_command("pg_ctl", "start", *options)


def stop():
    """Stop the server if it runs."""
    if is_running():
        server_command("pg_ctl", "stop", "-D", DATA, "-m", "fast", "-w", check=False)


@contextlib.contextmanager
def running():
    """Have the server for as long as any command of this checkout needs it."""
    (HOME / "locks").mkdir(parents=True, exist_ok=True)
    with (HOME / "locks/postgres-users").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        start()
        try:
            yield
        finally:
            _stop_unless_needed(users)


def _stop_unless_needed(users):
    with lock("postgres"):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if not KEEP.exists():
            stop()


def command(program, *arguments):
    """A client program with the address of the private server."""
    return [programs() / program, "-h", socket_folder(), "-U", USER, *arguments]


def sql(statement, database="postgres"):
    """Run a statement; return the lines of the answer."""
    options = ["-d", database, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statement]
    done = subprocess.run(
        list(map(str, command("psql", *options))), capture_output=True, text=True
    )
    if done.returncode:
        raise Problem(explain("A database command", done.stderr, LOGS))
    return done.stdout.splitlines()


def _keep_running():
    HOME.mkdir(exist_ok=True)
    (HOME / "locks").mkdir(exist_ok=True)
    KEEP.touch()
    start()
    say(f"PostgreSQL runs: psql -h {socket_folder()} -U {USER} -l")


def _end():
    KEEP.unlink(missing_ok=True)
    stop()


if __name__ == "__main__":
    main({"start": _keep_running, "stop": _end}[sys.argv[1]])
