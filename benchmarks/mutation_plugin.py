"""A pytest plugin: runs the chosen tests against one changed line after another.

Odoo's registry is loaded once. Each mutant then gets a process of its own, forked from
this one, in which the file is changed in memory, and which ends at the first test that
notices. mutmut makes the mutants.
"""

import doctest
import importlib
import inspect
import json
import os
import random
import re
import signal
import sys
import time
import types
from pathlib import Path

import libcst as cst
from local import ROOT
from mutation_changes import change_of
from mutation_tests import tests_of
from mutmut.mutation.file_mutation import create_mutations

PACKAGE = "odoo.addons.nps"
NOTICED, SURVIVED = 1, 0
SECONDS = 300
"""After so long a mutant is taken for an endless loop, which somebody would notice."""


class Mutant:
    """One change in one file.

    :ivar name: the file, like "tools/counts.py"
    :ivar number: its place among the file's mutants
    """

    def __init__(self, name, number, module, mutation):
        self.name = name
        self.number = number
        self.before = module.code_for_node(mutation.original_node).strip()
        self.after = module.code_for_node(mutation.mutated_node).strip()
        function = mutation.contained_by_top_level_function
        name = getattr(function, "name", None)
        self.function = name.value if name else ""
        changed = module.deep_replace(mutation.original_node, mutation.mutated_node)
        self.code = changed.code

    def row(self, fate):
        """Return what the results say of it."""
        words = {key: getattr(self, key) for key in ("number", "function")}
        change = {"before": self.before[:200], "after": self.after[:200]}
        return {"file": self.name, **words, **change, "fate": fate}


def mutants_of(name):
    """Return every mutant of a file; docstrings and imports are left alone.

    Of controllers only what is in functions: Odoo has read the rest by then.
    """
    path = ROOT / name
    module, mutations, *_rest = create_mutations(str(path), path.read_text())
    mutants = [
        Mutant(name, number, module, mutation)
        for number, mutation in enumerate(mutations)
        if not isinstance(mutation.original_node, cst.ImportFrom)
    ]
    is_routed = name.startswith("controllers/")
    return [mutant for mutant in mutants if mutant.function or not is_routed]


def change(mutant):
    """Change a file in this process's memory."""
    name = f"{PACKAGE}.{mutant.name.removesuffix('.py').replace('/', '.')}"
    module = importlib.import_module(name)
    code = compile(mutant.code, module.__file__, "exec")
    if mutant.name.startswith("controllers/"):
        _change_functions(module, code)
    else:
        _run_again(module, code)
    return module


def _run_again(module, code):
    """Execute a module anew, and give its new things to all who imported the old."""
    old = dict(vars(module))
    exec(code, vars(module))
    new = {key: value for key, value in vars(module).items() if not key.startswith("_")}
    for name, other in list(sys.modules.items()):
        if other is module or not name.startswith(PACKAGE):
            continue
        for key, value in new.items():
            if key in old and vars(other).get(key, module) is old[key]:
                setattr(other, key, value)


def _change_functions(module, code):
    """Put new code into a module's functions: its routes are registered already."""
    found = dict(_functions(code))
    for thing in list(vars(module).values()):
        if getattr(thing, "__module__", None) != module.__name__:
            continue
        for member in [
            thing,
            *(vars(thing).values() if inspect.isclass(thing) else ()),
        ]:
            function = inspect.unwrap(member) if callable(member) else member
            function = getattr(function, "original_endpoint", function)
            if inspect.isfunction(function) and function.__qualname__ in found:
                function.__code__ = found[function.__qualname__]


def _functions(code):
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            yield part.co_qualname, part
            yield from _functions(part)


class Run:
    """The mutants of some files, each against its tests."""

    def __init__(self, plan):
        self.files = plan["files"]
        self.results = Path(plan["results"])
        self.most = plan["most"]
        self.chosen = plan["chosen"] and set(map(tuple, plan["chosen"]))
        self.rows = []

    def pytest_collection_modifyitems(self, items):
        """Run properties before stories: they need no customers."""
        items.sort(key=lambda item: "property" not in item.path.name)

    def pytest_runtestloop(self, session):
        """Try every mutant instead of running the tests once."""
        _load_registry()
        for name in self.files:
            items = [item for item in session.items if _is_about(item, name)]
            for mutant in self._drawn(mutants_of(name)):
                self.rows.append(mutant.row(_try(mutant, items)))
                self.results.write_text(json.dumps(self.rows))
        return True

    def _drawn(self, mutants):
        """Return the chosen mutants of a file, or as many as wanted, drawn by lot."""
        if self.chosen:
            return [m for m in mutants if change_of(m.row("")) in self.chosen]
        if len(mutants) <= self.most:
            return mutants
        lot = random.Random(mutants[0].name)
        return sorted(lot.sample(mutants, self.most), key=lambda each: each.number)


def _is_about(item, name):
    """Tell whether a test is asked about a file: also properties that mention it."""
    topic = name.partition("/")[2].removesuffix(".py")
    if item.path.name.startswith("test_property_"):
        return re.search(rf"\b{topic}\b", item.path.read_text()) is not None
    return item.path.name in tests_of(name)


def _load_registry():
    """Load what every mutant needs; a forked process must not share a connection."""
    import odoo

    odoo.modules.registry.Registry(odoo.tools.config["db_name"][0])
    odoo.sql_db.close_all()


def _try(mutant, items):
    """Return a mutant's fate: "killed", "survived", or "endless"."""
    child = os.fork()
    if not child:
        _live(mutant, items)
    limit = time.monotonic() + SECONDS
    while time.monotonic() < limit:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "survived" if status == 0 else "killed"
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "endless"


def _live(mutant, items):
    """Be a mutant: end with whether anybody noticed."""
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    try:
        os._exit(_noticed(mutant, items))
    except BaseException:
        os._exit(NOTICED)


def _noticed(mutant, items):
    module = change(mutant)
    if doctest.testmod(module).failed:
        return NOTICED
    for item, following in zip(items, [*items[1:], None], strict=True):
        hook = item.ihook
        item.session.testsfailed = 0
        hook.pytest_runtest_protocol(item=item, nextitem=following)
        if item.session.testsfailed:
            return NOTICED
    return SURVIVED


def pytest_configure(config):
    """Take over when there is a plan."""
    plan = os.environ.get("NPS_MUTATION")
    if plan:
        config.pluginmanager.register(Run(json.loads(Path(plan).read_text())))
