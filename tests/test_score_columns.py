from datetime import timedelta

from odoo import Command, fields
from odoo.tests import freeze_time, new_test_user, tagged

from .common import NpsCommon

COLUMNS = ["nps_score", "nps_category", "nps_metric", "nps_answered_at"]


@tagged("post_install", "-at_install")
class TestScoreColumns(NpsCommon):
    """The last answer, stored beside contact, company and ticket, after every event.

    It is always the newest answer that counts: of the person, of all people who were
    the company's when they were asked, of the ticket itself.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.make_ticket()
        cls.clock = fields.Datetime.now() - timedelta(days=30)
        cls.analyst = new_test_user(
            cls.env,
            "analyst",
            groups="nps.nps_group_analyst",
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.everywhere = (cls.customer, cls.customer_company, cls.ticket)

    def answer_later(self, score, record=None, **values):
        """Ask and answer, a day after what was answered before."""
        type(self).clock += timedelta(days=1)
        with freeze_time(self.clock):
            return self.answer(self.pick(record or self.ticket), score, **values)

    def columns(self, record):
        """Return what the database stores, not what a cache remembers."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.execute(
            f"SELECT {', '.join(COLUMNS)} FROM {record._table} WHERE id = %s",  # noqa: S608
            [record.id],
        )
        return self.env.cr.fetchone()

    def assertShows(self, records, response):
        """Assert that all columns are those of an answer, or empty without one."""
        expected = (None, None, None, None)
        if response:
            expected = (
                response.score,
                response.category,
                response.metric,
                response.submitted_at,
            )
        for record in records:
            with self.subTest(record=record):
                self.assertEqual(self.columns(record), expected)

    def merge(self, source, target):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((source | target).ids, target)

    def suspect(self, response, score=10):
        """Let a second form contradict an answer, as a mail scanner does."""
        with freeze_time(self.clock):
            response._suspect(score, "", None)
        return response.invitation_id.response_ids - response

    # === ANSWERS === #

    def test_without_an_answer_they_are_empty_and_not_zero(self):
        self.assertShows(self.everywhere, None)

    def test_the_first_answer_fills_them_also_with_zero(self):
        self.assertShows(self.everywhere, self.answer_later(0))

    def test_a_later_answer_to_another_survey_brings_its_metric(self):
        self.answer_later(9)
        self.outcome.survey_id = self.make_survey("ces")
        second = self.answer_later(2)
        self.assertEqual(second.metric, "ces")
        self.assertShows(self.everywhere, second)

    def test_a_call_without_a_ticket_leaves_the_ticket_as_it_was(self):
        first = self.answer_later(9)
        second = self.answer_later(3, self.customer)
        self.assertShows([self.ticket], first)
        self.assertShows([self.customer, self.customer_company], second)

    def test_a_late_answer_to_an_old_question_is_the_last_one(self):
        with freeze_time(self.clock):
            asked_first = self.pick(self.ticket)
        self.answer_later(9)
        with freeze_time(self.clock + timedelta(days=1)):
            late = self.answer(asked_first, 1)
        self.assertShows(self.everywhere, late)

    def test_a_correction_takes_the_place_of_what_it_corrects(self):
        first = self.answer_later(9)
        with freeze_time(self.clock + timedelta(hours=1)):
            corrected = self.answer(first.invitation_id, 2, change=True)
        self.assertEqual((first.state, corrected.score), ("superseded", 2))
        self.assertShows(self.everywhere, corrected)

    def test_words_and_ticks_change_nothing(self):
        first = self.answer_later(9)
        self.answer(first.invitation_id, 9, comment="Quick", contact=True)
        self.assertShows(self.everywhere, first)

    # === DOUBTS AND DECISIONS === #

    def test_a_suspect_answer_gives_way_to_the_one_before(self):
        before = self.answer_later(8, self.make_ticket())
        first = self.answer_later(0)
        self.suspect(first)
        self.assertShows([self.customer, self.customer_company], before)
        self.assertShows([self.ticket], None)

    def test_the_answer_that_the_customer_confirms_shows_again(self):
        first = self.answer_later(0)
        self.suspect(first)
        confirmed = self.answer(first.invitation_id, 7, change=True)
        self.assertShows(self.everywhere, confirmed)

    def test_a_suspect_answer_that_an_analyst_accepts_shows(self):
        other = self.suspect(self.answer_later(0))
        other.with_user(self.analyst).action_accept()
        self.assertEqual(other.state, "counted")
        self.assertShows(self.everywhere, other)

    def test_an_excluded_answer_gives_way_to_the_one_before(self):
        before = self.answer_later(8, self.make_ticket())
        bad = self.answer_later(0)
        bad.with_user(self.analyst).action_exclude("test", "Our own trial")
        self.assertShows([self.customer, self.customer_company], before)
        self.assertShows([self.ticket], None)

    def test_an_excluded_answer_that_was_not_the_last_changes_nothing(self):
        old = self.answer_later(0)
        last = self.answer_later(9)
        old.with_user(self.analyst).action_exclude("test", "Our own trial")
        self.assertShows(self.everywhere, last)

    def test_what_corrects_an_excluded_answer_shows_no_more_than_it(self):
        bad = self.answer_later(0)
        bad.with_user(self.analyst).action_exclude("test", "Our own trial")
        self.answer(bad.invitation_id, 9, change=True)
        self.assertShows(self.everywhere, None)

    def test_a_readmitted_answer_shows_again_in_its_place_in_time(self):
        old = self.answer_later(0)
        last = self.answer_later(9, self.customer)
        old.with_user(self.analyst).action_exclude("test", "Our own trial")
        self.assertShows([self.ticket], None)
        old.with_user(self.analyst).action_readmit()
        self.assertShows([self.ticket], old)
        self.assertShows([self.customer, self.customer_company], last)

    # === ERASURE === #

    def test_an_erased_answer_gives_way_to_the_one_before(self):
        before = self.answer_later(8)
        self.answer_later(0).unlink()
        self.assertShows(self.everywhere, before)

    def test_erasing_the_only_answer_empties_them(self):
        self.answer_later(0).unlink()
        self.assertShows(self.everywhere, None)

    def test_answers_are_erased_also_when_their_ticket_is_gone(self):
        response = self.answer_later(0)
        self.ticket.unlink()
        response.unlink()
        self.assertShows([self.customer, self.customer_company], None)

    def test_an_answer_taken_from_its_customer_is_the_last_of_nobody(self):
        before = self.answer_later(8, self.customer)
        response = self.answer_later(0)
        response.invitation_id.write(
            {"partner_id": False, "commercial_partner_id": False}
        )
        self.assertShows([self.customer, self.customer_company], before)
        self.assertShows([self.ticket], response)

    def test_an_answer_given_to_another_customer_is_his(self):
        response = self.answer_later(0)
        other = self.make_customer("Otto", "otto@bluesky.example")
        response.invitation_id.partner_id = other
        self.assertShows([self.customer], None)
        self.assertShows([other, self.customer_company, self.ticket], response)

    def test_a_deleted_contact_leaves_his_answers_to_his_company(self):
        response = self.answer_later(0)
        self.ticket.partner_id = False
        self.customer.unlink()
        self.assertShows([self.customer_company, self.ticket], response)

    def test_a_deleted_company_leaves_the_answers_to_its_people(self):
        response = self.answer_later(0)
        self.customer_company.unlink()
        self.assertShows([self.customer, self.ticket], response)

    def test_a_deleted_ticket_leaves_the_answer_to_the_customer(self):
        response = self.answer_later(0)
        self.ticket.unlink()
        self.assertShows([self.customer, self.customer_company], response)

    # === MERGED CONTACTS === #

    def test_merged_colleagues_show_the_newer_answer_of_both(self):
        twin = self.make_customer("Twin", "twin@bluesky.example")
        newer = self.answer_later(0)
        self.merge(twin, self.customer)
        self.assertShows(self.everywhere, newer)

    def test_who_is_merged_into_an_empty_contact_brings_his_answer(self):
        twin = self.make_customer("Twin", "twin@bluesky.example")
        response = self.answer_later(0)
        self.merge(self.customer, twin)
        self.assertShows([twin, self.customer_company, self.ticket], response)

    def test_an_older_answer_that_is_merged_in_does_not_show(self):
        twin = self.make_customer("Twin", "twin@bluesky.example")
        self.answer_later(2, twin)
        newer = self.answer_later(9)
        self.merge(twin, self.customer)
        self.assertShows(self.everywhere, newer)

    def test_merged_people_of_two_companies_leave_each_company_its_answers(self):
        other_company = self.env["res.partner"].create(
            {"name": "Red Sea", "is_company": True}
        )
        twin = self.make_customer(
            "Twin", "t@redsea.example", parent_id=other_company.id
        )
        ticket = self.make_ticket(partner_id=twin.id)
        theirs = self.answer_later(3, ticket)
        ours = self.answer_later(9)
        self.merge(twin, self.customer)
        self.assertShows(self.everywhere, ours)
        # The work was done for the other company, whoever he turned out to be.
        self.assertShows([other_company, ticket], theirs)

    def test_merged_companies_show_the_newest_answer_of_all_their_people(self):
        other_company = self.env["res.partner"].create(
            {"name": "Blue Sky Ltd", "is_company": True}
        )
        twin = self.make_customer(
            "Twin", "t@redsea.example", parent_id=other_company.id
        )
        self.answer_later(9)
        newest = self.answer_later(1, self.make_ticket(partner_id=twin.id))
        self.merge(other_company, self.customer_company)
        self.assertShows([twin, self.customer_company], newest)

    def test_an_agent_who_may_write_contacts_merges_them_too(self):
        merger = new_test_user(
            self.env,
            "merger",
            groups="nps.nps_group_user,base.group_partner_manager,"
            "helpdesk_mgmt.group_helpdesk_user",
        )
        twin = self.make_customer("Twin", "carla@bluesky.example")
        response = self.answer_later(4)
        wizards = self.env["base.partner.merge.automatic.wizard"].with_user(merger)
        wizards.create({})._merge((self.customer | twin).ids, twin.with_user(merger))
        self.assertShows([twin, self.customer_company], response)

    # === CONTACTS THAT MOVE === #

    def test_who_changes_companies_takes_his_answers_and_leaves_them_too(self):
        """Frozen attribution: an answer is about the company he worked for then."""
        response = self.answer_later(2)
        new_company = self.env["res.partner"].create(
            {"name": "Red Sea", "is_company": True}
        )
        self.customer.parent_id = new_company
        self.assertShows(self.everywhere, response)
        self.assertShows([new_company], None)
        later = self.answer_later(9, self.customer)
        self.assertShows([self.customer, new_company], later)
        self.assertShows([self.customer_company], response)

    def test_an_archived_contact_is_kept_up_to_date(self):
        invitation = self.pick(self.ticket)
        self.customer.active = False
        response = self.answer(invitation, 3)
        self.assertShows(self.everywhere, response)
        response.with_user(self.analyst).action_exclude("test", "Our own trial")
        self.assertShows(self.everywhere, None)

    def test_an_archived_ticket_is_kept_up_to_date(self):
        invitation = self.pick(self.ticket)
        self.ticket.active = False
        self.assertShows(self.everywhere, self.answer(invitation, 3))

    def test_a_ticket_that_changes_its_customer_keeps_its_answer(self):
        response = self.answer_later(2)
        other = self.make_customer("Otto", "otto@bluesky.example")
        self.ticket.partner_id = other
        self.assertShows(self.everywhere, response)
        self.assertShows([other], None)

    def test_copies_begin_without_an_answer(self):
        self.answer_later(2)
        self.assertShows([self.ticket.copy(), self.customer.copy()], None)
