"""Whether asking and answering get slower as the tables fill; after the reports.

They share the reports' million interactions: a second million takes minutes.
"""

from bench_answers import OF_RATING, page, press
from bench_answers_world import (
    Lane,
    fill_links,
    invite_to_ours,
    invite_to_rating,
    measure,
    our_form,
    rating_answer,
    small,
)
from bench_empty_table import CUSTOMERS, asking_early
from bench_invitations_world import ask, best
from bench_reports_world import fill_answers
from bench_world import ROUNDS, bench

GROWN = 1.15
"""So many times as long it may take with a million invitations as with few.

Two servers that are equal differ by up to a tenth in what is measured here.
"""


@bench(goal=1.25, relative=True)
def asking_late(world):
    """Pick and ask as before, with 1,000,000 invitations; beside it: with few."""
    asking_early(world)
    fill_answers(world)
    rows = ask(world, ["pick_each"], CUSTOMERS, ROUNDS)["pick_each"]
    return "ms each", best(rows), best(world.asked_early)


def answers(world):
    """Return the batches with few invitations and with a million, measured once."""
    if not hasattr(world, "answers"):
        fill_links(world)
        # Both servers have just started: what one did before makes it slower.
        world.server.restart()
        with small() as few:
            found = {
                "few": Lane(few, our_form, invite_to_ours),
                "million": Lane(world, our_form, invite_to_ours),
                "million ratings": Lane(world, rating_answer, invite_to_rating),
            }
            world.answers = measure(found, 1, 40)
    return world.answers


@bench(goal=GROWN, relative=True)
def answer_growth_page(world):
    """First page with 1,000,000 invitations, beside few, median."""
    found = answers(world)
    return "ms", page(found["million"]), page(found["few"])


@bench(goal=GROWN, relative=True)
def answer_growth_press(world):
    """First form sent with 1,000,000 invitations, beside few, median."""
    found = answers(world)
    return "ms", press(found["million"]), press(found["few"])


@bench(goal=OF_RATING, relative=True)
def answer_growth_rating(world):
    """First page with 1,000,000 invitations, beside 1,000,000 ratings, median."""
    found = answers(world)
    return "ms", page(found["million"]), page(found["million ratings"])
