from typing import NamedTuple

from odoo import models, tools


class Known(NamedTuple):
    """A company as the customer's pages know it.

    :param str primary_color: "" if there is none
    """

    id: int
    name: str
    primary_color: str
    uses_default_logo: bool
    nps_case_grace_minutes: int


KNOWN = {*Known._fields} - {"id"}


class ResCompany(models.Model):
    """Keeps what each customer's request asks of a company, instead of reading it."""

    _inherit = "res.company"

    def _nps_known(self):
        """Return what is kept of a company, as a :class:`Known`."""
        return self._nps_kept() if self.id else self._nps_read()

    @tools.ormcache("self.id")
    def _nps_kept(self):
        return self._nps_read()

    def _nps_read(self):
        # Brand and name of a company are on every page of its website.
        company_sudo = self.sudo()
        return Known(
            id=company_sudo.id,
            name=company_sudo.name or "",
            primary_color=company_sudo.primary_color or "",
            uses_default_logo=company_sudo.uses_default_logo,
            nps_case_grace_minutes=company_sudo.nps_case_grace_minutes,
        )

    # === CRUD METHODS === #

    def write(self, vals):
        result = super().write(vals)
        if KNOWN & vals.keys():
            self.env.registry.clear_cache()
        return result

    def _write_multi(self, vals_list):
        # Below ``write``, where also computed columns get to the database.
        result = super()._write_multi(vals_list)
        if any(KNOWN & vals.keys() for vals in vals_list):
            self.env.registry.clear_cache()
        return result
