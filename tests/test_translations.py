import io
import re

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path
from odoo.tools.translate import trans_export

LANGUAGES = ("de", "fr")
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[sd]|%[sd]|\{\w+\}|\{\{.*?\}\}|<t [^>]*>")


def read(name):
    return polib.pofile(file_path(f"nps/i18n/{name}"))


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    def test_the_template_holds_the_terms_of_the_source(self):
        buffer = io.BytesIO()
        trans_export(None, ["nps"], buffer, "po", self.env)
        exported = {
            entry.msgid
            for entry in polib.pofile(buffer.getvalue().decode())
            if not all(":nps.demo_" in place for place, _line in entry.occurrences)
        }
        # `make pot` brings it up to date.
        self.assertEqual({entry.msgid for entry in read("nps.pot")}, exported)

    def test_every_language_knows_every_term_and_no_other(self):
        terms = {entry.msgid for entry in read("nps.pot")}
        for language in LANGUAGES:
            with self.subTest(language=language):
                self.assertEqual({e.msgid for e in read(f"{language}.po")}, terms)

    def test_every_translation_keeps_the_placeholders(self):
        for language in LANGUAGES:
            for entry in read(f"{language}.po").translated_entries():
                with self.subTest(language=language, term=entry.msgid[:40]):
                    self.assertEqual(
                        sorted(PLACEHOLDER.findall(entry.msgstr)),
                        sorted(PLACEHOLDER.findall(entry.msgid)),
                    )
