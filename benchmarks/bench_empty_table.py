"""How long asking takes while hardly anybody was asked; before the reports fill it."""

from bench_invitations_world import ask, best
from bench_world import ROUNDS, bench

CUSTOMERS = 100
"""Asked one after the other in each round, as with telephones."""


@bench(goal=100)
def asking_early(world):
    """Pick an outcome on one contact and ask him, table of invitations empty."""
    # What was measured once stays: the table is empty only once.
    if not hasattr(world, "asked_early"):
        assert not hasattr(world, "filled"), "choose asking_early too: it comes first"
        world.asked_early = ask(world, ["pick_each"], CUSTOMERS, ROUNDS)["pick_each"]
    return "ms each", best(world.asked_early), None
