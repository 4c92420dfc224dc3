"""Two PostgreSQL clusters of our own: a primary, and a replica that streams from it.

Both lie below .nps/replica and listen on sockets alone. The project's own cluster is
left as it is.
"""

import contextlib
import shutil
import subprocess
import time

import psutil
from local import HOME, LOGS, Problem, explain, run
from postgres import (
    SETTINGS,
    USER,
    command,
    owned_folder,
    server_command,
    socket_folder,
)

FOLDER = HOME / "replica"
PRIMARY_PORT, REPLICA_PORT = 5441, 5442
OWN_SETTINGS = {
    **SETTINGS,
    "wal_level": "replica",
    "max_wal_senders": "4",
    "shared_preload_libraries": "pg_stat_statements",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
}
NOT_WORK = r"^\s*(begin|commit|rollback|set|show|discard|reset|savepoint|release)"


class Cluster:
    """One of the two.

    :ivar port: names its socket in the project's folder of sockets
    """

    def __init__(self, name, port):
        self.folder = FOLDER / name
        self.name = name
        self.port = port

    # === LIFE === #

    def create(self):
        """Make it empty."""
        server_command(
            *("initdb", "-D", self.folder, "-U", USER, "--auth=trust"),
            *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        )
        with (self.folder / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{key} = {val}\n" for key, val in OWN_SETTINGS.items())

    def follow(self, primary):
        """Make it a streaming replica of another one that runs."""
        server_command(
            *("pg_basebackup", "-h", socket_folder(), "-p", primary.port, "-U", USER),
            *("-D", self.folder, "--write-recovery-conf", "--checkpoint=fast"),
            "--no-sync",
        )

    def start(self):
        """Start it and wait until it answers."""
        log = owned_folder(LOGS / "postgres") / f"{self.name}.log"
        options = f"-k '{socket_folder()}' -p {self.port}"
        server_command(
            *("pg_ctl", "start", "-D", self.folder, "-o", options),
            *("-l", log, "-w", "-t", "60"),
        )

    def stop(self):
        """Stop it, if it runs."""
        pid_file = self.folder / "postmaster.pid"
        if pid_file.exists():
            mode = ("-m", "immediate", "-w")
            server_command("pg_ctl", "stop", "-D", self.folder, *mode, check=False)

    def kill(self):
        """End it like a power cut: every one of its processes by SIGKILL."""
        pid = int((self.folder / "postmaster.pid").read_text().split()[0])
        server = psutil.Process(pid)
        for process in [server, *server.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs([server], timeout=10)

    # === QUESTIONS === #

    def command(self, program, *arguments):
        """A client program with the address of this cluster."""
        return [*command(program, "-p", self.port), *arguments]

    def sql(self, statement, database="postgres"):
        """Run a statement; return the lines of the answer."""
        options = ["-d", database, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statement]
        parts = map(str, self.command("psql", *options))
        done = subprocess.run(list(parts), capture_output=True, text=True)
        if done.returncode:
            raise Problem(explain("A database command", done.stderr, LOGS))
        return done.stdout.splitlines()

    def forget(self):
        """Count statements from now on."""
        self.sql("SELECT pg_stat_statements_reset()")

    def counts(self, database):
        """Return (reads, writes): statements in a database since :meth:`forget`.

        What Odoo asks before every request, whether caches are still good, is none.
        """
        row = self.sql(
            "SELECT COALESCE(SUM(calls) FILTER "
            "(WHERE query ~* '^\\s*(select|with)'), 0), COALESCE(SUM(calls) FILTER "
            "(WHERE query ~* '^\\s*(insert|update|delete)'), 0) "
            "FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid "
            f"WHERE datname = '{database}' AND query !~* '{NOT_WORK}' "
            "AND query !~ 'orm_signaling' AND query !~ 'pg_stat|pg_wal'"
        )[0]
        return tuple(int(number) for number in row.split("|"))


class Pair:
    """A primary and its replica."""

    def __init__(self):
        self.primary = Cluster("primary", PRIMARY_PORT)
        self.replica = Cluster("replica", REPLICA_PORT)

    def fill(self, database, source):
        """Bring a database of the project's cluster to the primary."""
        self.primary.sql(f'CREATE DATABASE "{database}"')
        dump = FOLDER / "dump.sql"
        run([*command("pg_dump", "-d", source, "-f", dump)], "replica", "Dumping")
        load = self.primary.command("psql", "-q", "-d", database, "-f", dump)
        run(load, "replica", "Loading")
        dump.unlink()
        self.primary.sql("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")

    def pause(self):
        """Let the replica receive, but not show, what happens from now on."""
        self.replica.sql("SELECT pg_wal_replay_pause()")
        self._wait("SELECT pg_get_wal_replay_pause_state() = 'paused'", "pause")

    def resume(self):
        """Let the replica catch up."""
        self.replica.sql("SELECT pg_wal_replay_resume()")

    def catch_up(self):
        """Wait until the replica shows what the primary has now."""
        here = self.primary.sql("SELECT pg_current_wal_lsn()")[0]
        self._wait(f"SELECT pg_last_wal_replay_lsn() >= '{here}'", "replica")

    def _wait(self, question, what, seconds=60):
        limit = time.monotonic() + seconds
        while self.replica.sql(question) != ["t"]:
            if time.monotonic() > limit:
                raise Problem(f"Waited {seconds} s in vain for the {what}.")
            time.sleep(0.1)

    def lag(self):
        """Return how many seconds the replica is behind, as it sees it."""
        question = "SELECT COALESCE(EXTRACT(epoch FROM replay_lag), 0) "
        question += "FROM pg_stat_replication"
        found = self.primary.sql(question)
        return float(found[0]) if found else None


@contextlib.contextmanager
def two_clusters(fill):
    """Run both; nothing of them is left.

    :param fill: called with the pair before the replica is made
    """
    shutil.rmtree(FOLDER, ignore_errors=True)
    owned_folder(FOLDER)
    pair = Pair()
    try:
        pair.primary.create()
        pair.primary.start()
        fill(pair)
        pair.replica.follow(pair.primary)
        pair.replica.start()
        pair.catch_up()
        yield pair
    finally:
        pair.replica.stop()
        pair.primary.stop()
        shutil.rmtree(FOLDER, ignore_errors=True)
