"""Whether asking gets slower as the table of invitations fills; after the reports."""

from bench_empty_table import asking_early
from bench_invitations_world import ask, best
from bench_reports_world import fill_answers
from bench_world import ROUNDS, bench


@bench(goal=1.25, relative=True)
def asking_late(world):
    """Pick and ask as before, with 1,000,000 invitations; beside it: with few."""
    asking_early(world)
    fill_answers(world)
    rows = ask(world, ["pick_each"], 200, ROUNDS)["pick_each"]
    return "ms each", best(rows), best(world.asked_early)
