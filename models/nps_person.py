from odoo.fields import Domain
from odoo.tools import email_normalize


class Person:
    """Whose data is erased or handed out: contacts, addresses and what hangs on them.

    Everything is found before anything is erased: what leads to a record is part of
    what goes. In superuser mode throughout: what is held about a person does not depend
    on who looks.
    """

    def __init__(self, env, partners, addresses=(), *, tickets=True, contact=True):
        """Collect what a person is known by.

        :param env: an environment; its user is whoever acts
        :param partners: the ``res.partner`` records that are this person; may be empty
        :param addresses: further addresses of his
        :param bool tickets: the host's own tickets are meant too
        :param bool contact: the contacts themselves are meant too
        """
        self.env = env(su=True)
        self.partners_sudo = partners.sudo().with_context(active_test=False)
        self.tickets, self.contact = tickets, contact
        self.is_retention = False
        given = {email_normalize(address or "") for address in addresses}
        known = set(self.partners_sudo.mapped("email_normalized"))
        self.addresses = sorted(filter(None, given | known | self._earlier()))
        self.invitations_sudo = self.env["nps.invitation"].search(self.domain())
        self.found = self._find()

    @classmethod
    def of_records(cls, env, records, is_retention=False):
        """Return who is behind records of one model, and only as far as they tell.

        :param records: of a model with ``nps.personal.mixin``
        :param bool is_retention: they are too old: many people, and no one meant
        """
        person = cls(env, env["res.partner"], tickets=False, contact=False)
        person.is_retention = is_retention
        records_sudo = records.sudo()
        person.invitations_sudo = records_sudo._nps_own_invitations()
        person.found = person._find()
        model = records._name
        person.found[model] = person.found.get(model, records_sudo) | records_sudo
        return person

    def domain(self, partner="partner_id", email="email_normalized"):
        """Return the domain of what belongs to the person.

        His address alone only says so where no contact says otherwise.
        """
        by_address = Domain(partner, "=", False) & Domain(email, "in", self.addresses)
        return Domain(partner, "in", self.partners_sudo.ids) | by_address

    def of_invitations(self, name="invitation_id"):
        """Return the domain of what hangs on the interactions of the person."""
        return Domain(name, "in", self.invitations_sudo.ids)

    def companies_sudo(self):
        """Return the companies in which something is held about the person."""
        companies = self.env["res.company"]
        for records in self.found.values():
            companies |= records._nps_companies_sudo()
        return companies

    def is_whole(self):
        """Tell whether it is known who it is, and not only which records are his."""
        return bool(self.partners_sudo or self.addresses)

    def count(self):
        """Return model name -> number of its records, of those that have any."""
        return {
            name: len(records)
            for name, records in self.found.items()
            if records and not records._nps_is_scratch
        }

    def names(self):
        """Return the texts that tell who the person is: names, addresses, numbers."""
        names = [*self.partners_sudo.mapped("name"), *self.addresses]
        names += self.partners_sudo.mapped("phone")
        names += self.partners_sudo.mapped("phone_sanitized")
        names += self.invitations_sudo.mapped("customer_name")
        return {name.strip() for name in names if name}

    def texts(self):
        """Return what of the person may stand in messages: names and words."""
        invitations = self.invitations_sudo
        words = [*invitations.mapped("subject"), *invitations.mapped("note")]
        words += invitations.response_ids.mapped("comment")
        words += invitations.response_ids.quote_ids.mapped("text")
        return self.names() | {word.strip() for word in words if word}

    def check_erasable(self):
        """Raise where a contact is somebody of the own house."""
        if self.contact:
            self.partners_sudo._nps_check_erasable()

    def erase(self):
        """Erase everything that was found, and its traces elsewhere."""
        names, texts = self.names(), self.texts()
        # Nobody is to decide meanwhile whether he is asked.
        self.env["nps.person.lock"]._take(self.addresses)
        for records in self.found.values():
            records.exists()._nps_erase(self)
        if not self.is_retention:
            self.env["nps.traces"]._erase(names, texts, self.addresses)

    def _earlier(self):
        """Return the addresses under which his contacts were asked before."""
        if not self.partners_sudo:
            return set()
        asked = self.env["nps.invitation"].search(
            [("partner_id", "in", self.partners_sudo.ids)]
        )
        return set(asked.mapped("email_normalized"))

    def _find(self):
        models = self.env["nps.personal.mixin"]._nps_personal_models()
        return {model._name: model._nps_of_person(self) for model in models}
