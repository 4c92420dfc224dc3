import base64
import select
from unittest.mock import patch

import psycopg2

from odoo import sql_db
from odoo.tests import tagged
from odoo.tools import file_open

from ..models.nps_bell import Bell
from ..models.nps_page_kept import TEMPLATE, _shape_of
from ..tools import page_gaps
from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestPageKept(NpsCommon):
    """Pages are made once for all customers, and each sees his own all the same."""

    def values(self, invitation, step="", **typed):
        """Return what the page of an invitation is made of."""
        values = invitation.sudo()._page_values(typed, step=step)
        return {**values, "token": "x" * 43, "is_cut": False}

    def html(self, invitation, step="", **typed):
        return invitation.sudo()._page_html(self.values(invitation, step, **typed))

    def assertMadeAlike(self, invitation, **how):
        """Assert that a page from pieces is the page that its template makes."""
        values = self.values(invitation, **how)
        made = self.env["nps.public.page"]._html(TEMPLATE, values)
        self.assertEqual(invitation.sudo()._page_html(values), made)

    def answered(self, score=9, **values):
        invitation = self.pick()
        self.answer(invitation, score, **values)
        return invitation

    def test_the_question_is_the_page_that_its_template_makes(self):
        invitation = self.pick()
        for score in ("", "0", "9", "10"):
            self.assertMadeAlike(invitation, score=score)

    def test_what_follows_is_the_page_that_its_template_makes(self):
        for score in (0, 7, 9):
            self.assertMadeAlike(self.answered(score))

    def test_the_thanks_are_the_page_that_its_template_makes(self):
        for values in ({}, {"comment": "A <b> & more"}, {"contact": True}):
            self.assertMadeAlike(self.answered(**values), step="thanks")

    def test_another_score_is_the_page_that_its_template_makes(self):
        invitation = self.answered(9)
        for score in ("3", "10"):
            self.assertIn(f"Change it to {score}?", self.html(invitation, score=score))
            self.assertMadeAlike(invitation, score=score)

    def test_what_somebody_typed_is_the_page_that_its_template_makes(self):
        self.assertMadeAlike(self.pick(), score="9", comment="Not sent yet")

    def test_nothing_of_one_customer_is_on_the_page_of_another(self):
        self.survey.question = "How was it, {customer}?"
        other = self.make_customer("Dora Other", "dora@other.example")
        self.assertIn("Carla", self.html(self.pick()))
        page = self.html(self.pick(other))
        self.assertIn("Dora Other", page)
        self.assertNotIn("Carla", page)

    def test_no_words_of_one_customer_are_on_the_page_of_another(self):
        self.html(self.answered(comment="Only mine"), step="thanks")
        page = self.html(self.answered(comment="Others"), step="thanks")
        self.assertIn("Others", page)
        self.assertNotIn("Only mine", page)

    def test_words_are_not_taken_for_a_gap(self):
        words = page_gaps.gap("token")
        page = self.html(self.answered(comment=words), step="thanks")
        self.assertIn(words, page)

    def test_words_are_escaped(self):
        page = self.html(self.answered(comment="<script>"), step="thanks")
        self.assertNotIn("<script>", page)
        self.assertIn("&lt;script&gt;", page)

    def test_a_changed_text_is_seen_at_once(self):
        invitation = self.pick()
        self.html(invitation)
        self.survey.lowest_label = "Never ever"
        self.assertIn("Never ever", self.html(invitation))

    def test_a_changed_template_is_seen_at_once(self):
        invitation = self.pick()
        self.html(invitation)
        view = self.env.ref("nps.page_ask")
        view.arch = view.arch.replace(">Send<", ">Off it goes<")
        self.assertIn("Off it goes", self.html(invitation))

    def test_a_new_name_of_the_company_is_seen_at_once(self):
        invitation = self.pick()
        self.html(invitation)
        self.company.name = "Bolt and Nut"
        self.assertIn("Bolt and Nut", self.html(invitation))

    def test_a_new_name_of_the_companys_contact_is_seen_at_once(self):
        invitation = self.pick()
        self.html(invitation)
        self.company.partner_id.name = "Nut and Bolt"
        self.env.flush_all()
        self.assertIn("Nut and Bolt", self.html(invitation))

    def test_a_new_logo_of_the_company_is_seen_at_once(self):
        invitation = self.pick()
        self.company.logo = False
        self.env.flush_all()
        self.assertNotIn("/logo.png", self.html(invitation))
        with file_open("nps/static/description/icon.png", "rb") as icon:
            self.company.logo = base64.b64encode(icon.read())
        self.env.flush_all()
        self.assertIn("/logo.png", self.html(invitation))

    def test_scores_that_do_not_exist_do_not_fill_the_cache(self):
        invitation = self.pick()
        shapes = {
            _shape_of(self.values(invitation, score=score))
            for score in ("", "11", "77", "-1", "<b>")
        }
        self.assertEqual(len(shapes), 1)


@tagged("post_install", "-at_install")
class TestBell(NpsCommon):
    """Cron workers and open screens are woken over a connection that stays open."""

    def setUp(self):
        super().setUp()
        self.bell = Bell()
        self.addCleanup(self.bell.close)

    def served_by(self):
        """Return the process of PostgreSQL that serves the bell."""
        return self.bell._connection.info.backend_pid

    def test_one_connection_serves_all(self):
        self.bell.ring("nps_test", ["one"])
        first = self.served_by()
        self.bell.ring("nps_test", ["two"])
        self.assertEqual(self.served_by(), first)

    def test_a_lost_connection_is_opened_again(self):
        self.bell.ring("nps_test", ["one"])
        first = self.served_by()
        with sql_db.db_connect("postgres").cursor() as cr:
            cr.execute("SELECT pg_terminate_backend(%s)", [first])
        self.bell.ring("nps_test", ["two"])
        self.assertNotEqual(self.served_by(), first)

    def test_a_connection_that_was_idle_for_long_is_opened_again(self):
        self.bell.ring("nps_test", ["one"])
        first = self.served_by()
        with patch.object(sql_db, "MAX_IDLE_TIMEOUT", -1):
            self.bell.ring("nps_test", ["two"])
        self.assertNotEqual(self.served_by(), first)

    def test_nobody_fails_because_nobody_could_be_woken(self):
        lost = psycopg2.OperationalError("too many connections")
        with (
            patch.object(psycopg2, "connect", side_effect=lost),
            self.assertLogs("odoo.addons.nps.models.nps_bell", "WARNING"),
        ):
            self.bell.ring("nps_test", ["one"])
        self.bell.ring("nps_test", ["two"])
        self.assertTrue(self.served_by())

    def test_who_listens_hears_it(self):
        ear = Bell()
        self.addCleanup(ear.close)
        ear.ring("nps_test", ["to open it"])
        with ear._connection.cursor() as cursor:
            cursor.execute("LISTEN nps_test")
        self.bell.ring("nps_test", ["it's me"])
        select.select([ear._connection], [], [], 30)
        ear._connection.poll()
        self.assertEqual(ear._connection.notifies[0].payload, "it's me")

    def test_an_answer_wakes_cron_and_screens_over_it(self):
        invitation = self.pick()
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.cr.postcommit.clear()
        with (
            patch.object(Bell, "ring", autospec=True) as ring,
            patch.object(sql_db, "db_connect") as connect,
        ):
            self.answer(invitation, 9)
            self.env.flush_all()
            self.env.cr.precommit.run()
            self.env.cr.postcommit.run()
        rung = {call.args[1] for call in ring.call_args_list}
        self.assertEqual(rung, {"cron_trigger", "imbus"})
        connect.assert_not_called()


@tagged("post_install", "-at_install")
class TestPageOfAnEditedTemplate(NpsCommon):
    """Whatever a template makes of a customer's texts, he sees what it makes."""

    def edit(self, template, old, new):
        """Replace a part of a template, as an administrator does it."""
        view = self.env.ref(template)
        self.assertIn(old, view.arch)
        view.arch = view.arch.replace(old, new)

    def html(self, invitation, step="", **typed):
        values = invitation.sudo()._page_values(typed, step=step)
        return invitation.sudo()._page_html(
            {**values, "token": "x" * 43, "is_cut": False}
        )

    def test_a_template_may_change_a_text(self):
        self.survey.question = "How was it, {customer}?"
        self.edit("nps.page_ask", 't-value="question"', 't-value="question.upper()"')
        self.assertIn("HOW WAS IT, CARLA", self.html(self.pick()))

    def test_a_template_may_cut_a_text(self):
        self.survey.question = "How was it, dear customer, at our place in the town?"
        self.edit("nps.page_ask", 't-value="question"', 't-value="question[:24]"')
        self.assertIn("<h1>How was it, dear custome</h1>", self.html(self.pick()))

    def test_a_template_may_look_at_the_length_of_a_text(self):
        self.edit(
            "nps.page_ask",
            't-value="question"',
            "t-value=\"len(question) &lt; 100 and 'Short' or question\"",
        )
        self.survey.question = "Well? " * 40
        self.assertIn("Well? Well?", self.html(self.pick()))

    def test_a_template_may_show_more_of_an_answer(self):
        invitation = self.pick()
        self.answer(invitation, 9)
        self.edit("nps.page_given", "answer.score", "answer.invitation_id.id")
        page = self.html(invitation)
        self.assertIn(f"<strong>{invitation.id}</strong>", page)

    def test_a_template_may_show_more_of_the_company(self):
        self.company.street = "Bolt Street 1"
        self.edit("nps.page_ask", ">Send<", '><t t-out="company.street"/><')
        self.assertIn("Bolt Street 1", self.html(self.pick()))

    def test_a_template_may_show_what_an_addon_adds(self):
        invitation = self.pick().sudo()
        self.edit("nps.page_ask", ">Send<", '><t t-out="shoe_size"/><')
        values = {**invitation._page_values(), "token": "x", "is_cut": False}
        for size in ("Size 38", "Size 44"):
            self.assertIn(size, invitation._page_html({**values, "shoe_size": size}))
