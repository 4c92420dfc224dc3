from odoo import api, fields, models

from .backlog import open_tickets
from .simulation import Simulation
from .staff import AGENTS, MANAGERS

QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_auto_subscribe_no_notify": True,
    "no_reset_password": True,
    "mail_activity_quick_update": True,
    "nps_no_auto_outcome": True,
}
"""Context in which nobody gets a mail and no chatter is written."""


class NpsDemo(models.AbstractModel):
    """A believable company with a year of answers, made when demo data is loaded.

    What happened is invented by :mod:`.simulation`; here it becomes records. Dates
    are relative, so that the year ends when the demo data is loaded.
    """

    _name = "nps.demo"
    _description = "NPS Demo Company"

    @api.model
    def _load(self):
        """Make the demo company, once."""
        if self.env.ref("nps.demo_department_service", raise_if_not_found=False):
            return
        # Demo data is made by the system; half of it nobody may write.
        demo_sudo = self.sudo().with_context(**QUIET)
        demo_sudo._make(fields.Datetime.now())
        self.env.invalidate_all()

    @api.model
    def _make(self, now):
        company = self._make_company()
        year = Simulation(now, company._nps_timezone())
        history = year.interactions()
        self._make_staff()
        self._make_surveys()
        customers = self._make_customers(year.customers)
        tickets = self._make_tickets(history, open_tickets(year), customers)
        invitations = self._make_answers(history, customers, tickets)
        self._make_notes(invitations, now)

    @api.model
    def _record(self, model, xmlid, values):
        """Return a new record that is known by an XML id."""
        data = {"xml_id": xmlid, "values": values, "noupdate": True}
        return self.env[model]._load_records([data])

    @api.model
    def _by_key(self, kind, keys):
        """Return key -> record of those known as ``nps.demo_<kind>_<key>``."""
        return {key: self.env.ref(f"nps.demo_{kind}_{key}") for key in keys}

    @api.model
    def _agents(self):
        """Return login -> user of those who work for the demo company."""
        logins = [person.login for person in (*AGENTS, *MANAGERS)]
        users = self.env["res.users"].search([("login", "in", logins)])
        return {user.login: user for user in users}
