from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_privacy import EMAIL, MARKERS, NAME, NpsPrivacyCommon


@tagged("post_install", "-at_install")
class TestErasure(NpsPrivacyCommon):
    """A person who is erased stands nowhere any more, and no number moves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_marked_person()

    def erase(self, **options):
        persons = (self.marked | self.twin).with_user(self.admin)
        erasure = persons.action_nps_erase_person(**options)
        self.env.invalidate_all()
        return erasure

    def test_the_marked_person_stands_in_every_place_before(self):
        found = {place.rpartition(": ")[2] for place in self.places_of()}
        self.assertFalse(MARKERS.keys() - found)

    def test_nothing_of_the_person_is_left_in_any_column_of_any_table(self):
        self.erase()
        self.assertEqual(self.places_of(), [])

    def test_every_number_by_every_grouping_stays_what_it_was(self):
        before = self.numbers()
        self.erase()
        after = self.numbers()
        for name, rows in before.items():
            with self.subTest(name):
                self.assertEqual(after[name], rows)
