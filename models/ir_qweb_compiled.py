from lxml import etree

from odoo import models, tools

KEPT_BY = (
    "tuple(self.env.context.get(k) or False for k in self._get_template_cache_keys())"
)
"""What the compiled form of a template depends on besides its source, as Odoo says."""


class IrQweb(models.AbstractModel):
    """Compiles the body of a mail template once, and not anew for each mail.

    Odoo keeps the compiled form of views alone. To compile a body takes longer than
    anything else about a mail, and the form does not depend on the record.
    """

    _inherit = "ir.qweb"

    def _compile(self, template):
        wanted = self.env.context.get("nps_compile_once")
        if not wanted or not isinstance(template, etree._Element):
            return super()._compile(template)
        return self._nps_compile_once(etree.tostring(template), template)

    @tools.ormcache("source", KEPT_BY, cache="templates")
    def _nps_compile_once(self, source, template):
        """Return the compiled form of a tree; the tree is used up by it.

        :param bytes source: the tree as text
        """
        return self.with_context(nps_compile_once=False)._compile(template)
