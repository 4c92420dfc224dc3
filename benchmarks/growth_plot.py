"""Draw benchmarks/growth.png from benchmarks/growth.json: time against interactions."""

import json
from pathlib import Path

from toolchain import extra_packages

HERE = Path(__file__).parent
# Colour, mark and line differ, each enough to tell them apart.
WAYS = {
    "interactions": ("nps, from interactions", "#b35900", "o", "-"),
    "days": ("nps, from counted days", "#00695c", "s", "-"),
    "plain SQL": ("a specialist's plain SQL", "#37474f", "^", "--"),
    "ratings": ("Odoo's ratings, as many", "#6a1b9a", "D", ":"),
}


def draw():
    """Draw a panel for each question, with a library that only this needs."""
    extra_packages("bench")
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    rows = json.loads((HERE / "growth.json").read_text())
    questions = sorted({row["question"] for row in rows})
    figure, panels = pyplot.subplots(
        1, len(questions), figsize=(4.4 * len(questions), 4.4), sharey=True
    )
    for panel, question in zip(panels, questions, strict=True):
        _draw_panel(panel, question, [r for r in rows if r["question"] == question])
    panels[0].set_ylabel("milliseconds, best of three")
    panels[-1].legend(fontsize=8, loc="upper left")
    figure.tight_layout()
    figure.savefig(HERE / "growth.png", dpi=110)


def _draw_panel(panel, question, rows):
    for way, (label, color, mark, line) in WAYS.items():
        points = sorted((r["interactions"], r["ms"]) for r in rows if r["way"] == way)
        if points:
            panel.plot(
                *zip(*points, strict=True),
                label=label,
                color=color,
                marker=mark,
                linestyle=line,
            )
    panel.set_xscale("log")
    panel.set_yscale("log")
    panel.xaxis.set_major_formatter("{x:,.0f}")
    panel.yaxis.set_major_formatter("{x:,.0f}")
    panel.set_title(f"Net score {question}", fontsize=10)
    panel.set_xlabel("interactions")
    panel.grid(which="major", color="#cfd8dc", linewidth=0.6)


if __name__ == "__main__":
    draw()
