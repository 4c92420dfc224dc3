import csv
import io
import re

from hypothesis import example, given
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged

from ..tools import (
    excerpts,
    names,
    personal_links,
    phone_numbers,
    placeholders,
    smtp,
    spreadsheets,
    tokens,
)
from .common_property import examples

digits = st.integers(10**6, 10**12).map(str)
gaps = st.text(
    " -./)\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{EN DASH}", max_size=1
)
"""No opening bracket: a zero in brackets behind a country code is left out."""
plain = st.text("abc xyz,.é", max_size=20)
words = st.lists(st.text("abcé10", min_size=1, max_size=5), min_size=1, max_size=12)


@tagged("post_install", "-at_install")
class TestPropertyCaller(TransactionCase):
    """What a telephone system sends: anything."""

    @examples(300)
    @given(
        st.one_of(
            st.text(max_size=60),
            st.text("+0123456789 -()./*#;@:<>sipetlx%", max_size=40),
            st.binary(max_size=20),
            st.integers(),
            st.floats(),
            st.lists(st.integers(), max_size=2),
        )
    )
    @example("sip:" * 400)
    @example("%" * 127)
    def test_whatever_is_heard_there_is_an_answer_that_can_be_shown(self, text):
        heard = phone_numbers.listen(text)
        if heard.kind in ("number", "internal"):
            self.assertTrue(re.fullmatch(r"\+?[0-9]{1,19}", heard.text))
            # A number that was understood is understood the same again.
            self.assertEqual(phone_numbers.listen(heard.text), heard)
        else:
            self.assertIn(heard.kind, ("hidden", "malformed"))
            self.assertTrue(heard.text.isprintable() or not heard.text)
            self.assertLessEqual(len(heard.text), phone_numbers.SHOWN + 1)

    @examples()
    @given(digits, st.sampled_from(["", "+"]), st.lists(gaps, min_size=13, max_size=13))
    def test_how_a_number_is_written_changes_nothing(self, number, plus, between):
        parts = zip(number, between, strict=False)
        written = plus + "".join(digit + gap for digit, gap in parts)
        for text in (written, f"sip:{plus}{number}@pbx.example", f"tel:{written}"):
            self.assertEqual(
                phone_numbers.listen(text), ("number", plus + number), text
            )


@tagged("post_install", "-at_install")
class TestPropertyInert(TransactionCase):
    """A cell is no formula, and still says what it said."""

    @examples(200)
    @given(st.one_of(st.text(max_size=20), st.text("=+-@\t\r\n'＝＋－＠a", max_size=6)))
    def test_no_text_begins_like_a_formula_and_none_is_lost(self, text):
        cell = spreadsheets.inert(text)
        self.assertNotRegex(cell, r"\A[=+\-@\t\r\n＝＋－＠]")
        self.assertIn(cell, (text, f"'{text}"))
        self.assertEqual(spreadsheets.inert(cell), cell)

    @examples()
    @given(st.lists(st.text("=+-@,;\"'\n\ta1", max_size=8), min_size=1, max_size=4))
    def test_nor_does_a_cell_of_a_file(self, row):
        file = io.StringIO(newline="")
        csv.writer(file).writerow(map(spreadsheets.inert, row))
        (read,) = csv.reader(io.StringIO(file.getvalue(), newline=""))
        self.assertFalse([cell for cell in read if cell[:1] in tuple("=+-@\t\r\n")])

    @examples()
    @given(st.one_of(st.integers(), st.floats(), st.booleans(), st.none()))
    def test_what_is_no_text_stays_what_it_is(self, value):
        self.assertIs(spreadsheets.inert(value), value)


@tagged("post_install", "-at_install")
class TestPropertyPlaceholders(TransactionCase):
    """Words in braces."""

    @examples(200)
    @given(st.text("{}|agent co", max_size=40), st.text("{}|agent", max_size=12))
    def test_only_known_names_are_asked_for_and_no_word_is_filled_twice(
        self, text, word
    ):
        asked = []

        def agent():
            asked.append("agent")
            return word

        found = placeholders.fill(text, {"agent": agent})
        self.assertEqual(len(asked), placeholders.names(text).count("agent"))
        if word:
            # What a customer is called is no placeholder itself.
            marked = placeholders.fill(text, {"agent": lambda: "\0"})
            self.assertEqual(found, marked.replace("\0", word))
        if not asked:
            self.assertEqual(found, text)

    @examples()
    @given(plain, plain, plain)
    def test_an_empty_word_gives_way_to_what_stands_behind_the_bar(
        self, before, own, after
    ):
        text = f"{before}{{agent|{own}}}{after}"
        self.assertEqual(
            placeholders.fill(text, {"agent": str}, {"agent": lambda: "we"}),
            before + own + after,
        )


@tagged("post_install", "-at_install")
class TestPropertyMail(TransactionCase):
    """Links in mails, and what mail servers and people write."""

    @examples()
    @given(st.lists(st.tuples(plain, st.integers(1, 10**9)), max_size=5))
    def test_each_link_becomes_personal_and_can_be_taken_out_again(self, pieces):
        base = "https://acme.example"
        text = "".join(
            f"{words} {personal_links.placeholder(base, number)} "
            for words, number in pieces
        )
        ids = personal_links.find_invitation_ids(text)
        self.assertEqual(ids, list(dict.fromkeys(number for _words, number in pieces)))
        secrets = {number: tokens.new_token() for number in ids}
        personal = personal_links.personalise(text, secrets)
        self.assertFalse(personal_links.find_invitation_ids(personal))
        for secret in secrets.values():
            self.assertIn(f"/nps/{secret} ", personal)
            self.assertNotIn(secret, personal_links.redact(personal))

    @examples(200)
    @given(st.text("/nps/personal/0123 a", max_size=60))
    @example("/nps/person/nps/personal/1al/2")
    @example("/nps/personal/1/nps/personal/2")
    @example("/nps/personal" + "/nps/personal/3" + "/4")
    @example("/nps/" + "x" * 43 + "/7")
    def test_no_words_of_a_customer_put_a_placeholder_into_a_mail(self, text):
        harmless = personal_links.disarm(text)
        self.assertFalse(personal_links.find_invitation_ids(harmless))
        self.assertEqual(personal_links.disarm(harmless), harmless)

    @examples()
    @given(st.integers(200, 599), plain)
    def test_a_mail_server_refuses_for_good_by_a_code_of_500_and_above(
        self, code, text
    ):
        for words in (f"{code} {text}", f"Refused: ({code}, b'{text}')"):
            self.assertEqual(smtp.is_permanent(words), code >= 500)

    @examples()
    @given(words, st.data())
    def test_whatever_is_left_out_of_somebodys_words_he_said_the_rest(self, said, data):
        cuts = data.draw(st.lists(st.integers(0, len(said)), min_size=2, max_size=4))
        cuts = sorted(cuts)
        pieces = [" ".join(said[a:b]) for a, b in zip(cuts, cuts[1:], strict=False)]
        quote = " … ".join(pieces)
        self.assertIsNone(excerpts.unsaid(quote, "\n".join(said)))
        self.assertEqual(excerpts.unsaid(f"{quote} … zzz", " ".join(said)), "zzz")

    @examples()
    @given(st.one_of(st.none(), st.text(max_size=30)))
    def test_a_first_name_is_one_word_of_the_name(self, name):
        found = names.first_name(name)
        self.assertIn(found, name or "")
        self.assertLessEqual(len(found.split()), 1)
