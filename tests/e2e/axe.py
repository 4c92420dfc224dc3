"""What axe finds on a page."""

import json

from local import HOME

AXE = HOME / "npm/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page, within="html"):
    """Return what axe finds on a page, or a part of it, each with the places."""
    # The script is put in from outside: the page itself carries none.
    page.evaluate(AXE.read_text())
    options = json.dumps({"runOnly": RULES})
    found = page.evaluate(f"axe.run('{within}', {options})")["violations"]
    return [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found]
