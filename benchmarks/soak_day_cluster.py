"""A PostgreSQL of the day's own: it may be restarted, and it keeps what it promised.

The checkout's cluster gives up durability for speed, and others use it.
"""

import contextlib
import shutil
import subprocess
import threading

import postgres
from local import HOME, LOGS, run
from soak_day_clock import preloaded

FOLDER = HOME / "postgres-day"
DATABASE = "soak_day"
SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",
}


class Cluster:
    """The server, from initdb to the removal of its files.

    :param clock: a :class:`~.soak_day_clock.Clock` that it goes by
    """

    def __init__(self, clock):
        self.clock = clock
        self._lock = threading.Lock()
        # Beside the other socket: its path is short enough where that one's is.
        beside = postgres.socket_folder()
        self.socket = beside.with_name(f"{beside.name}-day")

    def create(self):
        """Make an empty cluster and start it."""
        self.remove()
        postgres.owned_folder(FOLDER)
        postgres.owned_folder(self.socket)
        options = ["-U", postgres.USER, "--auth=trust", "-E", "UTF8", "--no-sync"]
        self._run("initdb", "-D", FOLDER, *options, "--locale=C.UTF-8")
        with (FOLDER / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{key} = {value}\n" for key, value in SETTINGS.items())
        self._control("start")

    def fill(self, template):
        """Make the day's database as a copy of one in the checkout's cluster."""
        dump = LOGS / "soak-day.dump"
        source = postgres.command("pg_dump", "-Fc", "-Z0", "-f", dump, template)
        run(source, "soak-day-copy", "Copying the database")
        run(self.command("createdb", DATABASE), "soak-day-copy", "Copying it")
        options = ["-d", DATABASE, "-j", "2", "--no-owner", dump]
        run(self.command("pg_restore", *options), "soak-day-copy", "Copying it")
        dump.unlink()
        self.sql("VACUUM ANALYZE")
        self.sql("CHECKPOINT")

    def restart(self, mode):
        """Restart like an upgrade (``fast``) or like a crash (``immediate``)."""
        with self._lock:
            self._control("restart", "-m", mode)

    def remove(self):
        """Stop the server if it runs, and remove its files."""
        if (FOLDER / "postmaster.pid").exists():
            with contextlib.suppress(subprocess.SubprocessError):
                self._control("stop", "-m", "immediate")
        shutil.rmtree(FOLDER, ignore_errors=True)
        shutil.rmtree(self.socket, ignore_errors=True)

    def command(self, program, *arguments):
        """A client program with the address of this server."""
        address = ["-h", self.socket, "-U", postgres.USER]
        return [postgres.programs() / program, *address, *arguments]

    def wake(self):
        """Let Odoo look for due work now, as any new work does; else in a minute."""
        self.sql(f"NOTIFY cron_trigger, '{DATABASE}'", "postgres")

    def sql(self, statement, database=DATABASE):
        """Run a statement; return the lines of the answer, fields split by |."""
        options = ["-qAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement]
        command = list(map(str, self.command("psql", *options)))
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return done.stdout.splitlines()

    def _control(self, action, *options):
        log = postgres.owned_folder(LOGS / "postgres") / "day.log"
        options = ["-o", f"-k '{self.socket}'", "-l", log, "-w", "-t", "60", *options]
        self._run("pg_ctl", action, "-D", FOLDER, *options)

    def _run(self, program, *arguments):
        user = postgres._as_server_user(FOLDER.parent)
        # Set by env, as the user who runs the server: libfaketime's files are his.
        clock = [f"{name}={value}" for name, value in preloaded(self.clock).items()]
        command = [*user, "env", *clock, postgres.programs() / program, *arguments]
        with (LOGS / "soak-day-postgres.log").open("a") as output:
            subprocess.run(
                list(map(str, command)),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                start_new_session=True,
                check=True,
                timeout=90,
            )
