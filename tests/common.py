"""The world of the tests: a company with a department tree, agents and customers."""

import re
import time
from contextlib import contextmanager
from unittest.mock import patch

from lxml import html

from odoo import fields
from odoo.tests import HttpCase, freeze_time, new_test_user
from odoo.tools import hash_sign

from odoo.addons.base.tests.common import BaseCommon
from odoo.addons.base.tests.test_ir_cron import CronMixinCase
from odoo.addons.mail.tests.common import MailCase

from ..models.nps_invitation_page_note import SCOPE

AGENT_GROUPS = "nps.nps_group_user,helpdesk_mgmt.group_helpdesk_user"
PERSONAL_LINK = re.compile(r"/nps/([A-Za-z0-9_-]{43})")


class NpsCommon(BaseCommon):
    """Builders for every test of the addon; each says what it builds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.email = "hello@acme.example"
        # Most tests ask one customer several times; who tests cool-downs sets them.
        cls.company.nps_cooldown_asked_days = 0
        cls.company.nps_cooldown_answered_days = 0
        cls.support = cls.make_department("Support")
        cls.phone = cls.make_department("Phone", parent=cls.support)
        cls.sales = cls.make_department("Sales")
        cls.agent = cls.make_agent("agent", cls.phone)
        cls.customer_company = cls.env["res.partner"].create(
            {"name": "Blue Sky", "is_company": True}
        )
        cls.customer = cls.make_customer("Carla Customer", "carla@bluesky.example")
        cls.survey = cls.env.ref("nps.nps_survey_support")
        cls.outcome = cls.make_outcome("fixed")

    # === BUILDERS === #

    @classmethod
    def make_department(cls, name, parent=None, manager=None):
        return cls.env["hr.department"].create(
            {
                "name": name,
                "parent_id": parent.id if parent else False,
                "manager_id": manager.employee_id.id if manager else False,
            }
        )

    @classmethod
    def make_agent(cls, login, department=None, groups=AGENT_GROUPS, **values):
        """Make a user with an employee in a department."""
        user = new_test_user(
            cls.env, login, groups=groups, email=f"{login}@acme.example", **values
        )
        cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": user.company_id.id,
                "department_id": department.id if department else False,
            }
        )
        return user

    @classmethod
    def make_customer(cls, name, email, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "email": email,
                "parent_id": cls.customer_company.id,
                **values,
            }
        )

    @classmethod
    def make_survey(cls, metric):
        texts = cls.env["nps.survey"]._default_texts(metric)
        return cls.env["nps.survey"].create({"name": metric, "metric": metric, **texts})

    @classmethod
    def make_outcome(cls, code, **values):
        return cls.env["nps.outcome"].create(
            {"name": code.title(), "code": code, "survey_id": cls.survey.id, **values}
        )

    @classmethod
    def make_ticket(cls, **values):
        return cls.env["helpdesk.ticket"].create(
            {
                "name": "Printer does not print",
                "description": "<p>It hums.</p>",
                "partner_id": cls.customer.id,
                "user_id": cls.agent.id,
                **values,
            }
        )

    @classmethod
    def pick(cls, record=None, code="fixed", user=None, **values):
        """Pick an outcome as an agent; return the invitation in superuser mode."""
        record = (record or cls.customer).with_user(user or cls.agent)
        answer = record.nps_pick_outcome(code, **values)
        return cls.env["nps.invitation"].sudo().browse(answer["invitation_id"])

    @classmethod
    def make_link(cls, invitation):
        """Hand an invitation over without a mail; return the secret of its link."""
        invitation._on_handed_over()
        return cls.env["nps.invitation.link"]._issue(invitation)[invitation.id]

    @classmethod
    def answer(cls, invitation, score, **values):
        """Answer as the customer does; return the response that counts."""
        cls.env["nps.response"]._submit(invitation, score, **values)
        invitation.invalidate_recordset()
        return invitation._counted_response()


class NpsPageCommon(NpsCommon, HttpCase):
    """Opens the customer's pages by plain HTTP, as a browser without script does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invitation = cls.pick(cls.make_ticket())
        cls.token = cls.make_link(cls.invitation)

    def get(self, path="", token=None):
        return self.url_open(f"/nps/{token or self.token}{path}", allow_redirects=False)

    def post(self, path="/answer", token=None, **form):
        """Send a form as it is given here: without what a page would carry."""
        return self.url_open(
            f"/nps/{token or self.token}{path}", data=form, allow_redirects=False
        )

    def form_of(self, page, action="/answer", number=0):
        """Return the values of a form of a page, as a browser would send them."""
        document = html.fromstring(page.content)
        forms = [form for form in document.forms if form.action.endswith(action)]
        return dict(forms[number].form_values())

    def after_reading(self, form, seconds=2):
        """Return the form as it is when a person has read its page so long."""
        note = self.invitation._read_page(form["page"])
        return {
            **form,
            "page": self.signed(note._replace(made_at=note.made_at - seconds)),
        }

    def signed(self, note):
        """Return a page note as the server signs it."""
        return hash_sign(self.env(su=True), SCOPE, list(note))

    def send(self, page, number=0, **typed):
        """Send a form of a page as a person does: after reading it."""
        form = self.after_reading(self.form_of(page, number=number))
        return self.post(**{**form, **typed})

    def answer_page(self, score, **typed):
        """Open the link of a score and send the page; return the response."""
        return self.send(self.get(f"?s={score}"), **typed)

    def counted(self):
        self.env.invalidate_all()
        return self.invitation._counted_response()

    def states(self):
        """Return score -> state of everything that was submitted."""
        self.env.invalidate_all()
        return {r.score: r.state for r in self.invitation.response_ids}

    def now(self):
        return time.time()


class NpsMailCommon(NpsCommon, MailCase, CronMixinCase):
    """Runs the send cron against Odoo's mocked mail gateway."""

    @contextmanager
    def mail_server(self, down=False, refuses=None):
        """Open the mail gateway.

        :param bool down: it accepts no connection
        :param str refuses: it refuses mails to this address for good
        """
        with self.mock_mail_gateway():
            connect = self._connect_or_fail(down, refuses)
            with connect:
                yield

    def _connect_or_fail(self, down, refuses):
        servers = self.env["ir.mail_server"].__class__
        if down:
            error = ConnectionRefusedError("Connection refused")
            return patch.object(servers, "_connect__", side_effect=error)
        send = servers.send_email

        def send_or_refuse(server, message, *args, **kwargs):
            if refuses and refuses in message["To"]:
                raise ValueError(f"550 no mailbox {refuses}")
            return send(server, message, *args, **kwargs)

        return patch.object(servers, "send_email", send_or_refuse)

    def run_send_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("nps.ir_cron_nps_send").method_direct_trigger()
        self.env["nps.invitation"].invalidate_model()

    def sent_to(self, address):
        """Return the mails that the gateway built for an address."""
        return [mail for mail in self._mails if address in "".join(mail["email_to"])]

    def token_in(self, mail):
        """Return the secret of the personal link in a mail."""
        return PERSONAL_LINK.search(mail["body"])[1]

    @staticmethod
    def minutes_later(minutes):
        return fields.Datetime.add(fields.Datetime.now(), minutes=minutes)


class NpsCaseCommon(NpsCommon, CronMixinCase):
    """Opens cases as unhappy answers do, and moves the clock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        manager = "nps.nps_group_team_manager,helpdesk_mgmt.group_helpdesk_user"
        cls.boss = cls.make_agent("boss", cls.support, groups=manager)
        cls.head = cls.make_agent("head", cls.support, groups=manager)
        cls.phone.manager_id = cls.boss.employee_id
        cls.support.manager_id = cls.head.employee_id
        cls.cause = cls.env.ref("nps.nps_root_cause_waiting")

    @classmethod
    def make_rule(cls, name, **values):
        return cls.env["nps.case.rule"].create({"name": name, **values})

    @contextmanager
    def later(self, **span):
        """Move the clock on."""
        with freeze_time(fields.Datetime.add(fields.Datetime.now(), **span)):
            yield

    def ask_and_answer(self, score, record=None, **values):
        """Pick an outcome and answer; return the invitation."""
        invitation = self.pick(record)
        self.answer(invitation, score, **values)
        return invitation

    def case_of(self, score, record=None, **values):
        """Answer, wait for the grace to pass; return the case, or none."""
        invitation = self.ask_and_answer(score, record, **values)
        with self.later(minutes=11):
            self.run_case_cron()
        return invitation.case_ids

    def close(self, case, state="done", result="won_back"):
        case.write({"root_cause_id": self.cause.id, "result": result, "state": state})

    def log_of(self, case):
        """Return what stands in the chatter of a case."""
        return " | ".join(case.message_ids.mapped("body"))

    def run_case_cron(self):
        """Tell of the answers, as happens at once, and look at their cases."""
        self._run_cron("nps.ir_cron_nps_echo")
        self._run_cron("nps.ir_cron_nps_case_check")

    def run_chase_cron(self):
        self._run_cron("nps.ir_cron_nps_case_chase")

    def _run_cron(self, xmlid):
        with self.enter_registry_test_mode():
            self.env.ref(xmlid).method_direct_trigger()
        self.env.invalidate_all()

    @contextmanager
    def failing(self, invitation):
        """Let looking at the case of one invitation fail."""
        check = type(invitation)._check_case

        def fail_for_one(record):
            if record == invitation:
                raise ValueError("no luck")
            return check(record)

        with patch.object(type(invitation), "_check_case", fail_for_one):
            yield
