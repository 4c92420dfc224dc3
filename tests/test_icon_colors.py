import re
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..tools.colors import contrast

FOLDER = Path(__file__).parents[1] / "static/src/backend/score"
SURFACES = {
    "nps_colors.scss": ("#ffffff", "#f8f9fa"),
    "nps_colors.dark.scss": ("#1b1d26", "#262a36"),
}
"""Odoo's pages and cards, in the light and in the dark."""
READABLE = 4.5


@tagged("post_install", "-at_install")
class TestIconColors(BaseCase):
    """The icons can be read on light and on dark pages."""

    def colors(self, name):
        """Return dict of name -> colour of a style sheet, as six digits."""
        found = re.findall(r"--o-nps-(\w+): #(\w+);", (FOLDER / name).read_text())
        return {
            key: f"#{digits if len(digits) == 6 else ''.join(d * 2 for d in digits)}"
            for key, digits in found
        }

    def test_every_colour_is_there_in_the_light_and_in_the_dark(self):
        light, dark = (self.colors(name).keys() for name in SURFACES)
        self.assertEqual(light, dark)
        self.assertLessEqual({"promoter", "passive", "detractor", "letter"}, light)

    def test_icons_and_words_stand_out_from_the_page(self):
        for name, surfaces in SURFACES.items():
            colors = self.colors(name)
            del colors["letter"]
            for color in colors.values():
                for surface in surfaces:
                    with self.subTest(sheet=name, color=color, surface=surface):
                        self.assertGreaterEqual(contrast(color, surface), READABLE)

    def test_the_letter_stands_out_from_its_icon(self):
        for name in SURFACES:
            colors = self.colors(name)
            for category in ("promoter", "passive", "detractor"):
                with self.subTest(sheet=name, category=category):
                    found = contrast(colors[category], colors["letter"])
                    self.assertGreaterEqual(found, READABLE)
