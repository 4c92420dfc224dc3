"""What axe finds on a screen of the backend."""

import json
from pathlib import Path

from odoo.tests import HttpCase

AXE = Path(__file__).resolve().parents[1] / (
    ".nps/npm/node_modules/axe-core/axe.min.js"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = """
(async () => {
    %(axe)s;
    const until = async (selector) => {
        while (!document.querySelector(selector)) {
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    };
    for (const selector of %(presses)s) {
        await until(selector);
        document.querySelector(selector).click();
    }
    await until(%(part)s + " " + %(shows)s);
    const { violations } = await axe.run(%(part)s, { runOnly: %(rules)s });
    const found = violations.map((v) => [v.id, v.nodes.map((node) => node.html)]);
    const width = document.documentElement.scrollWidth;
    if (width > %(widest)s) {
        found.push(["too wide", width]);
    }
    console.log(found.length ? "" : "test successful");
    if (found.length) {
        console.error(JSON.stringify(found));
    }
})();
"""


class AxeCase(HttpCase):
    """Looks at a part of a screen as people with other senses meet it."""

    def assertAccessible(self, url, login, part, shows, presses=(), widest=9999):
        """Open a screen, press what is to be pressed, and let axe look at a part.

        :param part: the CSS selector of the part
        :param shows: the selector of what has to stand in it before axe looks
        :param presses: selectors of what to press, in order
        :param int widest: how wide the screen may be, in CSS pixels
        """
        if not AXE.exists():
            self.skipTest("axe-core is not installed: make setup")
        values = {"part": part, "shows": shows, "presses": presses, "rules": RULES}
        values = {name: json.dumps(value) for name, value in values.items()}
        code = CHECK % {**values, "axe": AXE.read_text(), "widest": widest}
        try:
            self.browser_js(url, code, "odoo.isReady === true", login=login, timeout=60)
        except AssertionError as error:
            # Without the half megabyte of axe.
            raise AssertionError(str(error).rpartition('" failed')[2]) from None
