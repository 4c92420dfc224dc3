from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class ResPartner(models.Model):
    """A telephone server says who rings whom; the agent's browser shows it."""

    _inherit = "res.partner"

    @api.model
    def nps_ring(self, number, login=None, extension=None):
        """Show an agent who is calling him, in his browser and at once.

        It is called through ``/json/2/res.partner/nps_ring`` with an API key. The
        answer tells nothing of a customer but the id of the contact.

        :param str number: the number of the caller, in any notation; empty if hidden
        :param str login: login of the agent who is rung; without it, oneself
        :param str extension: the agent's telephone, instead of his login
        :return: dict of ``found`` (``person``, ``company``, ``several``, ``unknown``,
            ``hidden``, ``internal`` or ``malformed``), ``partner_id`` (or None) and
            ``told`` (whether the agent has Odoo open in a browser)
        :raise AccessError: only telephone servers ring for others
        :raise UserError: there is no such agent
        """
        agent_sudo = self._nps_rung_agent(login, extension)
        caller = self._nps_as_agent(agent_sudo)._nps_find_caller(number)
        agent_sudo._bus_send("nps/ring", self._nps_ring_message(caller))
        return {
            "found": caller.kind,
            "partner_id": caller.partner.id or None,
            "told": agent_sudo.presence_ids.status in ("online", "away"),
        }

    def _nps_as_agent(self, agent_sudo):
        """Return contacts as the agent sees them, whoever told of the call."""
        return self.with_user(agent_sudo).with_context(
            allowed_company_ids=agent_sudo.company_ids.sorted(
                lambda company: company != agent_sudo.company_id
            ).ids,
            lang=agent_sudo.lang,
        )

    @api.model
    def _nps_ring_message(self, caller):
        """Return what travels to the browser: of a contact that is known, its id.

        The browser reads the rest with the agent's own rights. The number travels
        where nobody was found by it, or it has to be chosen who it is.
        """
        message = {"found": caller.kind, "at": fields.Datetime.now().isoformat() + "Z"}
        if caller.kind == "person":
            return {**message, "partner_id": caller.partner.id}
        return {**message, "number": caller.number}

    # === WHO IS RUNG === #

    @api.model
    def _nps_rung_agent(self, login, extension):
        """Return the agent who is rung, in superuser mode.

        :raise AccessError: only telephone servers ring for others
        :raise UserError: there is no such agent, or more than one
        """
        # Telephone servers may not read users; the answer names none.
        user_sudo = self.env.user.sudo()
        if not login and not extension:
            agent_sudo = user_sudo
        elif login == user_sudo.login:
            agent_sudo = user_sudo
        elif not user_sudo.has_group("nps.nps_group_telephone"):
            raise AccessError(
                self.env._(
                    "Only telephone servers ring for other people. Give this user the "
                    "role “NPS Telephone Server”, or leave login and extension out."
                )
            )
        else:
            agent_sudo = self._nps_find_agent(login, extension)
        if not agent_sudo.has_group("nps.nps_group_user"):
            raise UserError(self._nps_no_agent_text(login, extension))
        return agent_sudo

    @api.model
    def _nps_find_agent(self, login, extension):
        """Return the user with a login or extension, within the own companies."""
        field, value = ("login", login) if login else ("nps_extension", extension)
        # The companies of the key are the border, as everywhere.
        agents_sudo = (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    (field, "=", str(value)),
                    ("share", "=", False),
                    ("company_ids", "in", self.env.user.company_ids.ids),
                ],
                limit=2,
            )
        )
        if len(agents_sudo) > 1:
            raise UserError(
                self.env._(
                    "Several users have the extension “%s”. Send the login instead, or "
                    "correct the extensions in Settings, Users.",
                    extension,
                )
            )
        if not agents_sudo:
            raise UserError(self._nps_no_agent_text(login, extension))
        return agents_sudo

    @api.model
    def _nps_no_agent_text(self, login, extension):
        if extension and not login:
            return self.env._(
                "No NPS agent has the extension “%s”. Enter it on the user, in "
                "Settings, Users.",
                extension,
            )
        return self.env._(
            "“%s” is no NPS agent. Send the login of a user who has the role.",
            login or self.env.user.login,
        )
