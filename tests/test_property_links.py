import base64
import string
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from odoo.tests import tagged
from odoo.tools import consteq, hash_sign

from ..controllers.forms import read_form
from ..models.nps_invitation_page_note import SCOPE
from ..models.nps_response import LONGEST_COMMENT
from ..tools import metrics, robots, tokens
from .common import NpsCommon
from .common_property import examples

URL_LETTERS = string.ascii_letters + string.digits + "-_"
purposes = st.sampled_from([robots.ASK, robots.CHANGE, robots.OPT_OUT])
ages = st.floats(-(10**6), 10**6)


@tagged("post_install", "-at_install")
class TestPropertyLink(NpsCommon):
    """The secret in a customer's link."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invitation = cls.pick()
        cls.token = cls.make_link(cls.invitation)
        cls.links = cls.env["nps.invitation.link"]

    @examples()
    @given(st.integers(1, 20))
    def test_every_secret_is_new_and_of_256_bits(self, count):
        found = {tokens.new_token() for _n in range(count)}
        self.assertEqual(len(found), count)
        for token in found:
            self.assertTrue(tokens.is_token(token))
            self.assertEqual(len(base64.urlsafe_b64decode(f"{token}=")), 32)

    @examples(20)
    @given(st.integers(1, 4))
    def test_each_opens_its_own_invitation_and_only_its_hash_is_kept(self, count):
        with self.env.cr.savepoint() as savepoint:
            asked = self.invitation.browse()
            for _n in range(count):
                asked |= self.pick()
            secrets = self.links._issue(asked)
            for invitation in asked:
                secret = secrets[invitation.id]
                self.assertEqual(self.links._find_invitation(secret), invitation)
                for value in invitation.link_ids.read()[0].values():
                    self.assertNotIn(secret, str(value))
                self.assertEqual(
                    invitation.link_ids.token_hash, tokens.hash_token(secret)
                )
            savepoint.rollback()

    @examples(60)
    @given(st.integers(0, 42), st.sampled_from(URL_LETTERS))
    def test_one_other_letter_opens_nothing(self, place, letter):
        other = self.token[:place] + letter + self.token[place + 1 :]
        found = self.links._find_invitation(other)
        is_same = other == self.token
        self.assertEqual(
            found, self.invitation if is_same else self.invitation.browse()
        )

    @examples(200)
    @given(st.one_of(st.none(), st.text(), st.text(URL_LETTERS, max_size=60)))
    def test_no_text_breaks_the_search_and_none_opens_anything(self, text):
        self.assertFalse(self.links._find_invitation(text))

    @examples(60)
    @given(st.text(max_size=3), st.text(max_size=3))
    def test_nothing_may_stand_around_a_secret(self, before, after):
        text = before + self.token + after
        self.assertEqual(tokens.is_token(text), text == self.token)

    def test_the_hash_itself_opens_nothing(self):
        self.assertFalse(self.links._find_invitation(tokens.hash_token(self.token)))


@tagged("post_install", "-at_install")
class TestPropertyPageNote(NpsCommon):
    """The signed note in each form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invitation, cls.other = cls.pick(), cls.pick()

    def sign(self, *values, scope=SCOPE):
        return hash_sign(self.env(su=True), scope, list(values))

    @examples()
    @given(purposes, st.floats(0.001, 10**10))
    def test_what_was_signed_is_read_as_it_was(self, purpose, made_at):
        note = self.invitation._read_page(self.invitation._sign_page(purpose, made_at))
        self.assertEqual(note[:2], (self.invitation.id, purpose))
        self.assertEqual(note.made_at, made_at)
        self.assertIsNone(
            self.other._read_page(self.invitation._sign_page(purpose, made_at))
        )

    def test_no_two_pages_are_the_same_page(self):
        notes = [self.invitation._sign_page(robots.ASK, 1.0) for _n in range(50)]
        self.assertEqual(
            len({self.invitation._read_page(n).page_id for n in notes}), 50
        )

    @examples(300)
    @given(purposes, st.data())
    def test_one_flipped_bit_and_it_is_refused(self, purpose, data):
        raw = bytearray(_raw(self.invitation._sign_page(purpose, 1.0)))
        place = data.draw(st.integers(0, 8 * len(raw) - 1))
        raw[place // 8] ^= 1 << place % 8
        self.assertIsNone(self.invitation._read_page(_text(raw)))

    @examples(200)
    @given(st.data())
    def test_cut_or_joined_with_another_it_is_refused(self, data):
        left = _raw(self.invitation._sign_page(robots.ASK, 1.0))
        right = _raw(self.other._sign_page(robots.CHANGE, 2.0))
        end = data.draw(st.integers(0, len(left) - 1))
        start = data.draw(st.integers(1, len(right)))
        for raw in (left[:end], left + right[start - 1 :], left[:end] + right[start:]):
            for invitation in (self.invitation, self.other):
                if raw not in (left, right):
                    self.assertIsNone(invitation._read_page(_text(raw)))

    @examples()
    @given(st.text(min_size=1, max_size=20).filter(lambda text: text != SCOPE))
    def test_what_was_signed_for_something_else_is_refused(self, scope):
        values = self.invitation.id, robots.ASK, "x", 1.0
        self.assertTrue(self.invitation._read_page(self.sign(*values)))
        self.assertIsNone(self.invitation._read_page(self.sign(*values, scope=scope)))

    @examples(20)
    @given(st.uuids().map(str))
    def test_what_another_database_signed_is_refused(self, secret):
        ours = self.invitation._sign_page(robots.ASK, 1.0)
        with self.env.cr.savepoint() as savepoint:
            parameters_sudo = self.env["ir.config_parameter"].sudo()
            parameters_sudo.set_param("database.secret", secret)
            theirs = self.invitation._sign_page(robots.ASK, 1.0)
            self.assertIsNone(self.invitation._read_page(ours))
            savepoint.rollback()
        self.env.registry.clear_all_caches()
        self.assertIsNone(self.invitation._read_page(theirs))
        self.assertTrue(self.invitation._read_page(ours))

    @examples(300)
    @given(
        st.one_of(
            st.none(),
            st.text(),
            st.text(st.characters(), max_size=40),
            st.text(URL_LETTERS, max_size=90),
            st.binary(max_size=80).map(lambda raw: _text(b"\x01" + raw)),
        )
    )
    def test_no_text_breaks_the_reading_and_none_is_taken_for_a_note(self, text):
        self.assertIsNone(self.invitation._read_page(text))

    @examples()
    @given(
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
            lambda inner: st.lists(inner, max_size=5),
            max_leaves=6,
        )
    )
    def test_what_is_signed_but_no_note_is_none(self, values):
        text = hash_sign(self.env(su=True), SCOPE, values if values is not None else 0)
        note = self.invitation._read_page(text)
        self.assertTrue(note is None or note.invitation_id == self.invitation.id)

    @examples(200)
    @given(ages)
    def test_a_page_is_too_new_too_old_or_fresh_and_never_of_the_future(self, age):
        note, now = robots.PageNote(1, robots.ASK, "x", 0.0), age
        if age < 0:
            self.assertTrue(note.is_too_fast(now))
        self.assertFalse(note.is_too_fast(now) and note.is_too_old(now))
        is_fresh = not note.is_too_fast(now) and not note.is_too_old(now)
        self.assertEqual(is_fresh, 1.5 <= age <= 24 * 3600)

    def test_signatures_are_compared_in_constant_time(self):
        text = self.invitation._sign_page(robots.ASK)
        with patch("odoo.tools.misc.consteq", side_effect=consteq) as compare:
            self.assertTrue(self.invitation._read_page(text))
        self.assertEqual(compare.call_count, 1)


@tagged("post_install", "-at_install")
class TestPropertyForm(NpsCommon):
    """What stands in a form, and what of it is stored."""

    names = st.one_of(
        st.sampled_from(["score", "comment", "reason", "contact", "quote", "keep"]),
        st.integers(0, 10**10).map(lambda number: f"driver_{number}"),
        st.text(max_size=9),
    )
    values = st.one_of(
        st.text(max_size=12), st.sampled_from(["0", "9", "1", "٥", "-1", "9" * 30])
    )
    forms = st.lists(st.tuples(names, values), max_size=12).map(MultiDict)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey.write({"offers_contact": True})
        cls.invitation = cls.pick()
        cls.make_link(cls.invitation)

    @examples(300)
    @given(forms)
    def test_no_form_breaks_the_reading_and_numbers_fit_the_database(self, form):
        typed, pressed = read_form(form)
        self.assertIn(pressed, ("", "keep", "change"))
        self.assertNotIn("\0", typed["comment"])
        numbers = [*typed["reasons"], *typed["drivers"], *typed["drivers"].values()]
        for number in numbers:
            self.assertTrue(0 <= number < 2**31)
        self.assertIn(metrics.parse_score("nps", typed["score"]), (None, *range(11)))

    @examples(40)
    @given(forms, st.integers(0, 10), st.lists(forms, max_size=2))
    def test_only_what_the_survey_offers_is_stored(self, form, score, more):
        with self.env.cr.savepoint() as savepoint:
            for number, again in enumerate([form, *more]):
                typed, _pressed = read_form(again)
                del typed["score"]
                result = self.env["nps.response"]._submit(
                    self.invitation, score, **typed
                )
                self.assertEqual(result, "merged" if number else "stored")
            self.invitation.invalidate_recordset()
            response = self.invitation.response_ids
            self.assertEqual(len(response), 1)
            self.assertEqual(response.score, score)
            self.assertLessEqual(len(response.comment or ""), LONGEST_COMMENT)
            content = self.survey._page_content()
            offered = str(content["after"][response.category]["reasons"])
            for reason in response.reason_ids.ids:
                self.assertIn(str(reason), offered)
            drivers = [driver["id"] for driver in content["drivers"]]
            asked = response.driver_answer_ids.driver_id.ids
            self.assertLessEqual(set(asked), set(drivers))
            savepoint.rollback()


def _raw(text):
    return base64.urlsafe_b64decode(text + "===")


def _text(raw):
    return base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("=")
