"""Run the demo: Odoo with the demo company, and a mail catcher, until Ctrl-C."""

import contextlib
import fcntl
import time
import urllib.error
import urllib.request

import postgres
from databases import (
    ADDON,
    build_addon,
    build_dependencies,
    exists,
    odoo,
    set_parameter,
)
from local import (
    BIN,
    HOME,
    LOGS,
    SCRIPTS,
    STAMPS,
    Problem,
    Stopped,
    addon_digest,
    end,
    main,
    next_free_port,
    popen,
    set_stamp,
    stamp,
)
from steps import alone, elapsed, say, step
from toolchain import NPM_MODULES, prepare

DEMO = "demo"
MAILS = HOME / "mails"


def have_demo_database(odoo_found):
    """Install the addon, or update it when the checkout changed since."""
    now = addon_digest()
    if not exists(DEMO):
        (STAMPS / "demo").unlink(missing_ok=True)
        dependencies = build_dependencies(odoo_found, demo=True)
        build_addon(dependencies, DEMO, demo=True, gate=False)
    elif stamp("demo") != now:
        title = f"Update {ADDON} (the checkout changed)"
        odoo(DEMO, title, "-u", ADDON, log="update-demo")
    set_stamp("demo", now)


@contextlib.contextmanager
def only_demo():
    """One demo per checkout."""
    (HOME / "locks").mkdir(parents=True, exist_ok=True)
    with (HOME / "locks/demo").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem("The demo of this checkout is running already.") from None
        yield


def choose_ports():
    """The usual ports, or the next free ones, and a word about it."""
    ports = {}
    for name, wanted in (("Odoo", 8069), ("mail page", 1080), ("mail server", 1025)):
        ports[name] = next_free_port(wanted, ports.values())
        if ports[name] != wanted:
            say(f"   Port {wanted} is taken: {name} uses {ports[name]}.")
    return ports


def start_mail_catcher(ports):
    """Start maildev; it keeps the mails in the checkout's own folder."""
    MAILS.mkdir(exist_ok=True)
    program = NPM_MODULES / "maildev/bin/maildev"
    options = ["--ip", "127.0.0.1", "--web-ip", "127.0.0.1", "--mail-directory", MAILS]
    options += ["--smtp", ports["mail server"], "--web", ports["mail page"]]
    with (LOGS / "maildev.log").open("w") as log:
        return popen(["node", program, *options], stdout=log, stderr=log)


def start_odoo(ports):
    """Start the demo's Odoo."""
    set_parameter(DEMO, "web.base.url", f"http://localhost:{ports['Odoo']}")
    options = ["-d", DEMO, "--db-filter", f"^{DEMO}$", "--no-database-list"]
    options += ["--http-port", ports["Odoo"], "--smtp", "localhost"]
    options += ["--smtp-port", ports["mail server"]]
    with (LOGS / "demo.log").open("w") as log:
        return popen([BIN / "odoo", *options], stdout=log, stderr=log)


def wait_for(address, child, name, log):
    """Wait until a page answers; give up when its server ended."""
    for _attempt in range(600):
        if child.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(address, timeout=60).close()
            return
        time.sleep(0.2)
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
    raise Problem(f"{name} did not start. From {log}:\n{tail}")


def tell(ports):
    """What the person needs now."""
    say(
        f"\n Odoo          http://localhost:{ports['Odoo']}   login admin, "
        f"password admin\n Mail catcher  http://localhost:{ports['mail page']}\n\n"
        f" Try first:\n{(SCRIPTS / 'first_clicks.txt').read_text()}\n"
        f" Ready after {elapsed():.0f} s. Ctrl-C stops everything; "
        "the data stays for the next time.\n"
    )


def serve():
    """Run Odoo and the mail catcher until one ends or the person stops it."""
    ports = choose_ports()
    servers = [start_mail_catcher(ports), start_odoo(ports)]
    try:
        mail, web = servers
        with step("Start Odoo and the mail catcher"):
            address = f"http://127.0.0.1:{ports['mail page']}/"
            wait_for(address, mail, "The mail catcher", LOGS / "maildev.log")
            address = f"http://127.0.0.1:{ports['Odoo']}/web/login"
            wait_for(address, web, "Odoo", LOGS / "demo.log")
        tell(ports)
        while all(server.poll() is None for server in servers):
            time.sleep(0.5)
        raise Problem(f"A server ended by itself: see {LOGS}.")
    except Stopped:
        say("\n Stopping …")
    finally:
        for server in servers:
            end(server)


def run_demo():
    """All of `make run`."""
    odoo_found = prepare()
    with only_demo(), postgres.running():
        alone(lambda: have_demo_database(odoo_found))
        serve()
    say(" Stopped. The data is kept; `make run` starts it again.")


if __name__ == "__main__":
    main(run_demo)
