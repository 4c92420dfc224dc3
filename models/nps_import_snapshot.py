"""What imported invitations keep of customers and agents."""

from functools import cache

BY_AGENT = ("user_id", "agent_name", "employee_id", "department_id")
"""What of a snapshot depends on the agent; the rest depends on the customer."""


class Snapshots:
    """The snapshots of a batch, each made once, by the contacts' own ``_nps_snapshot``.

    What the file does not say is taken as it is today: nobody knows how it was then.

    :ivar of_import: values that all have
    :ivar of_customer: contact's id or None -> values
    :ivar of_agent: user's id or None -> values
    :ivar path_of: department's id or None -> id of its present place in the tree
    """

    def __init__(self, record, partner_ids):
        # An import is the work of an administrator; agents' employees and departments
        # are read for him as they are when an outcome is picked.
        self.env = record.sudo().with_company(record.company_id).env
        self.company = record.company_id
        self.of_import = {
            "state": "answered",
            "delivery": "mail",
            "attempts": 0,
            "outcome_id": record.outcome_id.id,
            "company_id": record.company_id.id,
            "import_id": record.id,
        }
        self.ids = sorted(filter(None, partner_ids))
        self.of_customer = cache(self._of_customer)
        self.of_agent = cache(self._of_agent)
        self.path_of = cache(self._path_of)
        self.known_since = cache(self._known_since)

    def _of_customer(self, partner_id):
        partner = self.env["res.partner"].browse(partner_id or ())
        partner = partner.with_prefetch(self.ids)
        template = partner or self.company.partner_id.with_env(self.env)
        values = template._nps_snapshot(self.env["res.users"])
        values = {name: values[name] for name in values if name not in BY_AGENT}
        return values | (self._axes_of(partner, values) if partner else self._nobody())

    def _nobody(self):
        """Return what differs where there is no contact; the rest is as at home."""
        names = ("partner_id", "commercial_partner_id", "customer_name", "subject")
        names += ("email", "email_normalized", "country_id", "state_id", "zip")
        names += ("zip_area", "industry_id")
        return {**dict.fromkeys(names), "res_model": "res.partner", "res_id": 0}

    def _axes_of(self, partner, values):
        firm = partner.commercial_partner_id
        invitations = self.env["nps.invitation"]
        code = partner.country_id.code
        return {
            "zip_area": invitations._zip_area(code, values["zip"]),
            "industry_id": (partner.industry_id or firm.industry_id).id,
        }

    def kind_of(self, partner_id, picked_at):
        """Return whether a customer was new then, or None where nobody knows.

        Of a contact that was entered after his answer nobody knows how old he was.
        """
        known_since = self.known_since(partner_id)
        if not known_since or known_since > picked_at:
            return None
        return self.env["nps.invitation"]._kind_of(known_since, picked_at)

    def _known_since(self, partner_id):
        partner = self.env["res.partner"].browse(partner_id or ())
        return partner.with_prefetch(self.ids).commercial_partner_id.create_date

    def _of_agent(self, user_id):
        agent = self.env["res.users"].browse(user_id or ())
        values = self.company.partner_id.with_env(self.env)._nps_snapshot(agent)
        return {name: values[name] for name in BY_AGENT}

    def _path_of(self, department_id):
        department = self.env["hr.department"].browse(department_id or ())
        return department.nps_path_id.id
