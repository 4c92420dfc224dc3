"""Databases: dependencies built once, copies of them, installs watched by a gate."""

import ast
import contextlib
import os
import re
import shutil
from pathlib import Path

from local import (
    ADDON,
    BIN,
    HOME,
    LOGS,
    REQUIREMENTS,
    ROOT,
    Problem,
    digest,
    lock,
    run,
)
from postgres import command, sql
from steps import step

FILESTORE = HOME / "data/filestore"
LOADING = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")
BAD_LINE = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (WARNING|ERROR|CRITICAL) ", re.M)


def manifest():
    """The addon's manifest."""
    return ast.literal_eval((ROOT / "__manifest__.py").read_text())


def exists(name):
    """Whether there is a database of this name."""
    return bool(sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def drop(name):
    """Remove a database and its files."""
    sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    remove_files(name)


def remove_files(name):
    """Remove the files of a database."""
    shutil.rmtree(FILESTORE / name, ignore_errors=True)


def copy(source, name):
    """Replace a database by a copy of another one; the files are hard links."""
    drop(name)
    options = ["-T", source, name]
    run(command("createdb", *options), f"db-{name}", f"Copying database {source}")
    copy_files(source, name)


def copy_files(source, name):
    """Replace the files of a database by those of another one, as hard links."""
    remove_files(name)
    if (FILESTORE / source).exists():
        shutil.copytree(FILESTORE / source, FILESTORE / name, copy_function=os.link)


def rename(old, new):
    """Give a finished database its final name."""
    with contextlib.suppress(FileNotFoundError):
        (FILESTORE / old).rename(FILESTORE / new)
    sql(f'ALTER DATABASE "{old}" RENAME TO "{new}"')


def _loaded(log):
    """How far Odoo's loading of modules is, from the end of its log."""
    with log.open("rb") as handle:
        handle.seek(max(0, log.stat().st_size - 20000))
        found = LOADING.findall(handle.read().decode(errors="replace"))
    return f"{found[-1][1]}/{found[-1][2]} {found[-1][0]}" if found else ""


def odoo(database, title, *arguments, log, gate=False, must=True):
    """Run Odoo to do one thing and end; with the gate, its log must be clean."""
    path = LOGS / f"{log}.log"
    LOGS.mkdir(parents=True, exist_ok=True)
    path.write_text("")
    options = ["-d", database, "--stop-after-init", "--no-http", *arguments]
    with step(title, lambda: _loaded(path)):
        text = run([BIN / "odoo", *options], log, title, must)
    if gate:
        check_log(text, title, path)
    return text


def bad_lines(text):
    """Every record of a log that is a warning or worse, with its traceback."""
    records = re.split(r"^(?=\d{4}-\d\d-\d\d [\d:,]+ \d+ [A-Z]+ )", text, flags=re.M)
    return [record.rstrip() for record in records if BAD_LINE.match(record)]


def check_log(text, title, path):
    """Raise when Odoo complained."""
    bad = bad_lines(text)
    if bad:
        shown = "\n".join(record[:2000] for record in bad[:20])
        raise Problem(f"{title}: the log has warnings or errors ({path}):\n{shown}")


def dependencies_name(odoo_found, demo):
    """The database that holds the dependencies; its name says which ones."""
    locked = (REQUIREMENTS / "odoo.txt").read_text()
    key = digest(odoo_found.version, locked, *sorted(manifest()["depends"]))
    return f"{'demo' if demo else 'plain'}_deps_{key}"


def build_dependencies(odoo_found, demo=False):
    """Build the database with the dependencies unless it is there."""
    name = dependencies_name(odoo_found, demo)
    part = f"part_{name}"
    with lock(name):
        if exists(name):
            return name
        drop(part)
        title = f"Build the dependencies{' with demo data' if demo else ''}"
        options = ["-i", ",".join(manifest()["depends"]), *_demo(demo)]
        odoo(part, title, *options, log=f"build-{'demo' if demo else 'plain'}")
        _forget_older(name)
        rename(part, name)
    return name


def _demo(demo):
    return ["--with-demo"] if demo else []


def _forget_older(name):
    kind = name.partition("_deps_")[0]
    old = sql(f"SELECT datname FROM pg_database WHERE datname LIKE '{kind}_deps_%'")
    for database in old:
        drop(database)


def build_addon(dependencies, name, demo=False, gate=True, beside=()):
    """Install the addon on a copy of its dependencies, all or nothing.

    :param beside: further modules to install with it
    """
    part = f"part_{name}"
    copy(dependencies, part)
    title = f"Install {ADDON}{' with its demo company' if demo else ''}"
    wanted = ",".join([ADDON, *beside])
    odoo(part, title, "-i", wanted, *_demo(demo), log=f"install-{name}", gate=gate)
    if not is_installed(part):
        raise Problem(f"{title}: Odoo did not install it ({LOGS}/install-{name}.log).")
    drop(name)
    rename(part, name)


def is_installed(database):
    """Whether the addon is installed in a database."""
    query = f"SELECT state FROM ir_module_module WHERE name = '{ADDON}'"
    return sql(query, database) == ["installed"]


def set_parameter(database, key, value):
    """Set a system parameter without starting Odoo."""
    sql(
        "INSERT INTO ir_config_parameter (key, value) "
        f"VALUES ('{key}', '{value}') ON CONFLICT (key) DO UPDATE "
        "SET value = EXCLUDED.value",
        database,
    )


def test_files():
    """The addon's own test files, as (without a browser, with one)."""
    plain, browser = [], []
    for path in sorted(Path(ROOT, "tests").glob("test_*.py")):
        text = path.read_text()
        needs = "start_tour(" in text or "browser_js(" in text
        (browser if needs else plain).append(path.name)
    return plain, browser
